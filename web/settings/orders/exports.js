/** What can be taken out of the hub as a file; each goes on by itself, and waits here until it is taken. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";
import { parameters as contactParameters } from "../crm/contacts.js";
import { filters } from "../parts/filters.js";
import { JobView } from "../parts/job-view.js";
import { ownerFilter, staffOf } from "../parts/staff.js";
import { parameters as auditParameters } from "../system/audit.js";
import { save } from "../system/download.js";
import { ExportJob, jobOf } from "./export-job.js";

const KINDS = [
    { id: "contacts", right: "crm:manage", path: "/crm/contacts/export.csv", file: "contacts.csv", parameters: contactParameters },
    { id: "audit", right: "logs:read", path: "/logs/export", file: "audit-log.csv", query: { format: "csv" }, parameters: auditParameters },
    { id: "audit-lines", right: "logs:read", path: "/logs/export", file: "audit-log.ndjson", query: { format: "ndjson" }, parameters: auditParameters },
];

export async function open(app) {
    const { t, may } = app;
    const staff = await staffOf(app);
    const cards = KINDS.filter(({ right }) => may(right)).map((kind) => new ExportCard(app, kind, staff));
    return {
        title: t("section.exports"),
        element: h("div", {}, h("p.lead", {}, t("exports.lead")), h("ul.export-cards", {}, ...cards.map(({ element }) => element))),
        close() {
            for (const card of cards) card.close();
        },
    };
}

class ExportCard {
    element;
    #view;

    constructor(app, kind, staff) {
        const { t, rest, format } = app;
        const { id, file, query = {}, parameters } = kind;
        this.#view = new JobView({
            running: t("exports.running"),
            leave: t("exports.leave"),
            far: ({ bytes }) => ({ share: null, words: bytes > 0 ? t("download.far", { size: format.size(bytes) }) : "" }),
            verdict: (job) => this.#verdict(app, job),
        });
        const chosen = filters(app, fields(app, id, staff), new URLSearchParams(), (values) => (asked = values), { label: t(`exports.${id}`) });
        let asked = chosen.values;
        const start = () => {
            if (this.#view.isRunning) return;
            this.#view.follow(new ExportJob(rest, kind, { ...query, ...parameters(asked) }));
        };
        const title = `export-${id}`;
        this.element = h(
            "li.panel",
            { data: { export: id }, "aria-labelledby": title },
            h("h2", { id: title }, t(`exports.${id}`)),
            h("p.field-hint", {}, t(`exports.${id}.text`), " ", bdi(file, "ltr")),
            chosen.element,
            h("div.form-actions", {}, h("button.button", { type: "button", on: { click: start } }, icon("download"), t("exports.do"))),
            this.#view.element,
        );
        this.#view.follow(jobOf(id));
    }

    close() {
        this.#view.close();
    }

    #verdict({ t, format }, { state, result, error, name }) {
        if (state === "left") return [h("strong", {}, t("exports.left"))];
        if (state !== "finished") return [h("strong", {}, failureWords(t, error))];
        const take = h("button.button.is-small", { type: "button", on: { click: () => save(result, name) } }, t("exports.take"));
        return [h("strong", {}, t("exports.ready", { size: format.size(result.size) })), h("p", {}, take)];
    }
}

function fields(app, id, staff) {
    const { t } = app;
    if (id === "contacts") return [ownerFilter(app, staff, { hasNobody: true }), { name: "label", kind: "text", label: t("contacts.label") }];
    return [
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
}
