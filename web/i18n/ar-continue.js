/** The words of the page that goes on with a conversation, in Arabic. Same keys as en-continue.js. */
export default {
    "continue.title": "محادثتك معنا",
    "continue.wait": "لحظة، نفتح محادثتك…",
    "continue.here": "محادثتك مفتوحة هنا، من حيث توقفت.",
    "continue.ended": "انتهى هذا الرابط. اكتب لنا من جديد.",
    "continue.away": "تعذر الاتصال. تحقق من الشبكة ثم حاول مرة أخرى.",
    "continue.again": "حاول مرة أخرى",
    "continue.open": "افتح المحادثة",
};
