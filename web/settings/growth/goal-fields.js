/** The fields of a goal and of a check-in, and how their values travel. */
import { refuse, dayText, momentOf } from "../../ui/values.js";
import { contactField } from "../parts/contact-lookup.js";
import { ownerField } from "../parts/staff.js";

export const STATES = ["active", "reached", "missed", "cancelled"];

/** What may be made of a goal by hand; it is reached by a check-in. Pure. */
export const nextOf = (state) => ({ active: ["cancelled"], missed: ["active"], cancelled: ["active"] })[state] ?? [];

/** Whether it takes check-ins. Pure. */
export const isCounted = (state) => state === "active" || state === "reached";

export const FIRST = { contact: null, title: "", description: "", unit: "", start_value: 0, target: null, due_at: "", owner: null };
export const FIRST_STEP = { value: null, delta: null, note: "" };

export function goalGroups(app, staff, kept) {
    const { t } = app;
    const text = (name, more) => ({ name, kind: "text", label: t(`goals.${name}`), maxLength: 200, ...more });
    return [
        {
            fields: [
                kept === null && contactField(app, { name: "contact", label: t("leads.contact"), isRequired: true }),
                text("title", { isRequired: true }),
                text("unit", { isRequired: true, maxLength: 40, hint: t("goals.unit.hint") }),
                { name: "start_value", kind: "number", label: t("goals.start_value"), hint: t("goals.start_value.hint") },
                { name: "target", kind: "number", label: t("goals.target"), isRequired: true, hint: t("goals.target.hint") },
                text("due_at", { kind: "day", maxLength: null, hint: t("goals.due_at.hint") }),
                ownerField(app, staff, kept?.owner),
                text("description", { kind: "prose", maxLength: 10_000 }),
            ].filter(Boolean),
        },
    ];
}

export function stepGroups({ t }, { unit }) {
    return [
        {
            fields: [
                { name: "value", kind: "number", label: t("goals.step.value", { unit }), hint: t("goals.step.hint") },
                { name: "delta", kind: "number", label: t("goals.step.delta", { unit }) },
                { name: "note", kind: "prose", rows: 2, label: t("goals.step.note"), maxLength: 2_000 },
            ],
        },
    ];
}

/** What the form shows of a goal. Pure, for tests. */
export const valuesOf = (goal) => ({
    title: goal.title,
    description: goal.description ?? "",
    unit: goal.unit,
    start_value: goal.start_value,
    target: goal.target,
    due_at: dayText(goal.due_at),
    owner: goal.owner,
});

/**
 * The body of a request. Pure, for tests.
 * @throws {HubError} `invalid`, as the hub would say it, for a goal without a target or a start
 */
export function bodyOf(changed) {
    const body = { ...changed };
    for (const name of ["start_value", "target"]) if (name in body && body[name] === null) throw refuse(name, "required");
    if ("description" in body) body.description = body.description.trim() || null;
    if ("due_at" in body) body.due_at = momentOf(body.due_at);
    if (body.contact === null) delete body.contact;
    return body;
}

/** The body of a check-in: what is not filled in is not said. Pure, for tests. */
export function stepBody({ value, delta, note }) {
    if (value === null && delta === null) throw refuse("value", "required");
    return { ...(value === null ? {} : { value }), ...(delta === null ? {} : { delta }), note: note.trim() || null };
}
