/** Mentions among colleagues. */
export default {
    "mentions.title": "Mentions",
    "mentions.suggest": "Colleagues to mention",
    "mentions.by": "{name} mentioned you",
    "mentions.unread": "A mention of you that you have not read",
    "mentions.note": "Note on the conversation with {name}",
    "mentions.direct": "Direct message",
    "mentions.empty": "Nobody has mentioned you yet",
    "mentions.empty.text": "When a colleague writes @ and your name in a note or a room of the team, you find it here.",
};
