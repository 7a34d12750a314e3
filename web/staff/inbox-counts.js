/** How many conversations each filter of the inbox has, as far as this member of staff sees them. */
import { FILTERS } from "./inbox-model.js";

/** Every event of the inbox may change them; they are asked for again after this long at the earliest. */
const REST_MS = 3_000;

/** filter → how many; filters without any are left out. Pure. */
export function countsOf({ labels, ...counts }) {
    const known = FILTERS.map((filter) => [filter, counts[filter]]);
    return new Map([...known, ...labels.map(({ label, count }) => [`label:${label}`, count])].filter(([, count]) => count > 0));
}

export class InboxCounts {
    #load;
    #onChange;
    #counts = new Map();
    #isStale = false;
    #rest = null;

    /**
     * @param {() => Promise<object>} load what the hub counts
     * @param {() => void} onChange
     */
    constructor(load, onChange) {
        this.#load = load;
        this.#onChange = onChange;
        document.addEventListener("visibilitychange", () => this.#refresh());
    }

    /** 0 as well while nobody knows. */
    of(filter) {
        return this.#counts.get(filter) ?? 0;
    }

    /** Something may have changed. */
    touch() {
        this.#isStale = true;
        this.#refresh();
    }

    /** Nobody is asked for what nobody looks at. */
    async #refresh() {
        if (!this.#isStale || this.#rest !== null || document.visibilityState !== "visible") return;
        this.#isStale = false;
        this.#rest = setTimeout(() => {
            this.#rest = null;
            this.#refresh();
        }, REST_MS);
        try {
            this.#counts = countsOf(await this.#load());
            this.#onChange();
        } catch {
            // The next event asks again, or the next connection.
        }
    }
}
