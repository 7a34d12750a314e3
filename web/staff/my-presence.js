/**
 * What a member of staff says of themselves: online, away or busy. It outlives a reload, and all tabs say the same,
 * because the hub takes the best of what they say.
 */
export const STATES = ["online", "away", "busy"];

const KEY = "hub:staff:presence";

export class MyPresence extends EventTarget {
    state = "online";
    #hub;
    #storage;

    /** @param {{presence: (state: string) => void, identity: {user: ?{id: string}}}} hub */
    constructor(hub, storage) {
        super();
        this.#hub = hub;
        this.#storage = storage;
    }

    /** Says it from now on; the connection says it again after every reconnect. */
    start(signal) {
        this.#adopt();
        this.#hub.presence(this.state);
        globalThis.addEventListener?.("storage", (event) => event.key === KEY && this.#another(), { signal });
    }

    choose(state) {
        this.#storage.set(KEY, { user: this.#hub.identity.user?.id, state });
        this.#say(state);
    }

    /** Whoever signs in next begins anew. */
    forget() {
        this.#storage.remove(KEY);
    }

    #another() {
        const before = this.state;
        this.#adopt();
        if (this.state !== before) this.#say(this.state);
    }

    /** What was said last, by whoever is signed in. */
    #adopt() {
        const kept = this.#storage.get(KEY);
        const isMine = kept?.user === this.#hub.identity.user?.id && STATES.includes(kept?.state);
        this.state = isMine ? kept.state : "online";
    }

    #say(state) {
        this.state = state;
        this.#hub.presence(state);
        this.dispatchEvent(new Event("change"));
    }
}
