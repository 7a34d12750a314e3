/** The button that tests a connection with what stands in the form, and what was found. */
import { bdi, h, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";
import { Waiting } from "../parts/waiting.js";
import { bodyValues } from "./state.js";

export class TestPanel {
    button;
    element = h("div.test-panel", { "aria-live": "polite" });
    #app;
    #type;
    #form;
    #onFound;
    #leaving = null;

    /**
     * @param {() => Form} form
     * @param {(test) => void} onFound
     */
    constructor(app, type, form, onFound) {
        this.#app = app;
        this.#type = type;
        this.#form = form;
        this.#onFound = onFound;
        this.button = h(
            "button.button.is-plain.test-button",
            { type: "button", on: { click: () => this.#run() } },
            icon("bolt"),
            app.t("test.do"),
        );
    }

    close() {
        this.#leaving?.abort();
    }

    async #run() {
        if (this.#leaving) return;
        const { t, rest } = this.#app;
        const form = this.#form();
        const leaving = (this.#leaving = new AbortController());
        const isTrial = form.isDirty;
        const body = { integration_type: this.#type, ...(isTrial ? { config: bodyValues(form.state.values) } : {}) };
        const waiting = new Waiting(this.#app, t("test.running"), () => leaving.abort());
        setAttribute(this.button, "aria-disabled", "true");
        this.element.replaceChildren(waiting.element);
        try {
            const test = await rest.send("POST", "/integrations/test", body, { signal: leaving.signal });
            this.#show(test, isTrial);
            this.#onFound(test);
        } catch (error) {
            this.#fail(error);
        } finally {
            waiting.end();
            this.#leaving = null;
            setAttribute(this.button, "aria-disabled", null);
        }
    }

    #show(test, isTrial) {
        const { t, lang, format } = this.#app;
        const text = lang === "en" ? test.message_en : test.message;
        this.element.replaceChildren(
            h(
                "div.verdict",
                { data: { outcome: test.outcome } },
                icon(test.ok ? "check" : "alert"),
                h(
                    "div",
                    {},
                    h("strong", {}, t(`outcome.${test.outcome}`)),
                    h("p", { dir: "auto" }, text),
                    h(
                        "p.verdict-more",
                        {},
                        bdi(t("test.took", { n: format.number(test.latency_ms) })),
                        isTrial ? ` · ${t("test.trial")}` : "",
                    ),
                ),
            ),
        );
    }

    #fail(error) {
        if (error.code === "invalid" && this.#form().complain(error, "/config")) {
            this.element.replaceChildren();
            return;
        }
        const words = error.code === "left" ? this.#app.t("test.left") : failureWords(this.#app.t, error);
        this.element.replaceChildren(h("div.verdict", { data: { outcome: "error" } }, icon("info"), h("p", {}, words)));
    }
}
