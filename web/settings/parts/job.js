/**
 * Work that goes on while the person looks at other sections, and says how far it is.
 *
 * `change` events tell of news. `state` is `running`, `finished`, `refused` (nothing was kept), `failed` or
 * `left`. Closing the page asks first while it runs.
 */
const jobs = new Map();

/** What runs under a name, or ended last. */
export const jobOf = (name) => jobs.get(name) ?? null;

export class Job extends EventTarget {
    state = "running";
    error = null;
    result = null;
    #leaving = new AbortController();
    #guard = (event) => event.preventDefault();

    /** @param {string} name under which it is found again */
    constructor(name) {
        super();
        jobs.set(name, this);
    }

    /** Ends it where it is. */
    leave() {
        this.#leaving.abort();
    }

    /** @param {(signal: AbortSignal) => Promise} work answers the result */
    async run(work) {
        this.#leaving = new AbortController();
        this.state = "running";
        this.error = null;
        addEventListener("beforeunload", this.#guard);
        try {
            this.result = await work(this.#leaving.signal);
            this.state = "finished";
        } catch (error) {
            this.error = error;
            this.state = error.code === "left" ? "left" : error.code === "invalid" ? "refused" : "failed";
        } finally {
            removeEventListener("beforeunload", this.#guard);
            this.tell();
        }
    }

    tell() {
        this.dispatchEvent(new Event("change"));
    }
}
