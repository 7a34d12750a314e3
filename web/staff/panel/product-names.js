/** What products are called in the language of the reader: asked for once each, when their names are shown. */
import { bdi } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";

export class ProductNames {
    #app;
    #known = new Map();

    constructor(app) {
        this.#app = app;
    }

    /**
     * The name, filled in when it is known.
     * @param {?string} id
     * @param {string} [written] what it was called when it was ordered; stays where no other name is known
     */
    of(id, written = "…") {
        const place = bdi(written);
        if (id) this.#name(id).then((name) => name && (place.textContent = name));
        return place;
    }

    #name(id) {
        const { rest, may, lang } = this.#app;
        if (!may("products:read")) return Promise.resolve(null);
        if (!this.#known.has(id)) {
            const asked = rest.get(`/products/${encodeURIComponent(id)}`).then(
                (product) => nameIn(lang, product),
                () => {
                    this.#known.delete(id);
                    return null;
                },
            );
            this.#known.set(id, asked);
        }
        return this.#known.get(id);
    }
}
