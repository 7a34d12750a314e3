/** Asks again and again while the page is looked at, and waits longer when the hub does not answer. */

const MAX_WAIT_MS = 120_000;

export class Poll {
    #everyMs;
    #ask;
    #take;
    #failures = 0;
    #timer = null;
    #isOver = false;
    #leaving = new AbortController();
    #onVisible = () => document.visibilityState === "visible" && this.now();

    /**
     * @param {number} everyMs between two answers
     * @param {(signal: AbortSignal) => Promise} ask
     * @param {(answer) => void} take gets every answer but the first
     * @param {(error: ?HubError) => void} [told] hears whether asking works
     */
    constructor(everyMs, ask, take, told = () => {}) {
        this.#everyMs = everyMs;
        this.#ask = ask;
        this.#take = take;
        this.told = told;
        document.addEventListener("visibilitychange", this.#onVisible);
    }

    /** The first answer; a failure is thrown, and nothing is asked again after it. */
    async first() {
        try {
            const answer = await this.#ask(this.#leaving.signal);
            this.#plan();
            return answer;
        } catch (error) {
            this.stop();
            throw error;
        }
    }

    /** Asks at once. */
    async now() {
        if (this.#isOver) return;
        clearTimeout(this.#timer);
        this.#timer = null;
        try {
            const answer = await this.#ask(this.#leaving.signal);
            if (this.#isOver) return;
            this.#failures = 0;
            this.told(null);
            this.#take(answer);
        } catch (error) {
            if (this.#isOver) return;
            this.#failures += 1;
            this.told(error);
        }
        this.#plan();
    }

    stop() {
        this.#isOver = true;
        clearTimeout(this.#timer);
        this.#leaving.abort();
        document.removeEventListener("visibilitychange", this.#onVisible);
    }

    #plan() {
        clearTimeout(this.#timer);
        const waitMs = Math.min(MAX_WAIT_MS, this.#everyMs * 2 ** this.#failures);
        this.#timer = setTimeout(() => (document.visibilityState === "visible" ? this.now() : this.#plan()), waitMs);
    }
}
