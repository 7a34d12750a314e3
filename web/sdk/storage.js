/** localStorage, or memory where a browser blocks it; values are JSON. */
export class SafeStorage {
    #storage;
    #memory = new Map();

    constructor(storage) {
        this.#storage = storage ?? platformStorage();
    }

    get(key) {
        if (this.#memory.has(key)) return this.#memory.get(key);
        try {
            return JSON.parse(this.#storage.getItem(key));
        } catch {
            return null;
        }
    }

    set(key, value) {
        try {
            this.#storage.setItem(key, JSON.stringify(value));
            this.#memory.delete(key);
        } catch {
            this.#memory.set(key, value);
        }
    }

    remove(key) {
        this.#memory.delete(key);
        try {
            this.#storage.removeItem(key);
        } catch {
            // Blocked: there is nothing to remove.
        }
    }
}

function platformStorage() {
    try {
        return globalThis.localStorage;
    } catch {
        return undefined;
    }
}
