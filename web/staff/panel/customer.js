/** Who the customer of a conversation is: asked for once for all parts of the panel, until it may have changed. */
export class Customer {
    #rest;
    #path;
    #mayAsk;
    #answer = null;

    constructor(rest, room, mayAsk) {
        this.#rest = rest;
        this.#path = `/conversations/${encodeURIComponent(room)}/contact`;
        this.#mayAsk = mayAsk;
    }

    /** @returns {Promise<{identity: ?{kind, value}, contact: ?object}>} nobody for whom may not see contacts */
    get() {
        this.#answer ??= this.#mayAsk ? this.#ask() : Promise.resolve({ identity: null, contact: null });
        return this.#answer;
    }

    /** The contact, as the hub has just answered it. */
    take(contact) {
        const answer = this.#answer ?? this.get();
        this.#answer = answer.then(({ identity }) => ({ identity, contact }));
    }

    forget() {
        this.#answer = null;
    }

    async #ask() {
        try {
            return await this.#rest.get(this.#path);
        } catch (error) {
            this.#answer = null;
            throw error;
        }
    }
}
