/** What customers ordered: all orders, or one of them. */
import { owedOf, PAYMENTS, SOURCES, STATES } from "../../ui/crm/order-state.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { Poll } from "../../ui/poll.js";
import { momentOf } from "../../ui/values.js";
import { filters } from "../parts/filters.js";
import { nameOf } from "../parts/names.js";
import { writeRoute } from "../router.js";
import { order } from "./order.js";

const EVERY_MS = 20_000;
const DAY_MS = 86_400_000;

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : order(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/orders", row: (each) => row(app, each), none: t("orders.none") });
    const chosen = filters(app, fields(t), query, (values) => {
        app.note("orders", [], values);
        list.show(parameters(values));
    });
    await list.show(parameters(chosen.values));
    // The list asks by itself; the clock of another part says when.
    const poll = new Poll(EVERY_MS, () => list.refresh(), () => {});
    poll.first();
    return {
        title: t("section.orders"),
        element: h("div", {}, h("p.lead", {}, t("orders.lead")), chosen.element, list.element),
        close() {
            poll.stop();
            list.close();
        },
    };
}

/** Days of here become moments; the last day is part of it. Pure, for tests. */
export function parameters({ from, to, ...others }) {
    return {
        ...others,
        ...(from ? { placed_from: momentOf(from) } : {}),
        ...(to ? { placed_before: new Date(Date.parse(momentOf(to)) + DAY_MS).toISOString() } : {}),
    };
}

function fields(t) {
    const all = { value: "", label: t("filter.all") };
    const choice = (name, values) => ({
        name,
        kind: "choice",
        label: t(`orders.${name}`),
        options: [all, ...values.map((value) => ({ value, label: t(`orders.${name}.${value}`) }))],
    });
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("orders.search") },
        { name: "number", kind: "text", label: t("orders.number") },
        choice("state", STATES),
        choice("payment", PAYMENTS),
        choice("source", SOURCES),
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
}

function row(app, each) {
    const { t, format } = app;
    const { id, number, contact, state, payment, items, total, currency, placed_at: at } = each;
    const owed = owedOf(each);
    return h(
        "li.row",
        { data: { orderid: id } },
        h("span.logo", {}, icon("bag")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("orders", [id]) }, bdi(number)),
                h("span.chip", { data: { order: state } }, t(`orders.state.${state}`)),
                h("span.chip", { data: { payment } }, t(`orders.payment.${payment}`)),
                owed && h("span.chip", { data: { owed: "yes" } }, t("orders.owed.short", { n: owed.count, number: format.number(owed.count) })),
            ),
            h(
                "p.row-more",
                {},
                nameOf(app, contact, t("orders.nobody")),
                " · ",
                t("orders.items", { n: items.length }),
                " · ",
                h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
            ),
        ),
        h("div.row-figures", {}, h("strong", {}, bdi(format.money(total, currency)))),
    );
}
