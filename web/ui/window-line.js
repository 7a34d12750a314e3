/** Until when a customer on WhatsApp may be written to freely, above the composer. */
import { h } from "./dom.js";

const HOUR = 3_600_000;
const TICK = 20_000;

export class WindowLine {
    element;
    #words = h("span", { role: "status" });
    #action;
    #t;
    #format;
    #end;

    /**
     * @param {AbortSignal} signal ends the countdown
     * @param {() => void} onTemplate somebody wants to send a template, the only way when it is closed
     */
    constructor(t, format, signal, onTemplate) {
        this.#t = t;
        this.#format = format;
        this.#action = h("button.link", { type: "button", on: { click: onTemplate } }, t("template.title"));
        this.element = h("p.window-line", { hidden: true }, this.#words, this.#action);
        const timer = setInterval(() => this.#draw(), TICK);
        signal.addEventListener("abort", () => clearInterval(timer));
    }

    /** @param {string | null | undefined} until as the inbox tells it; undefined where writing never ends */
    show(until) {
        this.#end = until === undefined ? undefined : until === null ? 0 : Date.parse(until);
        this.#draw();
    }

    get isClosed() {
        return this.#end !== undefined && this.#end <= Date.now();
    }

    #draw() {
        this.element.hidden = this.#end === undefined;
        if (this.#end === undefined) return;
        const left = this.#end - Date.now();
        this.element.classList.toggle("is-closing", left > 0 && left <= HOUR);
        this.element.classList.toggle("is-closed", left <= 0);
        this.#action.hidden = left > 0;
        const text = this.#text(left);
        // What did not change is not read aloud again.
        if (this.#words.textContent !== text) this.#words.textContent = text;
    }

    #text(left) {
        if (left <= 0) return this.#t("window.closed");
        if (left <= HOUR) return this.#t("window.closing", { n: Math.ceil(left / 60_000) });
        return this.#t("window.open", { until: `${this.#format.day(this.#end)} ${this.#format.time(this.#end)}` });
    }
}
