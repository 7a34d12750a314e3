/** Who may become a customer: all of them, one of them, or a new one. */
import { STATES } from "../../ui/crm/lead-steps.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { nameOf } from "../parts/names.js";
import { ownerFilter, ownerName, staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { lead } from "./lead.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : lead(app, id, query);
}

async function overview(app, query) {
    const { t } = app;
    const staff = await staffOf(app);
    const list = new PagedList(app, { path: "/crm/leads", row: (each) => row(app, each, staff), none: t("leads.none") });
    const chosen = filters(app, fields(app, staff), query, (values) => {
        app.note("leads", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.leads"),
        tools: app.may("crm:write") ? [h("a.button", { href: writeRoute("leads", ["new"]) }, icon("plus"), t("leads.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("leads.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function fields(app, staff) {
    const { t } = app;
    const all = { value: "", label: t("filter.all") };
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("leads.search") },
        { name: "state", kind: "choice", label: t("leads.state"), options: [all, ...STATES.map((value) => ({ value, label: t(`leads.state.${value}`) }))] },
        ownerFilter(app, staff),
        { name: "source", kind: "text", label: t("leads.source") },
    ];
}

function row(app, { id, contact, name, source, state, value, currency, owner, created_at: at }, staff) {
    const { t, format } = app;
    const more = [
        [bdi(source)],
        owner && [bdi(ownerName(staff, owner) ?? t("staff.gone"))],
        [h("time", { datetime: at, title: format.moment(at) }, format.stamp(at))],
    ].filter(Boolean);
    return h(
        "li.row",
        { data: { lead: id } },
        h("span.logo", {}, icon("funnel")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("leads", [id]) }, name === null ? nameOf(app, contact, source) : bdi(name)),
                h("span.chip", { data: { lead: state } }, t(`leads.state.${state}`)),
            ),
            h("p.row-more", {}, ...more.flatMap((parts, index) => (index > 0 ? [" · ", ...parts] : parts))),
        ),
        value !== null && h("div.row-figures", {}, h("strong", {}, bdi(format.money(value, currency)))),
    );
}
