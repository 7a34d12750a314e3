/** Time that moves only when a test says so. */
export class FakeClock {
    #now = Date.parse("2026-11-21T08:00:00.000Z");
    #timers = new Map();
    #nextId = 1;

    now = () => this.#now;

    setTimeout = (task, ms) => {
        const id = this.#nextId++;
        this.#timers.set(id, { at: this.#now + Math.max(0, ms), id, task });
        return id;
    };

    clearTimeout = (id) => {
        this.#timers.delete(id);
    };

    /** Moves on, running what falls due in order, with everything that follows from it. */
    async advance(ms) {
        const end = this.#now + ms;
        await settled();
        for (let next = this.#due(end); next; next = this.#due(end)) {
            this.#now = Math.max(this.#now, next.at);
            this.#timers.delete(next.id);
            next.task();
            await settled();
        }
        this.#now = end;
    }

    #due(end) {
        return [...this.#timers.values()].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
    }
}

/** Lets all promises that can settle do so. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
