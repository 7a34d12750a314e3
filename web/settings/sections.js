/**
 * The sections of the settings, in the order in which they are listed.
 *
 * A section is a module whose `open(app, {path, query})` answers a view: its `element`, a `title`, and
 * if it needs them `close()`, `isDirty` (leaving asks first) and `back` (where the way back leads).
 * `right` is what one must have to see it, as the API asks for it. Its name is `section.<id>` in the
 * catalogue.
 */
export const groups = [
    {
        id: "start",
        sections: [
            { id: "start", icon: "check", right: "settings:write", load: () => import("./start/section.js") },
        ],
    },
    {
        id: "connect",
        sections: [
            { id: "integrations", icon: "plug", right: "settings:read", load: () => import("./integrations/section.js") },
            { id: "webhooks", icon: "bolt", right: "settings:write", load: () => import("./hooks/section.js") },
        ],
    },
    {
        id: "shop",
        sections: [
            { id: "shop", icon: "clock", right: "settings:read", load: () => import("./shop/section.js") },
            { id: "products", icon: "gift", right: "products:read", load: () => import("./catalog/products.js") },
        ],
    },
    {
        id: "customers",
        sections: [
            { id: "contacts", icon: "contact", right: "crm:read", load: () => import("./crm/contacts.js") },
            { id: "leads", icon: "funnel", right: "crm:read", load: () => import("./crm/leads.js") },
            { id: "deals", icon: "board", right: "crm:read", load: () => import("./crm/deals.js") },
            { id: "orders", icon: "bag", right: "orders:read", load: () => import("./orders/orders.js") },
            { id: "callbacks", icon: "call", right: "crm:read", load: () => import("./orders/callbacks.js") },
            { id: "goals", icon: "target", right: "progress:read", load: () => import("./growth/goals.js") },
            { id: "training", icon: "book", right: "training:read", load: () => import("./growth/programs.js") },
            { id: "exports", icon: "download", right: "crm:manage", load: () => import("./orders/exports.js") },
        ],
    },
    {
        id: "assistant",
        sections: [
            { id: "assistant", icon: "spark", right: "settings:read", load: () => import("./assistant/section.js") },
            { id: "articles", icon: "file", right: "articles:read", load: () => import("./knowledge/articles.js") },
        ],
    },
    {
        id: "desk",
        sections: [
            { id: "replies", icon: "chat", right: "chat", load: () => import("./desk/replies.js") },
            { id: "labels", icon: "hash", right: "chat", load: () => import("./desk/labels.js") },
            { id: "ratings", icon: "smile", right: "desk:manage", load: () => import("./desk/ratings.js") },
        ],
    },
    {
        id: "watch",
        sections: [
            { id: "alerts", icon: "bell", right: "status:read", load: () => import("./system/alerts.js") },
            { id: "status", icon: "gauge", right: "status:read", load: () => import("./system/status.js") },
            { id: "audit", icon: "list", right: "logs:read", load: () => import("./system/audit.js") },
        ],
    },
    {
        id: "people",
        sections: [
            { id: "users", icon: "person", right: "users:read", load: () => import("./people/users.js") },
            { id: "teams", icon: "people", right: "users:read", load: () => import("./people/teams.js") },
        ],
    },
];

/** What somebody may see: groups without sections are left out. */
export function groupsFor(may, all = groups) {
    return all
        .map((group) => ({ ...group, sections: group.sections.filter(({ right }) => may(right)) }))
        .filter(({ sections }) => sections.length > 0);
}

/** The ids of the sections that somebody may see. */
export function sectionIds(may) {
    return new Set(groupsFor(may).flatMap(({ sections }) => sections.map(({ id }) => id)));
}
