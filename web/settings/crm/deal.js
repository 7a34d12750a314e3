/** One deal, or a new one: what it is, how it stands, and how it came there. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { nextOf, stepOf } from "../../ui/crm/deal-steps.js";
import { pipelinesOf, stageOptions } from "../../ui/crm/stages.js";
import { bdi, fill, h, sentence } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { Form } from "../form/form.js";
import { nameOf } from "../parts/names.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { bodyOf, dealGroups, FIRST, valuesOf } from "./deal-fields.js";

export async function deal(app, id, query) {
    const { t, rest, may, format } = app;
    const isNew = id === "new";
    const path = `/crm/deals/${encodeURIComponent(id)}`;
    const key = makeMid();
    let [kept, pipelines, staff] = await Promise.all([isNew ? null : rest.get(path), pipelinesOf(app), staffOf(app)]);
    const offered = pipelines.filter((each) => !each.archived || each.id === kept?.pipeline);
    const stages = stageOptions(app, offered);
    const isReadOnly = !may("crm:write");
    const form = new Form(app, {
        groups: dealGroups(app, { staff, pipelines: offered, kept }),
        values: isNew ? { ...FIRST, contact: query.get("contact"), stage: stages[0]?.value ?? null } : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("deals.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/crm/deals", bodyOf(values, values, stages), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("deals", [made.id]));
                return { contact: values.contact, ...valuesOf(made) };
            }
            take(await rest.send("PATCH", path, bodyOf(patch, values, stages), { version: kept.version }));
            return valuesOf(kept);
        },
        reload,
    });
    const state = h("section.panel", { "aria-labelledby": "deal-state" });
    const moves = isNew ? null : new PagedList(app, { path: `${path}/moves`, tag: "ol.rows", row: moveRow, none: t("deals.moves.none") });
    if (!isNew) draw();
    return {
        title: isNew ? t("deals.make") : kept.title,
        back: writeRoute("deals", [], isNew || kept.pipeline === pipelines[0]?.id ? {} : { pipeline: kept.pipeline }),
        element: h(
            "div.stack",
            {},
            !isNew && state,
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            moves && h("section", { "aria-labelledby": "moves-title" }, h("h2", { id: "moves-title" }, t("deals.moves")), moves.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close() {
            form.close();
            moves?.close();
        },
    };

    function take(deal) {
        kept = deal;
        draw();
    }

    async function reload() {
        take(await rest.get(path));
        return valuesOf(kept);
    }

    function draw() {
        const { state: now, contact, lead, lost_reason: why, closed_at: closed } = kept;
        const steps = isReadOnly ? [] : nextOf(now);
        const kinds = { won: "", lost: ".is-danger", open: ".is-plain" };
        fill(
            state,
            h("h2", { id: "deal-state" }, t("deals.state")),
            h(
                "p.state-line",
                { role: "status" },
                h("span.chip", { data: { deal: now } }, t(`deals.state.${now}`)),
                closed && h("time", { datetime: closed, title: format.moment(closed) }, format.stamp(closed)),
                why && bdi(why),
            ),
            h("p", {}, t("leads.contact"), ": ", h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(app, contact, t("leads.contact.hidden")))),
            lead && h("p", {}, h("a.link", { href: writeRoute("leads", [lead]) }, t("deals.from"))),
            h(
                "div.form-actions",
                {},
                ...steps.map((next) => h(`button.button${kinds[next]}`, { type: "button", on: { click: () => step(next) } }, t(`deals.to.${next}`))),
            ),
        );
        moves.show();
    }

    async function step(next) {
        const body = await stepOf(app, kept, next);
        if (body === null) return;
        await act(app, async () => take(await rest.send("PATCH", path, body, { version: kept.version })), {
            words: stepWords(app),
            onRefused: async (error) => ["stale", "conflict"].includes(error.code) && form.theirs(await reload().catch(() => valuesOf(kept))),
        });
        if (!form.isDirty) form.theirs(valuesOf(kept));
        state.querySelector("button")?.focus();
    }

    function moveRow({ at, by, from_stage: from, to_stage: to, to_state: now, from_state: before }) {
        const called = (stage) => stages.find(({ value }) => value === stage)?.label ?? t("deals.elsewhere");
        const what =
            from === null
                ? [t("deals.move.made"), " · ", bdi(called(to))]
                : now !== before
                  ? [t(`deals.move.${now}`)]
                  : sentence(t, "deals.move.step", { from: called(from), to: called(to) });
        return h(
            "li.row",
            {},
            h(
                "div.row-body",
                {},
                h("p", {}, ...what),
                h("p.row-more", {}, bdi(by), " · ", h("time", { datetime: at, title: format.moment(at) }, format.stamp(at))),
            ),
        );
    }
}
