/** What the language model took day by day, what for, and how far the budgets are used. */
import { barChart } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { filters } from "../parts/filters.js";
import { budgetsOf, dayIn, dayLater, eachDay, sumsOf } from "./usage-sums.js";

const DAYS = 30;
const MAX_DAYS = 366;
const PURPOSES = new Set(["answer", "summary", "playground", "suggestion", "digest", "translation", "embedding"]);

export async function usage(app, query) {
    const { t, rest } = app;
    const { items } = await rest.get("/settings");
    const settings = new Map(items.map(({ key, value }) => [key, value]));
    const today = dayIn(settings.get("shop.time_zone"));
    const asked = async (from, to) => (await rest.get(`/ai/usage?${new URLSearchParams({ from, to })}`)).items;
    const month = await asked(`${today.slice(0, 8)}01`, today);
    const course = h("div.stack", {});
    let turn = 0;
    const fields = [
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("assistant", ["usage"], values);
        show(values);
    });
    await show(chosen.values);
    return {
        element: h("div.stack", {}, h("p.lead", {}, t("usage.lead")), budgets(app, budgetsOf(settings, month, today), settings), chosen.element, course),
        close: () => (turn += 1),
    };

    /** The last days when none were chosen; a span that the hub does not tell is said. */
    async function show({ from, to }) {
        const mine = (turn += 1);
        const last = to || today;
        const first = from || dayLater(last, 1 - DAYS);
        if (first > last || dayLater(first, MAX_DAYS) < last) {
            return course.replaceChildren(h("p.notice-line", { role: "alert" }, t("usage.span", { n: MAX_DAYS })));
        }
        try {
            const days = await asked(first, last);
            if (mine === turn) course.replaceChildren(...courseOf(app, days, first, last));
        } catch (error) {
            if (mine === turn) course.replaceChildren(h("p.notice-line", { role: "alert" }, failureWords(t, error)));
        }
    }
}

function budgets(app, found, settings) {
    const { t, format } = app;
    const currency = settings.get("assistant.currency");
    const amount = (unit, n) => (unit === "tokens" ? format.number(n) : format.cost(n, currency));
    return h(
        "section.panel",
        { "aria-labelledby": "budgets-title" },
        h("h2", { id: "budgets-title" }, t("usage.budgets")),
        found.length === 0 && h("p.field-hint", {}, t("usage.budgets.none")),
        h(
            "ul.budgets",
            {},
            ...found.map(({ period, unit, used, bound, share }) => {
                const label = t(`usage.budget.${period}.${unit}`);
                const state = share >= 100 ? "over" : share >= (settings.get("assistant.budget_warning_percent") ?? 80) ? "near" : "well";
                return h(
                    "li.budget",
                    { data: { state } },
                    h("span", {}, label),
                    h("strong", {}, t("usage.of", { used: amount(unit, used), bound: amount(unit, bound) })),
                    h("progress.progress", { value: share, max: 100, "aria-label": label }),
                    state !== "well" && h("span.budget-state", {}, t(`usage.budget.${state}`)),
                );
            }),
        ),
        h("p.field-hint", {}, h("a.link", { href: "#/shop/assistant" }, t("usage.budgets.change"))),
    );
}

function courseOf(app, items, from, to) {
    const { t, format } = app;
    const days = eachDay(items, from, to);
    const sums = sumsOf(items);
    const tokens = (n) => t("usage.tokens", { n, number: format.number(n) });
    const label = t("usage.days", { sum: format.number(sums.tokens) });
    const chart = barChart(
        days.map(({ tokens: n }) => n),
        { label, hints: days.map(({ day, tokens: n }) => `${format.date(day)} · ${tokens(n)}`) },
    );
    const figure = (key, value) => h("li.figure", {}, h("span", {}, t(key)), h("strong.figure-value", {}, bdi(value)));
    return [
        h(
            "ul.figures",
            {},
            figure("usage.sum.tokens", format.number(sums.tokens)),
            figure("usage.sum.answers", format.number(sums.answers)),
            ...sums.costs.map(({ currency, micros }) => figure("usage.sum.cost", format.cost(micros, currency))),
        ),
        h("figure.days", {}, chart, h("figcaption", {}, label)),
        h(
            "section.panel",
            { "aria-labelledby": "purposes-title" },
            h("h2", { id: "purposes-title" }, t("usage.purposes")),
            sums.purposes.length === 0
                ? h("p.field-hint", {}, t("usage.none"))
                : h(
                      "dl.facts",
                      {},
                      ...sums.purposes.map(({ purpose, tokens: n }) =>
                          h("div", {}, h("dt", {}, PURPOSES.has(purpose) ? t(`usage.purpose.${purpose}`) : purpose), h("dd", {}, tokens(n))),
                      ),
                  ),
        ),
        days.some(({ tokens: n }) => n > 0) && table(app, days.filter(({ tokens: n }) => n > 0)),
    ].filter(Boolean);
}

/** The chart in numbers. */
function table({ t, format }, days) {
    const head = ["usage.day", "usage.sum.tokens", "usage.sum.answers", "usage.sum.cost"];
    return h(
        "details.panel.form-more",
        {},
        h("summary", {}, t("usage.table")),
        h(
            "div.delivery-tries",
            {},
            h(
                "table.changes",
                {},
                h("caption.sr-only", {}, t("usage.table")),
                h("thead", {}, h("tr", {}, ...head.map((key) => h("th", { scope: "col" }, t(key))))),
                h(
                    "tbody",
                    {},
                    ...days.toReversed().map(({ day, tokens, answers, micros, currency }) =>
                        h(
                            "tr",
                            {},
                            h("th", { scope: "row" }, format.date(day)),
                            h("td", {}, format.number(tokens)),
                            h("td", {}, format.number(answers)),
                            h("td", {}, currency && micros > 0 ? bdi(format.cost(micros, currency)) : "–"),
                        ),
                    ),
                ),
            ),
        ),
    );
}
