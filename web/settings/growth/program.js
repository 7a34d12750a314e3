/** One training program, or a new one: what it teaches, and who is how far. */
import { makeMid } from "../../sdk/ids.js";
import { act } from "../../ui/actions.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { Form } from "../form/form.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { Enrolments } from "./enrolments.js";
import { bodyOf, FIRST, programGroups, titleIn, valuesOf } from "./program-fields.js";

export async function program(app, id) {
    const { t, rest, may, lang } = app;
    const isNew = id === "new";
    const path = `/training-programs/${encodeURIComponent(id)}`;
    const key = makeMid();
    let [kept, staff] = await Promise.all([isNew ? null : rest.get(path), staffOf(app)]);
    const isReadOnly = !may("training:write");
    const form = new Form(app, {
        groups: programGroups(app),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("training.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/training-programs", bodyOf(values), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("training", [made.id]));
                return valuesOf(made);
            }
            kept = await rest.send("PATCH", path, bodyOf(patch), { version: kept.version });
            // How far somebody is follows from the modules that there are.
            enrolments.show(kept);
            return valuesOf(kept);
        },
        reload,
    });
    const enrolments = isNew ? null : new Enrolments(app, kept, staff);
    return {
        title: isNew ? t("training.make") : titleIn(lang, kept),
        back: writeRoute("training"),
        element: h(
            "div.stack",
            {},
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            enrolments?.element,
            !isNew &&
                !isReadOnly &&
                h(
                    "section.panel",
                    {},
                    h("h2", {}, t("training.remove")),
                    h("p.field-hint", {}, t("training.remove.text")),
                    h("button.button.is-danger", { type: "button", on: { click: remove } }, t("training.remove")),
                ),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close() {
            form.close();
            enrolments?.close();
        },
    };

    async function reload() {
        kept = await rest.get(path);
        return valuesOf(kept);
    }

    async function remove() {
        if (!(await confirm(t, t("training.remove.ask", { title: isolate(titleIn(lang, kept)) }), t("training.remove")))) return;
        const isDone = await act(app, () => rest.send("DELETE", path, undefined, { version: kept.version }), {
            words: (error) => (error.code === "conflict" ? t("training.remove.conflict") : null),
            onRefused: async (error) => error.code === "stale" && form.theirs(await reload()),
        });
        if (!isDone) return;
        form.discard();
        app.go("training");
    }
}
