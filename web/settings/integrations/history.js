/** What the tests of a service found: the course of its score, and each test in words. */
import { lineChart } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { scoresOf } from "./state.js";

const SHOWN = 8;
const DRAWN = 40;

export class History {
    element = h("section.panel", { "aria-labelledby": "history-title" });
    #app;
    #tests = [];
    #showsAll = false;

    constructor(app) {
        this.#app = app;
    }

    get newest() {
        return this.#tests[0]?.id ?? null;
    }

    /** @param {object[]} tests the newest first */
    show(tests) {
        this.#tests = tests;
        const { t } = this.#app;
        const title = h("h2", { id: "history-title" }, t("history.title"));
        if (tests.length === 0) return this.element.replaceChildren(title, h("p.field-hint", {}, t("history.none")));
        const shown = this.#showsAll ? tests : tests.slice(0, SHOWN);
        const more = h(
            "button.link",
            { type: "button", on: { click: () => this.#all() } },
            t("history.all", { n: tests.length }),
        );
        this.element.replaceChildren(
            title,
            this.#chart(tests),
            h("ol.tests", {}, ...shown.map((test) => this.#row(test))),
            ...(shown.length < tests.length ? [more] : []),
        );
    }

    #all() {
        const at = this.element.querySelectorAll(".tests > li").length;
        this.#showsAll = true;
        this.show(this.#tests);
        const next = this.element.querySelectorAll(".tests > li")[at];
        next?.setAttribute("tabindex", "-1");
        next?.focus();
    }

    #chart(tests) {
        const { t, format } = this.#app;
        const scores = scoresOf(tests).slice(-DRAWN);
        const drawn = tests.slice(0, scores.length).reverse();
        const chart = lineChart(scores, {
            label: t("history.chart", { n: tests.length, score: scores.at(-1) ?? "–" }),
            width: matchMedia("(max-width: 760px)").matches ? 340 : 920,
            height: 110,
            min: 0,
            max: 100,
            dots: drawn.map(({ outcome }) => outcome),
            hints: drawn.map(({ at, outcome }, index) => `${format.moment(at)} · ${t(`outcome.${outcome}`)} · ${scores[index] ?? "–"}`),
        });
        return h("figure.score-chart", {}, chart, h("figcaption", {}, t("history.caption")));
    }

    #row({ at, outcome, message, message_en: english, latency_ms: latency, trigger, by }) {
        const { t, lang, format } = this.#app;
        return h(
            "li.test",
            { data: { outcome } },
            h("span.dot", { data: { outcome } }),
            h(
                "div.test-body",
                {},
                h("strong", {}, t(`outcome.${outcome}`)),
                h("p", { dir: "auto" }, lang === "en" ? english : message),
                h(
                    "p.test-more",
                    {},
                    h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
                    " · ",
                    bdi(t("test.took", { n: format.number(latency) })),
                    " · ",
                    trigger === "manual" ? bdi(by) : t("history.scheduled"),
                ),
            ),
        );
    }
}
