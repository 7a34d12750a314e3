/**
 * A table of contacts on its way in. It is sent in parts, so that one sees how far it is, and goes on after a
 * break where it stopped: what was kept is not made twice.
 */
import { Job, jobOf as jobNamed } from "../parts/job.js";
import { cut, lineIn } from "./csv-parts.js";

const NAME = "contacts";
/** Records in a part: some seconds of work. */
const PART = 250;
const MOST_PROBLEMS = 1_000;
const COUNTS = ["lines", "created", "updated", "skipped", "failed"];

/** The import that runs, or ended last. */
export const jobOf = () => jobNamed(NAME);

export class ContactImportJob extends Job {
    name;
    /** Records that the hub has taken, of `total`; null while the file is being read. */
    total = null;
    counts = Object.fromEntries(COUNTS.map((name) => [name, 0]));
    problems = [];
    #rest;
    #file;
    #mode;
    #table = null;
    #next = 0;

    constructor(rest, file, mode) {
        super(NAME);
        this.name = file.name;
        this.#rest = rest;
        this.#file = file;
        this.#mode = mode;
        this.go();
    }

    /** Begins, or goes on where it stopped. */
    go() {
        return this.run(async (signal) => {
            this.#table ??= cut(new Uint8Array(await this.#file.arrayBuffer()), PART);
            this.total = this.#table.lines;
            this.tell();
            // A table without lines is the hub's to judge: its header may be wrong as well.
            if (this.total === 0) await this.#send({ bytes: new Uint8Array(0), line: 2 }, signal);
            for (; this.#next < this.#table.parts.length; this.#next += 1) {
                await this.#send(this.#table.parts[this.#next], signal);
                this.tell();
            }
            return this.counts;
        });
    }

    get isResumable() {
        return this.#next > 0 && this.#next < (this.#table?.parts.length ?? 0);
    }

    async #send(part, signal) {
        const { header, headerLines } = this.#table;
        const body = new Blob([header, [10, 13].includes(header.at(-1)) ? "" : "\r\n", part.bytes]);
        const report = await this.#rest.sendFile(`/crm/contacts/imports?mode=${this.#mode}`, body, { type: "text/csv", signal });
        for (const name of COUNTS) this.counts[name] += report[name];
        const found = report.problems.map((problem) => ({ ...problem, line: lineIn(part, headerLines, problem.line) }));
        this.problems = [...this.problems, ...found].slice(0, MOST_PROBLEMS);
    }
}
