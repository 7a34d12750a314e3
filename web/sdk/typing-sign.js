/** Which signs of typing are worth a frame. */

/** The hub forgets typing after 6 s; renewing it more often than this is noise. */
const RENEW_MS = 3_000;

export class TypingSign {
    #clock;
    #typed = new Map();

    constructor(clock) {
        this.#clock = clock;
    }

    /** Whether the hub should be told; it counts as told then. */
    isNews(room, on) {
        const last = this.#typed.get(room);
        if (on ? last !== undefined && this.#clock.now() - last < RENEW_MS : last === undefined) return false;
        if (on) this.#typed.set(room, this.#clock.now());
        else this.#typed.delete(room);
        return true;
    }

    /** A new connection knows nothing of it. */
    clear() {
        this.#typed.clear();
    }
}
