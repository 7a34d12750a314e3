/** Messages that WhatsApp has approved: loaded when somebody needs them, and filled in. */

const FRESH_MS = 60_000;

export class Templates {
    /** What was loaded last. */
    known = [];
    #rest;
    #now;
    #loaded = null;
    #at = -Infinity;

    /** @param {{templates: () => Promise<Array>}} rest */
    constructor(rest, now = () => performance.now()) {
        this.#rest = rest;
        this.#now = now;
    }

    async load() {
        if (this.#loaded === null || this.#now() - this.#at > FRESH_MS) {
            this.#at = this.#now();
            this.#loaded = this.#rest.templates();
            // What failed is asked for again.
            this.#loaded.catch(() => (this.#loaded = null));
        }
        this.known = await this.#loaded;
        return this.known;
    }

    /** What the customer reads; null for a template that is not known here. */
    textOf({ name, language, params }) {
        const template = this.known.find((each) => each.name === name && each.language === language);
        return template?.body ? fill(template, params?.body ?? []) : null;
    }
}

/** The text of a template with its values; where one is missing its place stays visible. */
export function fill({ body, parameters }, values) {
    return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name) => values[parameters.indexOf(name)] || place);
}
