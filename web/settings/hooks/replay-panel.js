/** Delivers again all that failed or was cancelled since a time; says first how many that are. */
import { confirm } from "../../ui/dialog.js";
import { h, setAttribute } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { Waiting } from "../parts/waiting.js";

const HOUR_MS = 3_600_000;
const SPANS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 31 * 24 * HOUR_MS };
const STATES = ["failed", "cancelled"];
const PAGE = 200;
/** So many are counted; of more it is said that there are more. */
const MAX_COUNTED = 1_000;

export class ReplayPanel {
    element;
    #app;
    #endpoint;
    #onDone;
    #select;
    #button;
    #off;
    #far = h("div", { "aria-live": "polite" });
    #leaving = null;

    /** @param {() => void} onDone hears that deliveries are owed again */
    constructor(app, endpoint, onDone) {
        const { t } = app;
        this.#app = app;
        this.#endpoint = endpoint;
        this.#onDone = onDone;
        this.#select = h("select.input", { name: "since" }, ...Object.keys(SPANS).map((id) => h("option", { value: id }, t(`hooks.span.${id}`))));
        this.#select.value = "day";
        this.#button = h("button.button.is-plain", { type: "button", on: { click: () => this.#run() } }, t("hooks.replay.all"));
        this.#off = h("p.field-hint", { hidden: true }, t("hooks.replay.off"));
        this.element = h(
            "section.panel.hook-replay",
            { "aria-labelledby": "replay-title" },
            h("h2", { id: "replay-title" }, t("hooks.replay.title")),
            h("p.field-hint", {}, t("hooks.replay.text")),
            this.#off,
            h("div.filters", {}, h("label.filter", {}, h("span", {}, t("hooks.replay.since")), this.#select), this.#button),
            this.#far,
        );
        this.draw();
    }

    draw() {
        const { enabled } = this.#endpoint();
        this.#off.hidden = enabled;
        setAttribute(this.#button, "aria-disabled", enabled ? null : "true");
    }

    close() {
        this.#leaving?.abort();
    }

    async #run() {
        if (this.#leaving || this.#button.getAttribute("aria-disabled") === "true") return;
        const { t } = this.#app;
        const leaving = (this.#leaving = new AbortController());
        const waiting = new Waiting(this.#app, t("hooks.replay.counting"), () => leaving.abort());
        const since = new Date(Date.now() - SPANS[this.#select.value]).toISOString();
        this.#far.replaceChildren(waiting.element);
        try {
            const { n, isMore } = await this.#count(since, leaving.signal);
            waiting.end();
            if (n === 0) return this.#say(t("hooks.replay.nothing"));
            const number = this.#app.format.number(n);
            const question = t(isMore ? "hooks.replay.more.ask" : "hooks.replay.ask", { n, number });
            if (await confirm(t, question, t("hooks.replay.do"))) await this.#replay(since, leaving);
        } catch (error) {
            this.#say(error.code === "conflict" ? t("hooks.replay.off") : failureWords(t, error));
        } finally {
            waiting.end();
            this.#leaving = null;
            this.#button.focus();
        }
    }

    async #count(since, signal) {
        let n = 0;
        for (const state of STATES) {
            let cursor = null;
            do {
                const query = { endpoint: this.#endpoint().id, state, from: since, limit: PAGE, ...(cursor ? { cursor } : {}) };
                const page = await this.#app.rest.get(`/webhook-deliveries?${new URLSearchParams(query)}`, { signal });
                n += page.items.length;
                cursor = page.next;
                if (cursor && n >= MAX_COUNTED) return { n, isMore: true };
            } while (cursor);
        }
        return { n, isMore: false };
    }

    /** One request takes a thousand of them. */
    async #replay(since, leaving) {
        const { t, rest, format } = this.#app;
        const waiting = new Waiting(this.#app, t("hooks.replay.running"), () => leaving.abort());
        this.#far.replaceChildren(waiting.element);
        const path = `/webhook-endpoints/${encodeURIComponent(this.#endpoint().id)}/replay`;
        let n = 0;
        try {
            for (;;) {
                const { replayed, more } = await rest.send("POST", path, { since }, { signal: leaving.signal });
                n += replayed;
                if (!more || replayed === 0) break;
            }
            this.#say(t("hooks.replay.done", { n, number: format.number(n) }));
        } finally {
            waiting.end();
            this.#onDone();
        }
    }

    #say(text) {
        this.#far.replaceChildren(h("p.field-hint", {}, text));
    }
}
