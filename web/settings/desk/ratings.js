/** What customers said of the service: how the scores spread over a time, and each answer. */
import { bdi, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords } from "../../ui/problems.js";
import { momentsOf } from "../parts/day-span.js";
import { filters } from "../parts/filters.js";
import { commented, sumsOf } from "./rating-sums.js";

const PAGE = 200;
/** So many are counted, the newest of the time; the page says so when there are more. */
const MAX_COUNTED = 1_000;
const BEST = 5;

export async function open(app, { query }) {
    const { t } = app;
    const spread = h("div", {});
    const list = new PagedList(app, { path: "/ratings", limit: 20, row: (each) => row(app, each), none: t("ratings.none"), tag: "ol.rows" });
    const fields = [
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("ratings", [], values);
        show(values);
    });
    let leaving = new AbortController();
    await show(chosen.values);
    return {
        title: t("section.ratings"),
        element: h("div", {}, h("p.lead", {}, t("ratings.lead")), chosen.element, spread, list.element),
        close() {
            leaving.abort();
            list.close();
        },
    };

    async function show(values) {
        leaving.abort();
        const { signal } = (leaving = new AbortController());
        const { from, before } = momentsOf(values);
        const span = { since: from, until: before };
        list.show(span);
        try {
            const found = await all(app, span, signal);
            if (!signal.aborted) spread.replaceChildren(distribution(app, found));
        } catch (error) {
            if (!signal.aborted) spread.replaceChildren(h("p.notice-line", { role: "alert" }, failureWords(t, error)));
        }
    }
}

async function all({ rest }, span, signal) {
    const items = [];
    let cursor = null;
    do {
        const given = Object.entries({ limit: PAGE, ...span, cursor }).filter(([, value]) => value);
        const page = await rest.get(`/ratings?${new URLSearchParams(given)}`, { signal });
        items.push(...page.items);
        cursor = page.next;
    } while (cursor && items.length < MAX_COUNTED);
    return { items, isCut: cursor !== null };
}

function distribution({ t, format }, { items, isCut }) {
    const { n, average, scores } = sumsOf(items);
    return h(
        "section.panel.ratings",
        { "aria-labelledby": "spread-title" },
        h("h2", { id: "spread-title" }, t("ratings.spread")),
        average !== null && h("p.rating-average", {}, h("strong", {}, format.number(average)), " ", t("ratings.of", { n: BEST })),
        h("p.field-hint", {}, t("ratings.count", { n, number: format.number(n) }), " · ", t("ratings.comments", { n: format.number(commented(items)) })),
        isCut && h("p.field-hint", {}, t("ratings.cut", { n: format.number(n) })),
        h(
            "ul.spread",
            {},
            ...scores.map(({ score, n: count, share }) =>
                h(
                    "li",
                    { data: { score } },
                    h("span", {}, t("ratings.score", { n: score })),
                    h("progress.progress", { value: share, max: 100, "aria-label": t("ratings.score", { n: score }) }),
                    h("span", {}, t("ratings.share", { n: format.number(count), share })),
                ),
            ),
        ),
    );
}

function row({ t, format }, { conversation, seq, at, by, score, comment }) {
    const label = t("ratings.score", { n: score });
    return h(
        "li.row.rating-row",
        { data: { seq, score } },
        h("span.stars", { role: "img", "aria-label": label, title: label }, "★".repeat(score) + "☆".repeat(BEST - score)),
        h(
            "div.row-body",
            {},
            comment !== null && h("p", { dir: "auto" }, comment),
            h(
                "p.row-more",
                {},
                bdi(by.name || t("ratings.nameless")),
                " · ",
                h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
            ),
        ),
        h("a.link", { href: `/staff#/c/${encodeURIComponent(conversation)}` }, t("ratings.open")),
    );
}
