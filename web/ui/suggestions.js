/** A list above a text field: it opens while what was typed fits, and the keys of the field steer it. */
import { h, setAttribute } from "./dom.js";

let count = 0;

export class Suggestions {
    element;
    #field;
    #find;
    #choose;
    #items = [];
    #active = -1;
    #asked = 0;

    /**
     * @param {HTMLElement} field
     * @param {{label: string, find: (text) => Promise<Array<{shortcut, text}>>, choose: (item) => void}} on
     */
    constructor(field, { label, find, choose }) {
        this.#field = field;
        this.#find = find;
        this.#choose = choose;
        count += 1;
        this.element = h("div.suggestions", {
            id: `suggestions-${count}`,
            role: "listbox",
            "aria-label": label,
            hidden: true,
        });
        setAttribute(field, "aria-controls", this.element.id);
        setAttribute(field, "aria-autocomplete", "list");
    }

    get isOpen() {
        return !this.element.hidden;
    }

    /** Shows what fits to `query`; null closes. A late answer to an older question is dropped. */
    async show(query) {
        this.#asked += 1;
        const asked = this.#asked;
        if (query === null) return this.close();
        const items = await this.#find(query).catch(() => []);
        if (asked === this.#asked) this.#draw(items);
    }

    close() {
        this.#asked += 1;
        this.#draw([]);
    }

    /** @returns {boolean} whether the key was for the list */
    takesKey(event) {
        if (!this.isOpen || event.isComposing) return false;
        const { length } = this.#items;
        if (event.key === "ArrowDown") this.#activate((this.#active + 1) % length);
        else if (event.key === "ArrowUp") this.#activate((this.#active - 1 + length) % length);
        else if (event.key === "Enter" || event.key === "Tab") this.#pick(this.#items[this.#active]);
        else if (event.key === "Escape") this.close();
        else return false;
        event.preventDefault();
        event.stopPropagation();
        return true;
    }

    #pick(item) {
        this.close();
        this.#choose(item);
    }

    #draw(items) {
        this.#items = items;
        this.element.replaceChildren(...items.map((item, index) => this.#row(item, index)));
        this.element.hidden = items.length === 0;
        setAttribute(this.#field, "aria-expanded", String(items.length > 0));
        this.#activate(items.length > 0 ? 0 : -1);
    }

    #row(item, index) {
        // The field keeps the focus: a press is the choice.
        const press = (event) => {
            event.preventDefault();
            this.#pick(item);
        };
        return h(
            "div.suggestion",
            { id: `${this.element.id}-${index}`, role: "option", on: { mousedown: press } },
            h("bdi.suggestion-key", {}, `/${item.shortcut}`),
            h("span.suggestion-text", { dir: "auto" }, item.text),
        );
    }

    #activate(index) {
        this.#active = index;
        for (const [place, row] of [...this.element.children].entries())
            setAttribute(row, "aria-selected", String(place === index));
        const row = this.element.children[index];
        setAttribute(this.#field, "aria-activedescendant", row?.id ?? null);
        row?.scrollIntoView({ block: "nearest" });
    }
}
