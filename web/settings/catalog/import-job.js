/** One upload of codes: it goes on while the person looks at other sections, and says how far it is. */
import { Job, jobOf as jobNamed } from "../parts/job.js";

const LOOK_MS = 1_000;
const TYPES = { json: "application/json", ndjson: "application/x-ndjson" };

const nameOf = (product) => `codes/${product}`;

/** The upload of a product that runs, or ended last. */
export const jobOf = (product) => jobNamed(nameOf(product));

export class ImportJob extends Job {
    /** Lines that the hub has read, of `total` in the file; null while nobody knows. */
    lines = 0;
    total = null;
    name;
    #rest;
    #product;

    constructor(rest, product, file, mode) {
        super(nameOf(product));
        this.name = file.name;
        this.#rest = rest;
        this.#product = product;
        this.#count(file);
        this.run((signal) => this.#send(file, mode, signal));
    }

    async #send(file, mode, signal) {
        const timer = setInterval(() => this.#look(), LOOK_MS);
        try {
            const query = new URLSearchParams({ product: this.#product, mode, name: file.name.slice(0, 100) });
            return await this.#rest.sendFile(`/codes/imports?${query}`, file, {
                type: TYPES[file.name.split(".").at(-1).toLowerCase()] ?? "text/csv",
                signal,
            });
        } finally {
            clearInterval(timer);
        }
    }

    async #look() {
        try {
            const { items } = await this.#rest.get(`/codes/imports?product=${encodeURIComponent(this.#product)}&state=running&limit=1`);
            if (this.state !== "running" || items.length === 0) return;
            this.lines = Math.max(this.lines, items[0].lines);
            this.tell();
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
        this.tell();
    }
}
