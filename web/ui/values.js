/** How values of forms travel: amounts, days and moments as people write them. Pure. */
import { HubError } from "../sdk/errors.js";
import { readAmount, writeAmount } from "./money.js";

/** As the hub would refuse it. */
export const refuse = (name, code) => new HubError("invalid", `${name}: ${code}`, { fields: [{ pointer: `#/${name}`, code, detail: "" }] });

/** An amount of the API as a text to be edited; empty for none. */
export const amountText = (minor, currency) => (minor === null ? "" : writeAmount(minor, currency));

/**
 * A typed amount in the minor unit; null for an empty one that may be.
 * @throws {HubError} `invalid` for what is none, as the hub would say it
 */
export function amountOf(name, text, currency, { isRequired = true } = {}) {
    if (text.trim() === "") {
        if (isRequired) throw refuse(name, "required");
        return null;
    }
    const minor = readAmount(text, currency);
    if (minor === null) throw refuse(name, "format");
    return minor;
}

const two = (number) => String(number).padStart(2, "0");

/** The day of here on which a moment falls, as a box of days takes it; empty for none. */
export function dayText(at) {
    if (!at) return "";
    const date = new Date(at);
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A moment as a box of days and times takes it. */
export function momentText(at) {
    if (!at) return "";
    const date = new Date(at);
    return `${dayText(at)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment at which a typed day begins here, or a typed moment; null for an empty one. */
export function momentOf(text) {
    if (!text) return null;
    return new Date(text.includes("T") ? text : `${text}T00:00:00`).toISOString();
}
