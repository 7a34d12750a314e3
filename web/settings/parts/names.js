/**
 * What contacts are called that other things name by their ids: asked for once each, a few at a time.
 *
 * A contact that one may not see has no name.
 */
import { bdi } from "../../ui/dom.js";

const AT_ONCE = 4;
const kept = new WeakMap();

export class Names {
    #rest;
    #known = new Map();
    #waiting = [];
    #running = 0;

    constructor(rest) {
        this.#rest = rest;
    }

    /** @returns {Promise<?string>} */
    of(id) {
        if (!this.#known.has(id)) {
            this.#known.set(id, new Promise((resolve) => this.#waiting.push({ id, resolve })));
            this.#work();
        }
        return this.#known.get(id);
    }

    put(id, name) {
        this.#known.set(id, Promise.resolve(name));
    }

    async #work() {
        if (this.#running >= AT_ONCE) return;
        this.#running += 1;
        for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) next.resolve(await this.#ask(next.id));
        this.#running -= 1;
    }

    async #ask(id) {
        try {
            return (await this.#rest.get(`/crm/contacts/${encodeURIComponent(id)}`)).name;
        } catch (error) {
            // What cannot be told now may be told the next time; what is hidden stays hidden.
            if (error.status !== 404 && error.status !== 403) this.#known.delete(id);
            return null;
        }
    }
}

/** The names that this person has seen. */
export function namesOf(app) {
    if (!kept.has(app)) kept.set(app, new Names(app.rest));
    return kept.get(app);
}

/** The name of a contact, filled in when it is known; `none` stands there for one without. */
export function nameOf(app, id, none = "–") {
    const place = bdi("…");
    if (id === null) place.textContent = none;
    else namesOf(app).of(id).then((name) => (place.textContent = name ?? none));
    return place;
}
