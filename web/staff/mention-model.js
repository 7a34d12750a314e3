/** Mentions that one has not read: of the hub's list, of live news, of what is read here, in any order. Pure. */

const keyOf = ({ room, event }) => `${room}:${event}`;

export class MentionModel {
    #unread = new Map();
    /** room → how far it was read here */
    #read = new Map();
    #turn = 0;

    /** @returns {boolean} whether it is news */
    take(mention) {
        const key = keyOf(mention);
        if (!mention.unread || mention.event <= (this.#read.get(mention.room) ?? 0)) {
            this.#unread.delete(key);
            return false;
        }
        const isNews = !this.#unread.has(key);
        this.#unread.set(key, { mention, turn: this.#turn });
        return isNews;
    }

    /** To be called before the list is asked for; what comes meanwhile is newer than the list. */
    begin() {
        this.#turn += 1;
        return this.#turn;
    }

    /** Takes over the list of what is unread, as it was when `begin` gave `turn`. */
    replace(mentions, turn) {
        for (const [key, entry] of this.#unread) if (entry.turn < turn) this.#unread.delete(key);
        for (const mention of mentions) this.take(mention);
    }

    /** @returns {boolean} whether that changed what is unread */
    read(room, seq) {
        this.#read.set(room, Math.max(seq, this.#read.get(room) ?? 0));
        const before = this.count;
        for (const [key, { mention }] of this.#unread) {
            if (mention.room === room && mention.event <= seq) this.#unread.delete(key);
        }
        return this.count < before;
    }

    /** Whether one is in exactly this room. */
    has(room) {
        return this.#some((mention) => mention.room === room);
    }

    /** Whether one is in this room, or in the notes of this conversation. */
    concerns(room) {
        return this.#some((mention) => mention.room === room || mention.conversation === room);
    }

    get count() {
        return this.#unread.size;
    }

    /** In private notes, which no other count counts. */
    get inNotes() {
        return [...this.#unread.values()].filter(({ mention }) => mention.conversation !== null).length;
    }

    clear() {
        this.#unread.clear();
        this.#read.clear();
    }

    #some(condition) {
        for (const { mention } of this.#unread.values()) if (condition(mention)) return true;
        return false;
    }
}
