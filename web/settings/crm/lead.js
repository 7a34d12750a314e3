/** One lead, or a new one: who it is, the step it is at, and what becomes of it. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { convert } from "../../ui/crm/lead-conversion.js";
import { nextOf } from "../../ui/crm/lead-steps.js";
import { fill, h } from "../../ui/dom.js";
import { Form } from "../form/form.js";
import { nameOf, namesOf } from "../parts/names.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { bodyOf, FIRST, leadGroups, valuesOf } from "./lead-fields.js";

export async function lead(app, id, query) {
    const { t, rest, may, format } = app;
    const isNew = id === "new";
    const path = `/crm/leads/${encodeURIComponent(id)}`;
    const key = makeMid();
    const staff = await staffOf(app);
    let kept = isNew ? null : await rest.get(path);
    const name = kept && (kept.name ?? (await namesOf(app).of(kept.contact)) ?? kept.source);
    const isReadOnly = !may("crm:write");
    const form = new Form(app, {
        groups: leadGroups(app, staff, kept),
        values: isNew ? { ...FIRST, contact: query.get("contact") } : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("leads.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/crm/leads", bodyOf(values, values), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("leads", [made.id]));
                return { contact: values.contact, ...valuesOf(made) };
            }
            take(await rest.send("PATCH", path, bodyOf(patch, values), { version: kept.version }));
            return valuesOf(kept);
        },
        reload,
    });
    const state = h("section.panel", { "aria-labelledby": "lead-state" });
    if (!isNew) draw();
    return {
        title: isNew ? t("leads.make") : name,
        back: writeRoute("leads"),
        element: h(
            "div.stack",
            {},
            !isNew && h("p.lead", {}, t("leads.since", { time: format.day(kept.created_at) })),
            !isNew && state,
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function take(lead) {
        kept = lead;
        draw();
    }

    async function reload() {
        take(await rest.get(path));
        return valuesOf(kept);
    }

    function draw() {
        const { state: now, contact, deal } = kept;
        const button = (words, run, kind) => h(`button.button${kind}`, { type: "button", on: { click: run } }, words);
        const steps = isReadOnly ? [] : nextOf(now).map((next) => button(t(`leads.to.${next}`), () => step(next), ".is-plain"));
        const converts = !isReadOnly && now === "qualified" && button(t("leads.convert"), makeDeal, "");
        fill(
            state,
            h("h2", { id: "lead-state" }, t("leads.state")),
            h(
                "p.state-line",
                { role: "status" },
                h("span.chip", { data: { lead: now } }, t(`leads.state.${now}`)),
                h("span", {}, t(`leads.state.${now}.text`)),
            ),
            contact &&
                h("p", {}, t("leads.contact"), ": ", h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(app, contact, t("leads.contact.hidden")))),
            deal && h("p", {}, h("a.link", { href: writeRoute("deals", [deal]) }, t("leads.deal"))),
            h("div.form-actions", {}, converts, ...steps),
        );
    }

    /** Each step has a version of its own, so that two who press at once do not take two steps. */
    async function step(next) {
        await act(
            app,
            async () => take(await rest.send("PATCH", path, { state: next }, { version: kept.version })),
            { done: t("leads.moved", { state: t(`leads.state.${next}`) }), words: stepWords(app), onRefused: again },
        );
        if (!form.isDirty) form.theirs(valuesOf(kept));
        state.querySelector("button")?.focus();
    }

    async function makeDeal() {
        const deal = await convert(app, kept, name);
        if (deal) app.go("deals", [deal.id]);
        else if (form.isDirty === false) await again({ code: "stale" });
    }

    async function again(error) {
        if (error.code !== "stale" && error.code !== "conflict") return;
        form.theirs(await reload().catch(() => valuesOf(kept)));
    }
}
