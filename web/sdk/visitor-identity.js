/** The token that the hub made for a visitor: it is kept, and brings the same conversation back. */
export class VisitorIdentity {
    #storage;
    #key;

    constructor(origin, storage) {
        this.#storage = storage;
        this.#key = `hub:${origin}:visitor`;
    }

    get token() {
        return this.#storage.get(this.#key)?.token ?? null;
    }

    keep({ token, visitor, room }) {
        this.#storage.set(this.#key, { token, visitor, room });
    }

    forget() {
        this.#storage.remove(this.#key);
    }
}
