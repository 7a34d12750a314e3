/** What systems of the shop can be told of, as docs/webhooks.md lists it. Pure. */

const of = (subject, ...verbs) => verbs.map((verb) => `${subject}.${verb}`);

export const EVENT_GROUPS = [
    { id: "conversations", types: of("conversation", "opened", "assigned", "closed") },
    { id: "messages", types: of("message", "created", "edited", "deleted") },
    { id: "surveys", types: of("survey", "answered") },
    { id: "contacts", types: of("contact", "created", "updated", "merged", "unmerged", "deleted") },
    { id: "leads", types: of("lead", "created", "updated") },
    { id: "deals", types: of("deal", "created", "updated", "won", "lost") },
    { id: "orders", types: of("order", "created", "updated", "paid", "delivered") },
];

export const EVENT_TYPES = EVENT_GROUPS.flatMap(({ types }) => types);

/** The sentence for a type; one that this page has not heard of is called by its code. */
export const eventWords = (t, type) => (type === "ping" || EVENT_TYPES.includes(type) ? t(`hooks.event.${type}`) : type);
