/** A list above a text field: it opens while what was typed fits one of its sources, and the keys of the field steer it. */
import { h, setAttribute } from "./dom.js";

/** Keys that move the caret away from what was typed. */
const MOVES = ["ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"];

let count = 0;

export class Suggestions {
    element;
    #field;
    #sources;
    #source = null;
    #match = null;
    #items = [];
    #active = -1;
    #asked = 0;

    /**
     * @param {HTMLTextAreaElement} field
     * @param {Array<{label: string, matchOf: (text, caret) => object | null, find: (match) => Promise<Array>,
     *   parts: (item) => Array, choose: (item, match) => void}>} sources the first that has a match offers its items
     */
    constructor(field, sources) {
        this.#field = field;
        this.#sources = sources;
        count += 1;
        this.element = h("div.suggestions", {
            id: `suggestions-${count}`,
            role: "listbox",
            "aria-label": sources[0].label,
            hidden: true,
        });
        setAttribute(field, "aria-controls", this.element.id);
        setAttribute(field, "aria-autocomplete", "list");
        field.addEventListener("mousedown", () => this.close());
    }

    get isOpen() {
        return !this.element.hidden;
    }

    /** Shows what fits to the text before the caret, or closes. A late answer to an older question is dropped. */
    async look() {
        this.#asked += 1;
        const asked = this.#asked;
        const { value, selectionStart } = this.#field;
        for (const source of this.#sources) {
            const match = source.matchOf(value, selectionStart);
            if (match === null) continue;
            const items = await source.find(match).catch(() => []);
            if (asked === this.#asked) this.#draw(items, source, match);
            return;
        }
        this.close();
    }

    close() {
        this.#asked += 1;
        this.#draw([]);
    }

    /** @returns {boolean} whether the key was for the list */
    takesKey(event) {
        if (!this.isOpen || event.isComposing) return false;
        const { length } = this.#items;
        if (MOVES.includes(event.key)) this.close();
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
        const [source, match] = [this.#source, this.#match];
        this.close();
        source.choose(item, match);
    }

    #draw(items, source = null, match = null) {
        this.#items = items;
        this.#source = source;
        this.#match = match;
        if (source) setAttribute(this.element, "aria-label", source.label);
        this.element.replaceChildren(...items.map((item, index) => this.#row(source.parts(item), index)));
        this.element.hidden = items.length === 0;
        this.#activate(items.length > 0 ? 0 : -1);
    }

    #row(parts, index) {
        // The field keeps the focus: a press is the choice.
        const press = (event) => {
            event.preventDefault();
            this.#pick(this.#items[index]);
        };
        return h(
            "div.suggestion",
            { id: `${this.element.id}-${index}`, role: "option", on: { mousedown: press } },
            ...parts,
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
