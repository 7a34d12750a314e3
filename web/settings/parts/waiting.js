/** Says that something takes its time, how long it has taken, and lets one stop waiting. */
import { h } from "../../ui/dom.js";

export class Waiting {
    element;
    #time = h("span.waiting-time", { "aria-hidden": "true" });
    #timer;

    /**
     * @param {object} app
     * @param {string} words what is under way
     * @param {() => void} stop
     */
    constructor({ t, format }, words, stop) {
        const began = Date.now();
        this.element = h(
            "div.waiting",
            { role: "status" },
            h("span.pulse"),
            h("span", {}, words),
            this.#time,
            h("button.link", { type: "button", on: { click: stop } }, t("waiting.stop")),
        );
        this.#timer = setInterval(() => {
            this.#time.textContent = t("waiting.seconds", { n: format.number(Math.round((Date.now() - began) / 1_000)) });
        }, 1_000);
    }

    end() {
        clearInterval(this.#timer);
        this.element.remove();
    }
}
