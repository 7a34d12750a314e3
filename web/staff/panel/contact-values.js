/** How members of a contact are shown and changed one at a time. Pure. */
import { lineOf, listed } from "../../ui/listed.js";

const FIELD = /^fields\./;

/** A member as a text to be edited; `fields.<name>` is one of the shop's own. */
export function textOf(contact, name) {
    if (FIELD.test(name)) return contact.fields[name.replace(FIELD, "")] ?? "";
    if (name === "labels") return lineOf(contact.labels);
    return contact[name] ?? "";
}

/** The body of a request that makes `text` the value of one member. */
export function patchOf(name, text) {
    const value = text.trim();
    if (FIELD.test(name)) return { fields: { [name.replace(FIELD, "")]: value || null } };
    if (name === "labels") return { labels: listed(value) };
    if (name === "name") return { name: value };
    return { [name]: value || null };
}

/**
 * Whether a change of one member may be sent again after somebody else changed the contact.
 * @returns {boolean} false when they changed the same member to something else: whoever writes decides
 */
export const maySendAgain = (before, now, name, text) => {
    const theirs = textOf(now, name);
    return theirs === textOf(before, name) || theirs === text;
};

const ADDRESSES = ["phone", "email", "whatsapp", "zid", "visitor"];

/** What a contact is known by, for reading: phones and addresses first; of what is only an id, each kind once. */
export function addressesOf({ identities }) {
    const sorted = identities.toSorted((a, b) => ADDRESSES.indexOf(a.kind) - ADDRESSES.indexOf(b.kind));
    return sorted.filter((each, index) => linkOf(each) !== null || sorted[index - 1]?.kind !== each.kind);
}

/** What calls or writes to an address; null for what is only an id. */
export function linkOf({ kind, value }) {
    if (kind === "phone") return `tel:${value}`;
    return kind === "email" ? `mailto:${value}` : null;
}

/** Which kind of identity a typed number or address is; null for neither. */
export function kindOf(text) {
    if (text.includes("@")) return "email";
    return /^[+0-9٠-٩۰-۹ ().-]+$/.test(text.trim()) ? "phone" : null;
}

/** The phone of a customer, as far as it is known: of the contact, else of the conversation. */
export const phoneOf = (contact, person) => contact?.identities.find(({ kind }) => kind === "phone")?.value ?? person?.phone ?? "";

/** Things of two lists that both may have, each once, by an order of theirs. */
export function united(lists, compare) {
    const byId = new Map(lists.flat().map((each) => [each.id, each]));
    return [...byId.values()].sort(compare);
}
