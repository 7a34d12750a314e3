/** Waits for something from the hub: says so, says why it failed, and tries again when asked to. */
import { HubError } from "../../sdk/errors.js";
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";

/** What is here sooner than this needs no word. */
const PATIENCE_MS = 250;

export class Loading {
    element = h("div.loading", { role: "status" });
    /** Resolves with what came, however often it had to be asked for. */
    value;
    #app;
    #ask;
    #resolve;

    constructor(app, ask) {
        this.#app = app;
        this.#ask = ask;
        this.value = new Promise((resolve) => (this.#resolve = resolve));
        this.#try();
    }

    async #try() {
        const { t } = this.#app;
        const timer = setTimeout(
            () => this.element.replaceChildren(h("span.pulse"), h("span", {}, t("settings.loading"))),
            PATIENCE_MS,
        );
        try {
            this.#resolve(await this.#ask());
        } catch (error) {
            // Not the hub's answer: a fault of the page, which its authors want to hear of.
            if (!(error instanceof HubError)) console.error(error);
            // Only the page itself, asked for anew, knows the modules of a newer hub.
            const retry = error.code === "module" ? () => location.reload() : () => this.#try();
            const again = h("button.button.is-plain", { type: "button", on: { click: retry } }, t("settings.retry"));
            this.element.replaceChildren(icon("alert"), h("p", { role: "alert" }, failureWords(t, error)), again);
        } finally {
            clearTimeout(timer);
        }
    }
}
