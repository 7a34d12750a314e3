/** One label, or a new one. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { labelChip } from "../../ui/label-chip.js";
import { conflictAt, failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";

/** As the API allows it (docs: LabelDescription). */
const MAX_NAME = 40;
const FIRST = { name_ar: "", name_en: "", color: "#6b7280" };
/** What the hub puts on conversations by itself; without it, it makes it again (docs/assistant.md). */
const OF_THE_ASSISTANT = "رسالة للفريق";

export async function label(app, id) {
    const { t, rest, may, lang, toast } = app;
    const isNew = id === "new";
    const path = `/labels/${encodeURIComponent(id)}`;
    const key = makeMid();
    let kept = isNew ? null : await rest.get(path);
    const isReadOnly = !may("desk:manage");
    const preview = h("p.label-preview", {});
    let form = null;
    form = new Form(app, {
        groups: groups(app),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("labels.make") : undefined,
        onChange: () => form && drawPreview(),
        async save(values, patch) {
            try {
                if (isNew) {
                    const made = await rest.send("POST", "/labels", bodyOf(values), { headers: { "Idempotency-Key": key } });
                    toast(t("labels.made"));
                    // The form holds nothing any more that leaving could lose.
                    setTimeout(() => app.go("labels", [made.id]));
                    return valuesOf(made);
                }
                kept = await rest.send("PATCH", path, bodyOf(patch), { version: kept.version });
                return valuesOf(kept);
            } catch (error) {
                throw conflictAt(error, "name_ar");
            }
        },
        reload,
    });
    drawPreview();
    const remove = h("button.button.is-danger", { type: "button", on: { click: take } }, t("labels.remove"));
    return {
        title: isNew ? t("labels.make") : nameIn(lang, kept),
        back: writeRoute("labels"),
        element: h(
            "div.stack",
            {},
            kept?.name_ar === OF_THE_ASSISTANT && h("p.notice-line", {}, icon("info"), h("span", {}, t("labels.ofAssistant"))),
            h("section.panel", { "aria-label": t("labels.values") }, isReadOnly && h("p.field-hint", {}, t("labels.readOnly")), preview, form.element),
            !isNew &&
                !isReadOnly &&
                h("section.panel", {}, h("h2", {}, t("labels.remove")), h("p.field-hint", {}, t("labels.remove.text")), remove),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function drawPreview() {
        const values = form.state.values;
        const shown = nameIn(lang, bodyOf(values)) || t("labels.nameless");
        preview.replaceChildren(labelChip({ id: kept?.id, color: values.color }, shown));
    }

    async function reload() {
        kept = await rest.get(path);
        return valuesOf(kept);
    }

    async function take() {
        if (!(await confirm(t, t("labels.remove.ask", { name: isolate(nameIn(lang, kept)) }), t("labels.remove")))) return;
        try {
            await rest.send("DELETE", path, undefined, { version: kept.version });
            form.discard();
            toast(t("labels.removed"));
            app.go("labels");
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }
}

/** A box of colours says what it holds in small letters: equal colours are equal texts. */
const valuesOf = ({ name_ar, name_en, color }) => ({ name_ar, name_en: name_en ?? "", color: color.toLowerCase() });

/** The body of a request. Pure, for tests. */
export function bodyOf(values) {
    const body = { ...values };
    if ("name_ar" in body) body.name_ar = body.name_ar.trim();
    if ("name_en" in body) body.name_en = body.name_en.trim() || null;
    return body;
}

function groups({ t }) {
    return [
        {
            fields: [
                {
                    name: "name_ar",
                    kind: "text",
                    label: t("labels.name_ar"),
                    isRequired: true,
                    maxLength: MAX_NAME,
                    problems: { conflict: "labels.problem.taken" },
                },
                { name: "name_en", kind: "text", label: t("labels.name_en"), maxLength: MAX_NAME },
                { name: "color", kind: "color", label: t("labels.color") },
            ],
        },
    ];
}
