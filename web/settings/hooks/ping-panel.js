/** A test: a `ping` is delivered, and what the endpoint answered is said. */
import { h, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";
import { Waiting } from "../parts/waiting.js";
import { isSettled, lastTry, tryWords } from "./state.js";

const EVERY_MS = 700;

export class PingPanel {
    button;
    element = h("div.test-panel", { "aria-live": "polite" });
    #app;
    #path;
    #onDone;
    #leaving = null;

    /** @param {() => void} onDone hears that there is one delivery more */
    constructor(app, endpoint, onDone) {
        this.#app = app;
        this.#path = `/webhook-endpoints/${encodeURIComponent(endpoint)}/test`;
        this.#onDone = onDone;
        this.button = h(
            "button.button.is-plain.test-button",
            { type: "button", on: { click: () => this.#run() } },
            icon("bolt"),
            app.t("hooks.ping"),
        );
    }

    close() {
        this.#leaving?.abort();
    }

    async #run() {
        if (this.#leaving) return;
        const { t, rest } = this.#app;
        const leaving = (this.#leaving = new AbortController());
        const waiting = new Waiting(this.#app, t("hooks.ping.running"), () => leaving.abort());
        setAttribute(this.button, "aria-disabled", "true");
        this.element.replaceChildren(waiting.element);
        try {
            const owed = await rest.send("POST", this.#path, undefined, { signal: leaving.signal });
            this.#show(await this.#result(owed.id, leaving.signal));
        } catch (error) {
            const words = error.code === "left" ? t("hooks.ping.left") : failureWords(t, error);
            this.element.replaceChildren(h("div.verdict", { data: { outcome: "limited" } }, icon("info"), h("p", {}, words)));
        } finally {
            waiting.end();
            this.#leaving = null;
            setAttribute(this.button, "aria-disabled", null);
            this.#onDone();
        }
    }

    /** The delivery, once it was tried. */
    async #result(id, signal) {
        for (;;) {
            const delivery = await this.#app.rest.get(`/webhook-deliveries/${encodeURIComponent(id)}`, { signal });
            if (isSettled(delivery, 0)) return delivery;
            await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
        }
    }

    #show(delivery) {
        const { t, format } = this.#app;
        const attempt = lastTry(delivery);
        const isTaken = delivery.state === "delivered";
        const { key, values } = attempt ? tryWords(attempt) : { key: "hooks.ping.untried", values: {} };
        this.element.replaceChildren(
            h(
                "div.verdict",
                { data: { outcome: isTaken ? "ok" : "error" } },
                icon(isTaken ? "check" : "alert"),
                h(
                    "div",
                    {},
                    h("strong", {}, t(isTaken ? "hooks.ping.taken" : "hooks.ping.refused")),
                    h("p", {}, t(key, values)),
                    attempt && h("p.verdict-more", {}, t("test.took", { n: format.number(attempt.took_ms) })),
                ),
            ),
        );
    }
}
