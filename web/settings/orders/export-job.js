/** A file on its way out: it goes on while the person looks at other sections, and stays to be taken until the page is closed. */
import { Job, jobOf as jobNamed } from "../parts/job.js";
import { readAll } from "../system/download.js";

const nameOf = (id) => `export/${id}`;

/** The export of a kind that runs, or ended last. */
export const jobOf = (id) => jobNamed(nameOf(id));

export class ExportJob extends Job {
    name;
    bytes = 0;

    /**
     * @param {Rest} rest
     * @param {{id: string, path: string, file: string}} what
     * @param {object} query empty ones are left out
     */
    constructor(rest, { id, path, file }, query) {
        super(nameOf(id));
        this.name = file;
        const given = Object.entries(query).filter(([, value]) => value);
        this.run((signal) =>
            rest.get(`${path}?${new URLSearchParams(given)}`, {
                signal,
                headers: { Accept: "*/*" },
                read: (response) =>
                    readAll(response, (bytes) => {
                        this.bytes = bytes;
                        this.tell();
                    }),
            }),
        );
    }
}
