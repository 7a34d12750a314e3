/** The fields of a lead, and how its values travel. */
import { amountOf, amountText } from "../../ui/values.js";
import { contactField } from "../parts/contact-lookup.js";
import { ownerField } from "../parts/staff.js";

export const FIRST = { contact: null, name: "", phone: "", email: "", source: "", owner: null, value: "", currency: "SAR", notes: "" };

export function leadGroups(app, staff, kept) {
    const { t } = app;
    const text = (name, more) => ({ name, kind: "text", label: t(`leads.${name}`), maxLength: 200, ...more });
    return [
        {
            fields: [
                kept === null && contactField(app, { name: "contact", label: t("leads.contact"), hint: t("leads.contact.hint") }),
                text("name", { hint: t("leads.name.hint") }),
                text("phone", { kind: "tel", maxLength: 64, placeholder: "+966500000000" }),
                text("email", { kind: "email", maxLength: 254 }),
                text("source", { isRequired: true, maxLength: 64, hint: t("leads.source.hint") }),
                text("value", { kind: "money", maxLength: 20, hint: t("products.price.hint") }),
                text("currency", { isCode: true, maxLength: 3 }),
                ownerField(app, staff, kept?.owner),
                text("notes", { kind: "prose", maxLength: 10_000 }),
            ].filter(Boolean),
        },
    ];
}

/** What the form shows of a lead. Pure, for tests. */
export function valuesOf({ name, phone, email, source, owner, value, currency, notes }) {
    const texts = { name, phone, email, notes };
    return {
        ...Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text ?? ""])),
        source,
        owner,
        value: amountText(value, currency),
        currency,
    };
}

/** The body of a request; an amount is counted in the currency of the form. Pure, for tests. */
export function bodyOf(changed, values) {
    const body = { ...changed };
    for (const name of ["name", "phone", "email", "notes"]) if (name in body) body[name] = body[name].trim() || null;
    if (body.contact === null) delete body.contact;
    if ("value" in body || "currency" in body) body.value = amountOf("value", values.value, values.currency, { isRequired: false });
    return body;
}
