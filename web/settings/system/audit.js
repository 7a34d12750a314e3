/** Who did what: the audit log with filters, each row with what changed, and the whole as a file. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { attachMenu } from "../../ui/menu.js";
import { PagedList } from "../../ui/paged-list.js";
import { momentsOf } from "../parts/day-span.js";
import { filters } from "../parts/filters.js";
import { auditRow } from "./audit-row.js";
import { Download } from "./download.js";

const KINDS = ["user", "token", "visitor", "system", "stranger"];
const SUBJECTS = [
    "integration", "setting", "user", "team", "token", "product", "code", "code_import", "order", "contact",
    "lead", "deal", "conversation", "label", "canned_reply", "article", "budget", "callback", "goal", "program",
    "alert", "keys", "log", "endpoint", "whatsapp_account", "webhook_endpoint",
];

export async function open(app, { query }) {
    const { t, rest } = app;
    const people = app.may("users:read") ? (await rest.get("/users?limit=200&sort=name")).items : [];
    const list = new PagedList(app, {
        path: "/logs",
        row: (entry) => auditRow(app, entry),
        none: t("audit.none"),
        tag: "ol.rows",
    });
    const download = new Download(app);
    const chosen = filters(app, fields(t, people, query), query, (values) => {
        app.note("audit", [], values);
        current = values;
        list.show(parameters(values));
    });
    let current = chosen.values;
    const button = h("button.button.is-plain.is-small", { type: "button" }, icon("file"), t("audit.export"));
    attachMenu(button, () =>
        ["csv", "ndjson"].map((format) => ({
            label: t(`audit.export.${format}`),
            run: () => download.start("/logs/export", { ...parameters(current), format }, `audit-log.${format}`),
        })),
    );
    await list.show(parameters(current));
    return {
        title: t("section.audit"),
        tools: [button],
        element: h("div", {}, h("p.lead", {}, t("audit.lead")), download.element, chosen.element, list.element),
        close() {
            list.close();
            download.close();
        },
    };
}

/** Days of here become moments; the last day is part of it. Pure, for tests. */
export function parameters({ from, to, ...others }) {
    const span = momentsOf({ from, to });
    return { ...others, ...(from ? { from: span.from } : {}), ...(to ? { to: span.before } : {}) };
}

function fields(t, people, query) {
    const all = { value: "", label: t("filter.all") };
    const named = people.map(({ id, name }) => ({ value: id, label: name }));
    const asked = query.get("actor");
    // A link may name a token, or somebody beyond the first page of people.
    if (asked && !named.some(({ value }) => value === asked)) named.push({ value: asked, label: asked });
    return [
        { name: "actor", kind: "choice", label: t("audit.actor"), options: [all, ...named] },
        { name: "actor_kind", kind: "choice", label: t("audit.kind"), options: [all, ...KINDS.map((value) => ({ value, label: t(`audit.kind.${value}`) }))] },
        {
            name: "subject_kind",
            kind: "choice",
            label: t("audit.subject"),
            options: [all, ...SUBJECTS.map((value) => ({ value, label: t(`audit.subject.${value}`) }))],
        },
        { name: "subject", kind: "text", label: t("audit.subjectId") },
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
}
