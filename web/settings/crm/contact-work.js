/** What is to be done with a contact: leads, deals, orders, call-backs and goals, each with the way to a new one. */
import { bdi, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { writeRoute } from "../router.js";

const FEW = 10;

const KINDS = [
    {
        id: "deals",
        path: "/crm/deals",
        right: "crm:read",
        makes: "crm:write",
        title: ({ title }) => title,
        chip: ({ state }, t) => h("span.chip", { data: { deal: state } }, t(`deals.state.${state}`)),
        more: ({ amount, currency }, { format }) => format.money(amount, currency),
    },
    {
        id: "leads",
        path: "/crm/leads",
        right: "crm:read",
        makes: "crm:write",
        title: ({ name, source }) => name ?? source,
        chip: ({ state }, t) => h("span.chip", { data: { lead: state } }, t(`leads.state.${state}`)),
        more: ({ created_at: at }, { format }) => format.stamp(at),
    },
    {
        id: "orders",
        path: "/orders",
        right: "orders:read",
        title: ({ number }) => number,
        chip: ({ state }, t) => h("span.chip", { data: { order: state } }, t(`orders.state.${state}`)),
        more: ({ total, currency, placed_at: at }, { format }) => `${format.money(total, currency)} · ${format.stamp(at)}`,
    },
    {
        id: "callbacks",
        path: "/callbacks",
        right: "crm:read",
        makes: "crm:write",
        title: ({ phone }) => phone,
        chip: ({ state }, t) => h("span.chip", { data: { callback: state } }, t(`callbacks.state.${state}`)),
        more: ({ due_at: at }, { format }) => format.stamp(at),
    },
    {
        id: "goals",
        path: "/progress-goals",
        right: "progress:read",
        makes: "progress:write",
        title: ({ title }) => title,
        chip: ({ state }, t) => h("span.chip", { data: { goal: state } }, t(`goals.state.${state}`)),
        more: ({ percent }, { format }) => `${format.number(percent)}%`,
    },
];

export class ContactWork {
    element;
    #lists = [];

    constructor(app, contact) {
        const { t, may } = app;
        this.element = h(
            "section.panel",
            { "aria-labelledby": "work-title" },
            h("h2", { id: "work-title" }, t("contacts.work")),
            ...KINDS.filter(({ right }) => may(right)).map((kind) => this.#part(app, kind, contact)),
        );
    }

    get isDirty() {
        return false;
    }

    close() {
        for (const list of this.#lists) list.close();
    }

    #part(app, { id, path, makes, title, chip, more }, contact) {
        const { t, may } = app;
        const list = new PagedList(app, {
            path,
            limit: FEW,
            none: t("contacts.work.none"),
            row: (each) =>
                h(
                    "li.row",
                    { data: { [id]: each.id } },
                    h(
                        "div.row-body",
                        {},
                        h("p.row-title", {}, h("a.row-link", { href: writeRoute(id, [each.id]) }, bdi(title(each))), chip(each, t)),
                        h("p.row-more", {}, more(each, app)),
                    ),
                ),
        });
        this.#lists.push(list);
        list.show({ contact: contact.id });
        const name = t(`section.${id}`);
        const make = makes && may(makes) && h("a.link", { href: writeRoute(id, ["new"], { contact: contact.id }) }, t(`${id}.make`));
        return h(
            "div.work-part",
            { role: "group", "aria-label": name },
            h("div.work-head", {}, h("h3", {}, name), make),
            list.element,
        );
    }
}
