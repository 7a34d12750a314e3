/** Settings of the shop as a form holds them. Pure. */
import { HubError } from "../../sdk/errors.js";

/** In the order of the pages; settings that begin otherwise come after them. */
const ORDER = ["shop", "hours", "widget", "routing", "desk", "follow_up", "assistant", "help"];
/** Values of several parts: a form holds them as text, and compares them so. */
const COMPOSED = new Set(["week", "holidays"]);

/** The keys of each page: `routing` for `routing.policy`. */
export function groupsOf(settings) {
    const groups = new Map();
    for (const { key } of settings) {
        const id = key.split(".")[0];
        groups.set(id, [...(groups.get(id) ?? []), key]);
    }
    return groups;
}

export function groupIds(groups) {
    const place = (id) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
    return [...groups.keys()].sort((a, b) => place(a) - place(b));
}

export const valuesOf = (settings) => Object.fromEntries(settings.map((setting) => [setting.key, valueOf(setting)]));

export function valueOf({ type, value }) {
    if (type === "lines") return value.join("\n");
    return COMPOSED.has(type) ? JSON.stringify(value, inOrder) : value;
}

export function bodyOf({ type }, value) {
    if (type === "lines") return value.split("\n").map((line) => line.trim()).filter(Boolean);
    return COMPOSED.has(type) ? JSON.parse(value) : value;
}

/** What is wrong with `value` of one setting, as something wrong with the field that is named after it. */
export function errorOf(error, key) {
    if (!(error instanceof HubError) || error.fields.length === 0) return error;
    const fields = error.fields.map((field) => ({ ...field, pointer: `#/${key}` }));
    return new HubError(error.code, error.message, { status: error.status, fields });
}

/** The same members in the same order, so that equal values are equal texts. */
function inOrder(_, value) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
