/** The words of the page that goes on with a conversation, in English. Same keys as ar-continue.js. */
export default {
    "continue.title": "Your chat with us",
    "continue.wait": "One moment, your chat opens…",
    "continue.here": "Your chat is open here, where you left it.",
    "continue.ended": "This link has ended. Write to us anew.",
    "continue.away": "There is no connection. Check the network and try again.",
    "continue.again": "Try again",
    "continue.open": "Open the chat",
};
