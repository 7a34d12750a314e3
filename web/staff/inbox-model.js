/** The conversations known here: upserts in any order, filters, sorting. Pure. */

export const FILTERS = ["all", "mine", "unassigned", "late", "open", "pending", "snoozed", "resolved"];

const LABEL = /^label:/;

/** As the `inbox` op wants a filter. */
export function requestOf(filter) {
    if (filter === "late") return { clock: "breached" };
    return LABEL.test(filter) ? { label: filter.replace(LABEL, "") } : filter;
}

export class InboxModel {
    #byRoom = new Map();
    #bySide = new Map();

    /** Takes in a summary. An older one than that already here changes nothing. */
    upsert(conversation) {
        const known = this.#byRoom.get(conversation.room);
        if (known && known.at > conversation.at) return false;
        this.#byRoom.set(conversation.room, conversation);
        if (conversation.side) this.#bySide.set(conversation.side, conversation.room);
        return true;
    }

    /** By the id of the conversation's room or of its side room. */
    get(room) {
        return this.#byRoom.get(room) ?? this.#byRoom.get(this.#bySide.get(room));
    }

    /** Conversations of a filter, the latest change first. */
    list(filter, me) {
        return [...this.#byRoom.values()]
            .filter((each) => matches(each, filter, me))
            .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    }

    /** Messages that nobody here has read, over all conversations. */
    get unread() {
        let sum = 0;
        for (const { unread, state } of this.#byRoom.values()) if (state !== "resolved") sum += unread;
        return sum;
    }

    /** When the last change was that is known of; empty when none is. */
    get latest() {
        return [...this.#byRoom.values()].reduce((latest, { at }) => (at > latest ? at : latest), "");
    }

    clear() {
        this.#byRoom.clear();
        this.#bySide.clear();
    }
}

/** The same filters that the `inbox` op knows. */
export function matches({ state, assignee, labels = [], clocks = [] }, filter, me) {
    if (LABEL.test(filter)) return labels.some(({ id }) => `label:${id}` === filter);
    switch (filter) {
        case "all":
            return true;
        case "mine":
            return assignee?.id === me;
        case "unassigned":
            return assignee === null;
        case "late":
            return clocks.some((clock) => clock.breached_at !== null);
        default:
            return state === filter;
    }
}

/** Whether a conversation stays behind the same filters: something was said or read in it, nothing else. */
export const staysInPlace = (before, after) => placeOf(before) === placeOf(after);

/**
 * Whether there is something to tell `me` of: somebody wrote, or the conversation became theirs.
 * @param {?object} before null when it was not known; then it counts when its last message came
 * @param {string} since a moment after which all that happens is told by the hub
 */
export function isNews(before, after, me, since) {
    const isTheirs = ({ assignee }) => assignee != null && assignee.id === me;
    if (before === null) return isTheirs(after) || after.last?.at > since;
    return after.last?.seq > (before.last?.seq ?? 0) || (isTheirs(after) && !isTheirs(before));
}

function placeOf({ state, assignee, labels = [], clocks = [] }) {
    return JSON.stringify([state, assignee?.id, labels.map(({ id }) => id), clocks.map(({ breached_at }) => breached_at)]);
}
