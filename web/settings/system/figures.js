/** Live figures of the hub that answers, each with its course since the page was opened. */
import { lineChart } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { FIGURES } from "./metrics.js";

const KEPT = 60;

export class Figures {
    element;
    #app;
    #tiles = new Map();
    #before = null;
    #at = 0;

    constructor(app) {
        const { t } = app;
        this.#app = app;
        for (const { id } of FIGURES) {
            const value = h("strong.figure-value", {}, "…");
            const chart = h("div.figure-chart", {});
            const element = h("li.figure", { data: { figure: id }, hidden: true }, h("span", {}, t(`figure.${id}`)), value, chart);
            this.#tiles.set(id, { element, value, chart, course: [] });
        }
        this.element = h(
            "section",
            { "aria-labelledby": "figures-title" },
            h("h2", { id: "figures-title" }, t("figures.title")),
            h("p.field-hint", {}, t("figures.text")),
            h("ul.figures", {}, ...[...this.#tiles.values()].map(({ element }) => element)),
        );
    }

    /** @param {Map} samples as metrics.js reads them */
    take(samples, now = Date.now()) {
        const seconds = (now - this.#at) / 1_000;
        for (const { id, kind, read } of FIGURES) {
            const value = read(samples, this.#before, seconds);
            const tile = this.#tiles.get(id);
            tile.course = [...tile.course, value].slice(-KEPT);
            const known = tile.course.filter((each) => each !== null);
            tile.element.hidden = known.length === 0;
            if (known.length === 0) continue;
            tile.value.replaceChildren(bdi(value === null ? "–" : this.#words(kind, value)));
            const label = this.#app.t("figure.course", {
                low: this.#words(kind, Math.min(...known)),
                high: this.#words(kind, Math.max(...known)),
            });
            tile.chart.replaceChildren(lineChart(tile.course, { label, width: 160, height: 36, min: 0 }));
        }
        this.#before = samples;
        this.#at = now;
    }

    #words(kind, value) {
        const { t, format } = this.#app;
        if (kind === "bytes") return format.size(value);
        const n = format.number(value);
        return kind === "count" ? n : t(`figure.kind.${kind}`, { n });
    }
}
