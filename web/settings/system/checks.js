/** What the hub depends on, each with what was found and how long it took in the looks of this page. */
import { lineChart } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { writeRoute } from "../router.js";

const KEPT = 40;
const SERVICES = new Set(["zid", "openai", "whatsapp", "email", "sms", "google_calendar", "slack", "seha", "tatman"]);
const NAMED = new Set([...SERVICES, "database", "disk", "keys", "audit_log", "assistant_budget", "knowledge", "zid_orders"]);

export class Checks {
    element;
    #app;
    #summary = h("div.summary", { role: "status" });
    #rows = h("ul.rows", {});
    #latencies = new Map();

    constructor(app) {
        this.#app = app;
        this.element = h(
            "section",
            { "aria-labelledby": "checks-title" },
            h("h2", { id: "checks-title" }, app.t("status.checks")),
            this.#summary,
            this.#rows,
        );
    }

    /** @param {object[]} found as `GET /api/v1/system/status` lists it */
    take(found) {
        const { t } = this.#app;
        for (const { name, latency_ms: latency, checked_at: at } of found) this.#remember(name, latency, at);
        const bad = found.filter(({ configured, ok }) => configured && !ok);
        const words = bad.length > 0 ? t("status.bad", { n: bad.length }) : t("status.good");
        const state = bad.length > 0 ? "bad" : "good";
        if (this.#summary.dataset.state !== state || this.#summary.textContent !== words) {
            this.#summary.dataset.state = state;
            this.#summary.replaceChildren(icon(bad.length > 0 ? "alert" : "check"), h("strong", {}, words));
        }
        const order = ({ configured, ok }) => (configured ? (ok ? 1 : 0) : 2);
        const focused = this.#rows.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        this.#rows.replaceChildren(...found.toSorted((a, b) => order(a) - order(b)).map((each) => this.#row(each)));
        if (focused) this.#rows.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    }

    #remember(name, latency, at) {
        const known = this.#latencies.get(name) ?? [];
        // Asked for too often, the hub answers what it found last.
        if (known.at(-1)?.at !== at) known.push({ at, latency });
        this.#latencies.set(name, known.slice(-KEPT));
    }

    #row({ name, configured, outcome, message, message_en: english, latency_ms: latency, checked_at: at }) {
        const { t, lang, format, may } = this.#app;
        const took = this.#latencies.get(name).map((each) => each.latency);
        const title = NAMED.has(name) ? t(`check.${name}`) : name;
        const isLinked = SERVICES.has(name) && may("settings:read");
        return h(
            "li.row.check-row",
            { data: { name, outcome } },
            h("span.dot", { data: { outcome } }),
            h(
                "div.row-body",
                {},
                h(
                    "p.row-title",
                    {},
                    isLinked ? h("a", { href: writeRoute("integrations", [name]) }, bdi(title)) : h("strong", {}, bdi(title)),
                    h("span.chip", { data: { outcome } }, t(`outcome.${outcome}`)),
                ),
                h("p", { dir: "auto" }, lang === "en" ? english : message),
                h("p.row-more", {}, t("status.checked", { time: format.time(at) })),
            ),
            configured &&
                h(
                    "div.row-chart",
                    {},
                    took.length > 1 && lineChart(took, { label: t("status.latency", { n: took.length }), min: 0, width: 110, height: 30 }),
                    h("span", {}, bdi(t("test.took", { n: format.number(latency) }))),
                ),
        );
    }
}
