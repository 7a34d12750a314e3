/** One row of the audit log: who, what, to what, when; unfolded, what changed and from where. */
import { bdi, h, sentence } from "../../ui/dom.js";
import { changesOf } from "./changes.js";

export function auditRow(app, entry) {
    const { t, format } = app;
    const { action, actor_name: actor, actor_kind: kind, subject_id: subject, at, seq } = entry;
    const verb = `audit.verb.${action.split(".").at(-1)}`;
    const subjectKind = `audit.subject.${entry.subject_kind}`;
    // A newer hub may do what this page has no words for.
    const isKnown = [verb, subjectKind].every((key) => t(key) !== key);
    const what = isKnown ? sentence(t, verb, { subject: t(subjectKind) }) : [h("code", { dir: "ltr" }, action)];
    return h(
        "li.row.audit-row",
        { data: { seq } },
        h(
            "details",
            {},
            h(
                "summary",
                {},
                h("span.audit-what", {}, h("strong", {}, bdi(kind === "system" ? t("audit.kind.system") : actor)), " · ", ...what),
                subject && h("code.audit-subject", { dir: "ltr" }, subject),
                h("time.audit-time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
            ),
            details(app, entry),
        ),
    );
}

function details({ t }, { action, before, after, address, request_id: request, seq, actor_kind: kind, actor_id: actor }) {
    const facts = [
        ["audit.action", action],
        ["audit.kind", t(`audit.kind.${kind}`)],
        actor && ["audit.actorId", actor],
        address && ["audit.address", address],
        request && ["audit.request", request],
        ["audit.seq", String(seq)],
    ].filter(Boolean);
    const changes = changesOf(before, after);
    return h(
        "div.audit-more",
        {},
        changes.length > 0 &&
            h(
                "table.changes",
                {},
                h("caption.sr-only", {}, t("audit.changes")),
                h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("audit.member")), h("th", { scope: "col" }, t("audit.before")), h("th", { scope: "col" }, t("audit.after")))),
                h(
                    "tbody",
                    {},
                    ...changes.map(({ name, before: was, after: is }) =>
                        h(
                            "tr",
                            {},
                            h("th", { scope: "row" }, h("code", { dir: "ltr" }, name)),
                            h("td", {}, h("span", { dir: "auto" }, was ?? "–")),
                            h("td", {}, h("span", { dir: "auto" }, is ?? "–")),
                        ),
                    ),
                ),
            ),
        h("dl.facts", {}, ...facts.map(([key, value]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, bdi(value))))),
    );
}
