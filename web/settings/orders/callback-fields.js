/** The fields of a call-back, and how its values travel. */
import { momentOf, momentText, refuse } from "../../ui/values.js";
import { contactField } from "../parts/contact-lookup.js";
import { ownerField } from "../parts/staff.js";

const DAY_MS = 86_400_000;

/** What a list of one kind asks for. Pure, for tests. */
export function parameters({ when, ...others }, now = new Date()) {
    const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
    const tomorrow = new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() + 1).toISOString();
    switch (when) {
        case "due":
            return { ...others, state: "planned", due_before: tomorrow };
        case "late":
            return { ...others, state: "planned", due_before: now.toISOString() };
        case "week":
            return { ...others, state: "planned", due_from: midnight.toISOString(), due_before: new Date(midnight.getTime() + 7 * DAY_MS).toISOString() };
        case "done":
            return { ...others, state: "done", sort: "-due_at" };
        case "cancelled":
            return { ...others, state: "cancelled", sort: "-due_at" };
        case "all":
            return { ...others, sort: "-due_at" };
        default:
            return { ...others, state: "planned" };
    }
}

export const FIRST = { contact: null, name: "", phone: "", due_at: "", topic: "", owner: null };

export function callbackGroups(app, staff, kept) {
    const { t } = app;
    const text = (name, more) => ({ name, kind: "text", label: t(`callbacks.${name}`), maxLength: 200, ...more });
    return [
        {
            fields: [
                kept === null && contactField(app, { name: "contact", label: t("leads.contact") }),
                text("name"),
                text("phone", { kind: "tel", isRequired: true, maxLength: 64, placeholder: "+966500000000" }),
                text("due_at", { kind: "moment", isRequired: true, maxLength: null }),
                text("topic", { kind: "prose", rows: 2, maxLength: 2_000 }),
                ownerField(app, staff, kept?.owner),
                kept !== null && text("outcome", { kind: "prose", rows: 3, maxLength: 10_000, hint: t("callbacks.outcome.hint") }),
            ].filter(Boolean),
        },
    ];
}

/** What the form shows of a call-back. Pure, for tests. */
export const valuesOf = ({ name, phone, due_at: due, topic, owner, outcome }) => ({
    name: name ?? "",
    phone,
    due_at: momentText(due),
    topic: topic ?? "",
    owner,
    outcome: outcome ?? "",
});

/** The body of a request. Pure, for tests. */
export function bodyOf(changed) {
    const body = { ...changed };
    for (const name of ["name", "topic", "outcome"]) if (name in body) body[name] = body[name].trim() || null;
    if ("due_at" in body) {
        body.due_at = momentOf(body.due_at);
        if (body.due_at === null) throw refuse("due_at", "required");
    }
    if (body.contact === null) delete body.contact;
    return body;
}
