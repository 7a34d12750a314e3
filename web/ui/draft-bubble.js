/** What the assistant is writing, as an element that grows until its message takes its place. */
import { avatar } from "./avatar.js";
import { author } from "./bubble.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";

export class DraftBubble {
    element;
    run;
    #text = document.createTextNode("");
    #line = h("p.text.is-growing", { dir: "auto", hidden: true }, this.#text);
    #dots;
    #isStopping = false;

    /**
     * Laid out like the message that it will be, so that nothing moves when that comes.
     * @param {object} row laid out by rows.js
     * @param {object} context see bubble.js; `actions.stop(run)` ends the answer
     */
    constructor(row, context) {
        const { item, opens, closes } = row;
        const { t } = context;
        const isOut = context.isOut(row);
        this.run = item.run;
        this.#dots = h(
            "p.text.is-thinking",
            {},
            h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i")),
            h("span.sr-only", {}, t("draft.writing")),
        );
        const stop = h(
            "button.draft-stop",
            { type: "button", "aria-label": t("draft.stop.label"), on: { click: () => this.#stop(stop, context.actions) } },
            icon("stop"),
            t("draft.stop"),
        );
        this.element = h(
            "li.message.is-draft",
            { "aria-busy": "true" },
            isOut ? null : h("div.gutter", {}, closes ? avatar(item.by) : null),
            h(
                "div.stack",
                {},
                opens ? author(row, false, isOut, context) : null,
                h("div.bubble", {}, this.#dots, this.#line, h("div.meta", {}, stop)),
            ),
        );
        this.element.classList.add(isOut ? "is-out" : "is-in");
        this.element.classList.toggle("opens", opens);
        this.element.classList.toggle("closes", closes);
        this.show(item.text);
    }

    /** Shows the text so far; what is on screen already stays as it is, also where somebody has selected it. */
    show(text) {
        const shown = this.#text.data;
        if (text.startsWith(shown)) this.#text.appendData(text.slice(shown.length));
        else this.#text.data = text;
        this.#line.hidden = text === "";
        this.#dots.hidden = text !== "";
    }

    get hasFocus() {
        return this.element.matches(":focus-within");
    }

    /** The bubble goes with the event that tells the end, not before. */
    async #stop(button, { stop }) {
        if (this.#isStopping) return;
        this.#isStopping = true;
        button.setAttribute("aria-disabled", "true");
        try {
            await stop(this.run);
        } catch {
            // Over already, which the room is about to tell; or the hub is away, then it can be pressed again.
            this.#isStopping = false;
            button.removeAttribute("aria-disabled");
        }
    }
}
