/** Amounts as the API counts them, in the minor unit of a currency, and as people write them. Pure. */

/** How many digits of a currency stand behind the point: SAR 2, KWD 3, JPY 0 (ISO 4217). */
export function minorDigits(currency) {
    try {
        return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;
    } catch {
        return 2;
    }
}

/** `1999` of SAR is `19.99`, to be edited. */
export function writeAmount(minor, currency) {
    const digits = minorDigits(currency);
    const text = String(minor).padStart(digits + 1, "0");
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/**
 * What somebody typed, in any digits, with a point, a comma or an Arabic one.
 * @returns {?number} null for what is no amount of that currency
 */
export function readAmount(text, currency) {
    const latin = String(text)
        .trim()
        .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
        .replace(/[٫،,]/g, ".");
    const found = /^(\d+)(?:\.(\d*))?$/.exec(latin);
    const digits = minorDigits(currency);
    if (!found || (found[2] ?? "").length > digits) return null;
    const minor = Number(found[1] + (found[2] ?? "").padEnd(digits, "0"));
    return Number.isSafeInteger(minor) ? minor : null;
}
