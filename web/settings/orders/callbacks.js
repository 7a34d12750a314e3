/** Whom the shop promised to call: those that are due first. */
import { standing } from "../../ui/crm/callback-steps.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { nameOf } from "../parts/names.js";
import { ownerFilter, ownerName, staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { parameters } from "./callback-fields.js";
import { callback } from "./callback.js";

const KINDS = ["late", "due", "week", "done", "cancelled", "all"];

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : callback(app, id, query);
}

async function overview(app, query) {
    const { t } = app;
    const staff = await staffOf(app);
    const list = new PagedList(app, { path: "/callbacks", row: (each) => row(app, each, staff), none: t("callbacks.none") });
    const fields = [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("callbacks.search") },
        {
            name: "when",
            kind: "choice",
            label: t("callbacks.when"),
            options: [{ value: "", label: t("callbacks.when.planned") }, ...KINDS.map((value) => ({ value, label: t(`callbacks.when.${value}`) }))],
        },
        ownerFilter(app, staff),
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("callbacks", [], values);
        list.show(parameters(values));
    });
    await list.show(parameters(chosen.values));
    return {
        title: t("section.callbacks"),
        tools: app.may("crm:write") ? [h("a.button", { href: writeRoute("callbacks", ["new"]) }, icon("plus"), t("callbacks.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("callbacks.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function row(app, each, staff) {
    const { t, format } = app;
    const { id, contact, name, phone, due_at: due, topic, owner, origin } = each;
    const state = standing(each);
    const more = [
        [bdi(phone, "ltr")],
        topic && [bdi(topic)],
        owner && [bdi(ownerName(staff, owner) ?? t("staff.gone"))],
        origin === "assistant" && [t("callbacks.origin.assistant")],
    ].filter(Boolean);
    return h(
        "li.row",
        { data: { call: id } },
        h("span.logo", {}, icon("call")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("callbacks", [id]) }, name === null ? nameOf(app, contact, phone) : bdi(name)),
                h("span.chip", { data: { callback: state } }, t(`callbacks.state.${state}`)),
            ),
            h("p.row-more", {}, ...more.flatMap((parts, index) => (index > 0 ? [" · ", ...parts] : parts))),
        ),
        h("div.row-figures", {}, h("time", { datetime: due, title: format.moment(due) }, format.stamp(due))),
    );
}
