/**
 * One upload of codes: it goes on while the person looks at other sections, and says how far it is.
 *
 * `change` events tell of news. `state` is `running`, `finished`, `refused` (bad lines, nothing was kept),
 * `failed` or `left`.
 */
const LOOK_MS = 1_000;
const TYPES = { json: "application/json", ndjson: "application/x-ndjson" };
const jobs = new Map();

/** The upload of a product that runs, or ended last. */
export const jobOf = (product) => jobs.get(product) ?? null;

export class ImportJob extends EventTarget {
    state = "running";
    /** Lines that the hub has read, of `total` in the file; null while nobody knows. */
    lines = 0;
    total = null;
    result = null;
    error = null;
    name;
    #rest;
    #product;
    #leaving = new AbortController();
    #guard = (event) => event.preventDefault();

    constructor(rest, product, file, mode) {
        super();
        this.name = file.name;
        this.#rest = rest;
        this.#product = product;
        jobs.set(product, this);
        addEventListener("beforeunload", this.#guard);
        this.#count(file);
        this.#run(file, mode);
    }

    /** Breaks it off: nothing of it is kept. */
    leave() {
        this.#leaving.abort();
    }

    async #run(file, mode) {
        const timer = setInterval(() => this.#look(), LOOK_MS);
        try {
            const query = new URLSearchParams({ product: this.#product, mode, name: file.name.slice(0, 100) });
            this.result = await this.#rest.sendFile(`/codes/imports?${query}`, file, {
                type: TYPES[file.name.split(".").at(-1).toLowerCase()] ?? "text/csv",
                signal: this.#leaving.signal,
            });
            this.state = "finished";
        } catch (error) {
            this.error = error;
            this.state = error.code === "left" ? "left" : error.code === "invalid" ? "refused" : "failed";
        } finally {
            clearInterval(timer);
            removeEventListener("beforeunload", this.#guard);
            this.#tell();
        }
    }

    async #look() {
        try {
            const { items } = await this.#rest.get(`/codes/imports?product=${encodeURIComponent(this.#product)}&state=running&limit=1`);
            if (this.state !== "running" || items.length === 0) return;
            this.lines = Math.max(this.lines, items[0].lines);
            this.#tell();
        } catch {
            // The upload itself says whether the hub is there.
        }
    }

    async #count(file) {
        let lines = 0;
        let last = 10;
        const reader = file.stream().getReader();
        for (;;) {
            const { done, value } = await reader.read();
            if (done) break;
            for (const byte of value) if (byte === 10) lines += 1;
            last = value.at(-1) ?? last;
        }
        this.total = lines + (last === 10 ? 0 : 1);
        this.#tell();
    }

    #tell() {
        this.dispatchEvent(new Event("change"));
    }
}
