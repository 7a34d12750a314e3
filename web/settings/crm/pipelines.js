/** The stages that deals go through, to be changed. */
import { makeMid } from "../../sdk/ids.js";
import { h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";

const MOST_STAGES = 30;
const MAX_NAME = 100;

/** What the form shows of a pipeline. Pure, for tests. */
export const valuesOf = ({ name_ar, name_en, archived, stages }) => ({
    name_ar,
    name_en: name_en ?? "",
    archived,
    stages: JSON.stringify(stages.map((stage) => ({ id: stage.id, name_ar: stage.name_ar, name_en: stage.name_en ?? "" }))),
});

/** The body of a request; a stage without an id is new. Pure, for tests. */
export function bodyOf(changed) {
    const body = { ...changed };
    if ("name_en" in body) body.name_en = body.name_en.trim() || null;
    if ("stages" in body) {
        body.stages = JSON.parse(body.stages).map(({ id, name_ar, name_en }) => ({
            ...(id ? { id } : {}),
            name_ar: name_ar.trim(),
            name_en: name_en.trim() || null,
        }));
    }
    return body;
}

const FIRST = { name_ar: "", name_en: "", archived: false, stages: JSON.stringify([{ name_ar: "", name_en: "" }]) };

/** One pipeline, or a new one. */
export async function pipeline(app, id) {
    const { t, rest, may, lang } = app;
    const isNew = id === "new";
    const path = `/crm/pipelines/${encodeURIComponent(id)}`;
    const key = makeMid();
    let kept = isNew ? null : await rest.get(path);
    const isReadOnly = !may("crm:manage");
    const form = new Form(app, {
        groups: groups(app),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("pipelines.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/crm/pipelines", bodyOf(values), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("deals", [], { pipeline: made.id }));
                return valuesOf(made);
            }
            kept = await rest.send("PATCH", path, bodyOf(patch), { version: kept.version });
            return valuesOf(kept);
        },
        async reload() {
            kept = await rest.get(path);
            return valuesOf(kept);
        },
    });
    return {
        title: isNew ? t("pipelines.make") : nameIn(lang, kept),
        back: writeRoute("deals", [], isNew ? {} : { pipeline: kept.id }),
        element: h(
            "div",
            {},
            h("p.lead", {}, t("pipelines.lead")),
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };
}

function groups({ t }) {
    return [
        {
            fields: [
                { name: "name_ar", kind: "text", label: t("pipelines.name_ar"), isRequired: true, maxLength: MAX_NAME },
                { name: "name_en", kind: "text", label: t("pipelines.name_en"), maxLength: MAX_NAME },
                {
                    name: "stages",
                    kind: "rows",
                    label: t("pipelines.stages"),
                    hint: t("pipelines.stages.hint"),
                    row: (n) => t("pipelines.stage", { n }),
                    add: t("pipelines.stages.add"),
                    first: { name_ar: "", name_en: "" },
                    max: MOST_STAGES,
                    isOrdered: true,
                    columns: [
                        { name: "name_ar", label: t("pipelines.name_ar"), maxLength: MAX_NAME },
                        { name: "name_en", label: t("pipelines.name_en"), maxLength: MAX_NAME },
                    ],
                },
                { name: "archived", kind: "switch", label: t("pipelines.archived"), hint: t("pipelines.archived.hint") },
            ],
        },
    ];
}
