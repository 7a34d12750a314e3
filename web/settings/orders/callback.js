/** One call-back, or a new one: whom to call when, and what came of it. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { nextOf, standing } from "../../ui/crm/callback-steps.js";
import { bdi, fill, h } from "../../ui/dom.js";
import { Form } from "../form/form.js";
import { nameOf } from "../parts/names.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { bodyOf, callbackGroups, FIRST, valuesOf } from "./callback-fields.js";

export async function callback(app, id, query) {
    const { t, rest, may, format } = app;
    const isNew = id === "new";
    const path = `/callbacks/${encodeURIComponent(id)}`;
    const key = makeMid();
    let [kept, staff] = await Promise.all([isNew ? null : rest.get(path), staffOf(app)]);
    const isReadOnly = !may("crm:write");
    const form = new Form(app, {
        groups: callbackGroups(app, staff, kept),
        values: isNew ? { ...FIRST, contact: query.get("contact") } : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("callbacks.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/callbacks", bodyOf(values), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("callbacks", [made.id]));
                const { outcome, ...others } = valuesOf(made);
                return { contact: values.contact, ...others };
            }
            take(await rest.send("PATCH", path, bodyOf(patch), { version: kept.version }));
            return valuesOf(kept);
        },
        reload,
    });
    const state = h("section.panel", { "aria-labelledby": "call-state" });
    if (!isNew) draw();
    return {
        title: isNew ? t("callbacks.make") : (kept.name ?? kept.phone),
        back: writeRoute("callbacks"),
        element: h(
            "div.stack",
            {},
            !isNew && state,
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function take(callback) {
        kept = callback;
        draw();
    }

    async function reload() {
        take(await rest.get(path));
        return valuesOf(kept);
    }

    function draw() {
        const { contact, conversation, phone, due_at: due, origin, state: now } = kept;
        const shown = standing(kept);
        const kind = { done: "button.button", cancelled: "button.button.is-plain", planned: "button.button" };
        fill(
            state,
            h("h2", { id: "call-state" }, t("callbacks.state")),
            h(
                "p.state-line",
                { role: "status" },
                h("span.chip", { data: { callback: shown } }, t(`callbacks.state.${shown}`)),
                h("time", { datetime: due }, format.moment(due)),
            ),
            h("p", {}, h("a.link", { href: `tel:${phone}` }, bdi(phone, "ltr")), " · ", t(`callbacks.origin.${origin}`)),
            contact && h("p", {}, t("leads.contact"), ": ", h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(app, contact, t("leads.contact.hidden")))),
            conversation && h("p", {}, h("a.link", { href: `/staff#/c/${encodeURIComponent(conversation)}` }, t("orders.conversation"))),
            h(
                "div.form-actions",
                {},
                ...(isReadOnly ? [] : nextOf(now)).map((next) => h(kind[next], { type: "button", on: { click: () => step(next) } }, t(`callbacks.to.${next}`))),
            ),
        );
    }

    /** What came of it is written in the form: it goes along with the step. */
    async function step(next) {
        const isDone = await act(
            app,
            async () => {
                const patch = form.isDirty ? bodyOf(form.state.patch) : {};
                take(await rest.send("PATCH", path, { ...patch, state: next }, { version: kept.version }));
            },
            { words: stepWords(app), onRefused: async (error) => form.complain(error) || (["stale", "conflict"].includes(error.code) && form.theirs(await reload())) },
        );
        if (isDone) {
            form.state.reset(valuesOf(kept));
            form.theirs(valuesOf(kept));
        }
        state.querySelector("button")?.focus();
    }
}
