/** What contacts and staff can learn: all programs, one of them, or a new one. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { STATES, titleIn } from "./program-fields.js";
import { program } from "./program.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : program(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/training-programs", row: (each) => row(app, each), none: t("training.none") });
    const all = { value: "", label: t("filter.all") };
    const fields = [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("training.search") },
        { name: "state", kind: "choice", label: t("training.state"), options: [all, ...STATES.map((value) => ({ value, label: t(`training.state.${value}`) }))] },
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("training", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.training"),
        tools: app.may("training:write") ? [h("a.button", { href: writeRoute("training", ["new"]) }, icon("plus"), t("training.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("training.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function row({ t, lang, format }, each) {
    const { id, state, modules, minutes } = each;
    return h(
        "li.row",
        { data: { program: id } },
        h("span.logo", {}, icon("book")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("training", [id]) }, bdi(titleIn(lang, each))),
                h("span.chip", { data: { program: state } }, t(`training.state.${state}`)),
            ),
            h("p.row-more", {}, t("training.count", { n: modules.length }), " · ", t("training.minutes", { n: format.number(minutes) })),
        ),
    );
}
