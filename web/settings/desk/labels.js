/** Labels of conversations: all of them, one of them, or a new one. */
import { bdi, h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { labelDot } from "../../ui/label-chip.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { label } from "./label.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : label(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/labels", row: (each) => row(app, each), none: t("labels.empty") });
    const search = [{ name: "q", kind: "search", label: t("filter.search"), placeholder: t("labels.search") }];
    const chosen = filters(app, search, query, (values) => {
        app.note("labels", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.labels"),
        tools: app.may("desk:manage") ? [h("a.button", { href: writeRoute("labels", ["new"]) }, icon("plus"), t("labels.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("labels.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function row({ lang }, { id, color, ...names }) {
    const other = lang === "en" ? names.name_ar : names.name_en;
    const shown = nameIn(lang, names);
    return h(
        "li.row.label-row",
        { data: { label: id } },
        labelDot(color),
        h(
            "div.row-body",
            {},
            h("p.row-title", {}, h("a.row-link", { href: writeRoute("labels", [id]), dir: "auto" }, shown)),
            other && other !== shown && h("p.row-more", {}, bdi(other)),
        ),
    );
}
