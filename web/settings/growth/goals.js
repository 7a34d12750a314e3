/** What contacts want to reach: all goals, one of them, or a new one. */
import { ring } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { nameOf } from "../parts/names.js";
import { ownerFilter, staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { STATES } from "./goal-fields.js";
import { goal } from "./goal.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : goal(app, id, query);
}

async function overview(app, query) {
    const { t } = app;
    const staff = await staffOf(app);
    const list = new PagedList(app, { path: "/progress-goals", row: (each) => row(app, each), none: t("goals.none") });
    const chosen = filters(app, fields(app, staff), query, (values) => {
        app.note("goals", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.goals"),
        tools: app.may("progress:write") ? [h("a.button", { href: writeRoute("goals", ["new"]) }, icon("plus"), t("goals.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("goals.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function fields(app, staff) {
    const { t } = app;
    const all = { value: "", label: t("filter.all") };
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("goals.search") },
        { name: "state", kind: "choice", label: t("goals.state"), options: [all, ...STATES.map((value) => ({ value, label: t(`goals.state.${value}`) }))] },
        ownerFilter(app, staff),
        {
            name: "sort",
            kind: "choice",
            label: t("contacts.sort"),
            options: [
                { value: "", label: t("contacts.sort.new") },
                { value: "due_at", label: t("goals.sort.due") },
                { value: "-updated_at", label: t("contacts.sort.changed") },
            ],
        },
    ];
}

function row(app, { id, contact, title, unit, target, percent, current_value: value, state, due_at: due }) {
    const { t, format } = app;
    const far = t("goals.far", { value: format.number(value), target: format.number(target) });
    return h(
        "li.row",
        { data: { goal: id } },
        ring(percent, { label: t("goals.percent", { n: format.number(percent) }), state: state === "missed" ? "poor" : undefined }),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("goals", [id]) }, bdi(title)),
                h("span.chip", { data: { goal: state } }, t(`goals.state.${state}`)),
            ),
            h("p.row-more", {}, nameOf(app, contact), " · ", far, " ", bdi(unit), ...(due ? [" · ", t("goals.until", { time: format.day(due) })] : [])),
        ),
    );
}
