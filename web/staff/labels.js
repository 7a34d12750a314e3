/** Labels of conversations: loaded once a minute, put on and taken off. */

const FRESH_MS = 60_000;

export class Labels {
    #rest;
    #now;
    #loaded = null;
    #at = -Infinity;

    /** @param {{labels: () => Promise<Array>, putLabels: (room, ids) => Promise<object>}} rest */
    constructor(rest, now = () => performance.now()) {
        this.#rest = rest;
        this.#now = now;
    }

    /** What was loaded last, for menus that open at once. */
    known = [];

    async load() {
        if (this.#loaded === null || this.#now() - this.#at > FRESH_MS) {
            this.#at = this.#now();
            this.#loaded = this.#rest.labels();
            // What failed is asked for again.
            this.#loaded.catch(() => (this.#loaded = null));
        }
        this.known = await this.#loaded;
        return this.known;
    }

    /** Puts the label on the conversation, or takes it off if it is there. */
    toggle({ room, labels }, id) {
        const ids = labels.map((label) => label.id);
        return this.#rest.putLabels(room, ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]);
    }
}
