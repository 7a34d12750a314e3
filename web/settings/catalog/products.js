/** What the shop sells: all of it, one product, or a new one. */
import { bdi, h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { POLICIES, STATES } from "./product-fields.js";
import { product } from "./product.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : product(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/products", row: (each) => row(app, each), none: t("products.none") });
    const chosen = filters(app, fields(t), query, (values) => {
        app.note("products", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.products"),
        tools: app.may("products:write")
            ? [h("a.button", { href: writeRoute("products", ["new"]) }, icon("plus"), t("products.make"))]
            : [],
        element: h("div", {}, h("p.lead", {}, t("products.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

const fields = (t) => {
    const all = { value: "", label: t("filter.all") };
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("products.search") },
        { name: "state", kind: "choice", label: t("products.state"), options: [all, ...STATES.map((value) => ({ value, label: t(`products.state.${value}`) }))] },
        {
            name: "stock_policy",
            kind: "choice",
            label: t("products.policy"),
            options: [all, ...POLICIES.map((value) => ({ value, label: t(`products.policy.${value}`) }))],
        },
        {
            name: "low_stock",
            kind: "choice",
            label: t("products.stock"),
            options: [all, { value: "true", label: t("products.low") }],
        },
    ];
};

function row({ t, lang, format }, each) {
    const { id, sku, price, currency, state, stock, low_stock: isLow, category } = each;
    return h(
        "li.row.product-row",
        { data: { product: id } },
        h("span.logo", {}, icon("gift")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("products", [id]) }, bdi(nameIn(lang, each))),
                h("span.chip", { data: { product: state } }, t(`products.state.${state}`)),
                isLow && h("span.chip", { data: { state: "partial" } }, t("products.low")),
            ),
            h("p.row-more", {}, h("code", { dir: "ltr" }, sku), category && [" · ", bdi(category)]),
        ),
        h(
            "div.row-figures",
            {},
            h("strong", {}, bdi(format.money(price, currency))),
            h("span", {}, stock === null ? t("products.unlimited") : t("products.left", { n: stock, number: format.number(stock) })),
        ),
    );
}
