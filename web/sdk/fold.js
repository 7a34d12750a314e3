/**
 * The fold of room events into messages: pure functions over plain values.
 *
 * A message has the shape that `history` sends, so that history up to `as_of` plus the events
 * after it equals fresh history. Every function returns a new message, or the very same object
 * when nothing changed; whoever draws can compare by identity.
 */

/** Durable events that are not about a message; they are shown as notices. */
const NOTICES = new Set(["assign", "state", "member", "label", "transfer", "clock", "survey", "rating", "run"]);

/** `failed` can overtake what is on its way, and loses to what has arrived. */
const STATUS_RANK = { queued: 1, sent: 2, failed: 3, delivered: 4, read: 5 };

export const isNotice = (event) => NOTICES.has(event.ev);

/** Two people are the same person; customers see every agent as `agent`, so the name counts there. */
export function samePerson(a, b) {
    return a.kind === b.kind && a.id === b.id && (a.id !== "agent" || a.name === b.name);
}

/** A key for maps of people, equal exactly when `samePerson`. */
export function personKey(by) {
    return by.id === "agent" ? `${by.kind}:agent:${by.name}` : `${by.kind}:${by.id}`;
}

/** The message that a `msg` event starts. */
export function openMessage(event) {
    const message = {
        seq: event.seq,
        at: event.at,
        by: event.by,
        mid: event.mid,
        kind: event.kind,
        body: event.body,
        reactions: [],
    };
    if (event.reply_to != null) message.reply_to = event.reply_to;
    if (event.anchor != null) message.anchor = event.anchor;
    return message;
}

/** Applies one `edit`, `del`, `react` or `status` event to the message it targets. */
export function foldMessage(message, event) {
    switch (event.ev) {
        case "edit":
            if (message.deleted) return message;
            // The hub brings files that come after their message: nobody changed their mind.
            if (event.by.kind === "system") return { ...message, body: event.body };
            return { ...message, body: event.body, edited: { seq: event.seq, at: event.at } };
        case "del":
            if (message.deleted) return message;
            return { ...message, body: null, reactions: [], deleted: { seq: event.seq, at: event.at, by: event.by } };
        case "react":
            return foldReaction(message, event);
        case "status":
            return foldStatus(message, event);
        default:
            return message;
    }
}

function foldReaction(message, { emoji, on, by }) {
    const adds = on !== false;
    const reaction = message.reactions.find((each) => each.emoji === emoji);
    const present = reaction?.by.some((person) => samePerson(person, by)) ?? false;
    if (adds === present) return message;
    if (!reaction) return { ...message, reactions: [...message.reactions, { emoji, by: [person(by)] }] };
    const people = adds ? [...reaction.by, person(by)] : reaction.by.filter((each) => !samePerson(each, by));
    const reactions = message.reactions
        .map((each) => (each === reaction ? { emoji, by: people } : each))
        .filter((each) => each.by.length > 0);
    return { ...message, reactions };
}

function foldStatus(message, { state, at, err }) {
    const rank = STATUS_RANK[state] ?? 0;
    if (rank <= (STATUS_RANK[message.status?.state] ?? 0)) return message;
    return { ...message, status: err === undefined ? { state, at } : { state, at, err } };
}

const person = ({ kind, id, name }) => ({ kind, id, name });

/**
 * How far an own message got, for its ticks.
 * @param {number} othersRead the highest `read` marker of the other side
 * @returns {"queued" | "sent" | "delivered" | "read" | "failed"}
 */
export function progressOf(message, othersRead) {
    if (message.seq <= othersRead) return "read";
    return message.status?.state ?? "sent";
}
