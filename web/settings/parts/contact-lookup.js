/** A field for a contact, found by name, company or number. */
import { namesOf } from "./names.js";

const MOST = 8;

/** @param {object} more members of the field: `name`, `label`, `hint`, `isRequired` */
export function contactField(app, more) {
    return {
        kind: "lookup",
        placeholder: app.t("contacts.search"),
        nameOf: (id) => namesOf(app).of(id),
        async search(text, signal) {
            const query = new URLSearchParams({ q: text, limit: MOST, sort: "name" });
            const { items } = await app.rest.get(`/crm/contacts?${query}`, { signal });
            return items.map(({ id, name, company, identities }) => {
                namesOf(app).put(id, name);
                const known = identities.find(({ kind }) => kind === "phone" || kind === "email");
                return { value: id, label: name, hint: [company, known?.value].filter(Boolean).join(" · ") };
            });
        },
        ...more,
    };
}
