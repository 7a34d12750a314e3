/** Tells people who listen instead of look what has just arrived. */
import { h } from "./dom.js";

/** A screen reader takes a change of the text; the next one must be a change as well. */
const CLEAR_MS = 1_500;

export class Announcer {
    element = h("div.sr-only", { role: "status", "aria-live": "polite" });
    #timer = null;

    say(text) {
        clearTimeout(this.#timer);
        this.element.append(h("p", { dir: "auto" }, text));
        this.#timer = setTimeout(() => this.element.replaceChildren(), CLEAR_MS);
    }
}
