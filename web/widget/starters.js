/** Questions of the shop with which a new conversation begins by one click. */
import { fill, h } from "../ui/dom.js";

export class Starters {
    element = h("ul.starters", { hidden: true });
    #choose;
    #isOpen = false;

    /** @param {(text: string) => void} choose */
    constructor(choose) {
        this.#choose = choose;
    }

    /** @param {string[]} questions in the visitor's language */
    show(questions) {
        const press = (text) => ({ click: () => this.#choose(text) });
        fill(
            this.element,
            questions.map((text) => h("li", {}, h("button.starter", { type: "button", dir: "auto", on: press(text) }, text))),
        );
        this.#adapt();
    }

    /** Whether there is anything to begin. */
    set isOpen(isOpen) {
        this.#isOpen = isOpen;
        this.#adapt();
    }

    #adapt() {
        this.element.hidden = !this.#isOpen || this.element.children.length === 0;
    }
}
