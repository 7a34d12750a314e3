/** Whom the shop knows: all of them, one of them, a new one, and bringing many in. */
import { avatar } from "../../ui/avatar.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { NOBODY, ownerFilter, ownerName, staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { KINDS, knownBy } from "./contact-fields.js";
import { importPage } from "./contact-import.js";
import { contact } from "./contact.js";

export function open(app, { path: [id], query }) {
    if (id === "import" && app.may("crm:manage")) return importPage(app);
    return id === undefined ? overview(app, query) : contact(app, id);
}

async function overview(app, query) {
    const { t, may } = app;
    const staff = await staffOf(app);
    const list = new PagedList(app, { path: "/crm/contacts", row: (each) => row(app, each, staff), none: t("contacts.none") });
    const chosen = filters(app, fields(app, staff), query, (values) => {
        app.note("contacts", [], values);
        list.show(parameters(values));
    });
    await list.show(parameters(chosen.values));
    return {
        title: t("section.contacts"),
        tools: [
            may("crm:manage") &&
                h("a.button.is-plain.is-small", { href: writeRoute("contacts", ["import"]) }, icon("file"), t("contacts.import")),
            may("crm:write") && h("a.button", { href: writeRoute("contacts", ["new"]) }, icon("plus"), t("contacts.make")),
        ].filter(Boolean),
        element: h("div", {}, h("p.lead", {}, t("contacts.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

/** Contacts of nobody are asked for by another name. Pure, for tests. */
export function parameters({ owner, ...others }) {
    return owner === NOBODY ? { ...others, unowned: "true" } : { ...others, owner };
}

function fields(app, staff) {
    const { t } = app;
    const all = { value: "", label: t("filter.all") };
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("contacts.search") },
        ownerFilter(app, staff, { hasNobody: true }),
        {
            name: "identity_kind",
            kind: "choice",
            label: t("contacts.kind"),
            options: [all, ...KINDS.map((value) => ({ value, label: t(`contacts.kind.${value}`) }))],
        },
        { name: "label", kind: "text", label: t("contacts.label") },
        {
            name: "sort",
            kind: "choice",
            label: t("contacts.sort"),
            options: [
                { value: "", label: t("contacts.sort.new") },
                { value: "name", label: t("contacts.sort.name") },
                { value: "-updated_at", label: t("contacts.sort.changed") },
            ],
        },
    ];
}

function row({ t }, each, staff) {
    const { id, name, company, labels, owner } = each;
    const known = knownBy(each);
    const more = [
        known && [bdi(known, "ltr")],
        company && [bdi(company)],
        owner && [t("staff.owner"), ": ", bdi(ownerName(staff, owner) ?? t("staff.gone"))],
    ].filter(Boolean);
    return h(
        "li.row",
        { data: { contact: id } },
        avatar(each),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("contacts", [id]) }, bdi(name)),
                ...labels.map((label) => h("span.chip", {}, bdi(label))),
            ),
            h("p.row-more", {}, ...more.flatMap((parts, index) => (index > 0 ? [" · ", ...parts] : parts))),
        ),
    );
}
