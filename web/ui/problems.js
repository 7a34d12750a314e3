/** What the hub says is wrong with what was sent (docs/rest.md, "Errors"), by field and in words. Pure. */
import { HubError } from "../sdk/errors.js";

const KNOWN = new Set([
    "required",
    "unknown",
    "type",
    "format",
    "choice",
    "range",
    "count",
    "too_short",
    "too_long",
    "twice",
    "conflict",
    "mismatch",
    "taken",
    "one",
]);

/**
 * @param {{fields?: Array}} error a `HubError`
 * @param {string} [root] where the fields stand in the body, e.g. `/values`
 * @returns {{byField: Map<string, {code, detail}>, others: Array<{code, detail, place}>}}
 */
export function problemsOf(error, root = "") {
    const byField = new Map();
    const others = [];
    for (const { pointer, parameter, code, detail } of error?.fields ?? []) {
        const place = decode(pointer?.replace(/^#/, "") ?? parameter ?? "");
        const name = place.startsWith(`${root}/`) ? place.slice(root.length + 1).split("/")[0].replaceAll("~1", "/").replaceAll("~0", "~") : null;
        if (name !== null && !byField.has(name)) byField.set(name, { code, detail });
        else others.push({ code, detail, place });
    }
    return { byField, others };
}

/** A `conflict` that can only be about one field, as something wrong with that field. Others stay as they are. */
export function conflictAt(error, name) {
    if (error.code !== "conflict" || error.fields.length > 0) return error;
    const fields = [{ pointer: `#/${name}`, code: "conflict", detail: error.message }];
    return new HubError("invalid", error.message, { status: error.status, fields });
}

/** The sentence for a person: that of the kind of field, else that of the code. */
export function problemWords(t, { code, detail }, kind = "") {
    const known = KNOWN.has(code) ? code : "other";
    const special = `problem.${known}.${kind}`;
    const words = t(special);
    return words === special ? t(`problem.${known}`, { detail }) : words;
}

/** The sentence for what went wrong as a whole. */
export function failureWords(t, error) {
    const words = {
        network: "failure.network",
        offline: "failure.network",
        forbidden: "failure.forbidden",
        not_found: "failure.not_found",
        unauthorized: "failure.unauthorized",
        rate_limited: "failure.rate_limited",
        stale: "failure.stale",
        invalid: "failure.invalid",
        conflict: "failure.conflict",
        too_large: "failure.too_large",
        left: "failure.left",
        module: "failure.module",
    }[error?.code];
    if (words) return t(words);
    return error?.status >= 500 ? t("failure.hub") : t("failure.other", { code: error?.code ?? error?.name ?? "?" });
}

function decode(pointer) {
    try {
        return decodeURIComponent(pointer);
    } catch {
        return pointer;
    }
}
