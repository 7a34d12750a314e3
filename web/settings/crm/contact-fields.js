/** The fields of a contact, and how its values travel. */
import { lineOf, listed } from "../../ui/listed.js";
import { ownerField } from "../parts/staff.js";

export const KINDS = ["phone", "whatsapp", "email", "visitor", "zid"];
const MOST = 30;
const LINE = 200;

export const FIRST = {
    name: "",
    company: "",
    identities: "[]",
    owner: null,
    labels: "",
    language: null,
    notes: "",
    fields: "[]",
};

export function contactGroups(app, staff, kept) {
    const { t } = app;
    const text = (name, more) => ({ name, kind: "text", label: t(`contacts.${name}`), maxLength: LINE, ...more });
    const languages = [...new Set(["ar", "en", kept?.language].filter(Boolean))];
    const languageWords = (value) => (value === "ar" || value === "en" ? t(`users.language.${value}`) : value);
    return [
        {
            fields: [
                text("name", { isRequired: true }),
                text("company"),
                {
                    name: "identities",
                    kind: "rows",
                    label: t("contacts.identities"),
                    hint: t("contacts.identities.hint"),
                    row: (n) => t("contacts.identity", { n }),
                    add: t("contacts.identities.add"),
                    first: { kind: "phone", value: "" },
                    max: MOST,
                    columns: [
                        {
                            name: "kind",
                            label: t("contacts.kind"),
                            kind: "choice",
                            options: KINDS.map((value) => ({ value, label: t(`contacts.kind.${value}`) })),
                        },
                        { name: "value", label: t("contacts.value"), isCode: true, isWide: true, maxLength: 254 },
                    ],
                },
                ownerField(app, staff, kept?.owner),
            ],
        },
        {
            title: t("contacts.more"),
            isFolded: true,
            fields: [
                text("labels", { hint: t("contacts.labels.hint"), maxLength: 1_400 }),
                {
                    name: "language",
                    kind: "choice",
                    label: t("contacts.language"),
                    options: [{ value: null, label: t("contacts.language.none") }, ...languages.map((value) => ({ value, label: languageWords(value) }))],
                },
                text("notes", { kind: "prose", maxLength: 10_000 }),
                {
                    name: "fields",
                    kind: "rows",
                    label: t("contacts.fields"),
                    hint: t("contacts.fields.hint"),
                    row: (n) => t("contacts.field", { n }),
                    add: t("contacts.fields.add"),
                    first: { name: "", value: "" },
                    max: MOST,
                    columns: [
                        { name: "name", label: t("contacts.field.name"), maxLength: 64 },
                        { name: "value", label: t("contacts.field.value"), isWide: true, maxLength: 1_000 },
                    ],
                },
            ],
        },
    ];
}

/** What the form shows of a contact. Pure, for tests. */
export function valuesOf(contact) {
    return {
        name: contact.name,
        company: contact.company ?? "",
        identities: JSON.stringify(contact.identities.map(({ kind, value }) => ({ kind, value }))),
        owner: contact.owner,
        labels: lineOf(contact.labels),
        language: contact.language,
        notes: contact.notes ?? "",
        fields: JSON.stringify(
            Object.entries(contact.fields)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([name, value]) => ({ name, value })),
        ),
    };
}

/**
 * The body of a request. Rows in which nothing is written are left out; of the shop's own fields, one that is
 * gone is sent as null, as a patch wants it. Pure, for tests.
 * @param {object} changed the fields to send
 * @param {object} [kept] the contact as it is kept
 */
export function bodyOf(changed, kept) {
    const body = { ...changed };
    for (const name of ["company", "notes"]) if (name in body) body[name] = body[name].trim() || null;
    if ("labels" in body) body.labels = listed(body.labels);
    if ("identities" in body) {
        body.identities = JSON.parse(body.identities)
            .map(({ kind, value }) => ({ kind, value: value.trim() }))
            .filter(({ value }) => value !== "");
    }
    if ("fields" in body) {
        const rows = JSON.parse(body.fields)
            .map(({ name, value }) => [name.trim(), value.trim()])
            .filter(([name, value]) => name !== "" && value !== "");
        const gone = Object.keys(kept?.fields ?? {}).map((name) => [name, null]);
        body.fields = Object.fromEntries([...gone, ...rows]);
    }
    return body;
}

/** The contact that has what was to be given to this one, when the hub says which it is. Pure, for tests. */
export function takenBy(error) {
    const taken = (error?.fields ?? []).filter(({ code }) => code === "taken");
    return taken.map(({ detail }) => /\b[a-z]_[0-9A-Z]{26}\b/.exec(detail ?? "")?.[0]).find(Boolean) ?? null;
}

/** By what a contact is known first, to be shown in a list. Pure. */
export function knownBy({ identities }) {
    const order = ["phone", "email", "whatsapp"];
    return identities
        .filter(({ kind }) => order.includes(kind))
        .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))[0]?.value ?? null;
}
