/** Who is typing, under the last message. */
import { nameOf } from "./bubble.js";
import { h, sentence } from "./dom.js";

export class TypingLine {
    element = h("div.typing", { hidden: true });
    #t;

    constructor(t) {
        this.#t = t;
    }

    show(people) {
        this.element.hidden = people.length === 0;
        if (people.length === 0) return;
        const [a, b] = people.map((person) => nameOf(person, this.#t));
        const key = ["typing.one", "typing.two"][people.length - 1] ?? "typing.many";
        const dots = h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"));
        this.element.replaceChildren(dots, h("span", {}, ...sentence(this.#t, key, { a, b })));
    }
}
