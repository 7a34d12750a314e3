/** Mentions among colleagues. */
export default {
    "mentions.title": "الإشارات",
    "mentions.suggest": "زملاء تشير إليهم",
    "mentions.by": "أشار إليك {name}",
    "mentions.unread": "إشارة إليك لم تقرأها",
    "mentions.note": "ملاحظة في محادثة {name}",
    "mentions.direct": "رسالة مباشرة",
    "mentions.empty": "لم يشر إليك أحد بعد",
    "mentions.empty.text": "إذا كتب زميل @ ثم اسمك في ملاحظة أو غرفة للفريق، وجدتها هنا.",
};
