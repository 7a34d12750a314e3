/** What stands about an endpoint and its deliveries in answers of the API, as values. Pure. */

/** @returns {"on" | "troubled" | "off" | "gone" | "failing"} the last three take nothing */
export function stateOf({ enabled, disabled_because: because, failing_since: since }) {
    if (enabled) return since === null ? "on" : "troubled";
    return because === "gone" || because === "failing" ? because : "off";
}

/** What a form shows of an endpoint. */
export const valuesOf = ({ url, description, events }) => ({ url, description: description ?? "", events });

/** The body of a request. */
export function bodyOf(values) {
    const body = { ...values };
    if ("url" in body) body.url = body.url.trim();
    if ("description" in body) body.description = body.description.trim() || null;
    return body;
}

/** The newest try, or null. */
export const lastTry = ({ attempts }) => attempts.at(-1) ?? null;

/** What came of a try: `{key, values}` of the catalogue. */
export function tryWords({ status, reason }) {
    if (reason === null) return { key: "hooks.try.taken", values: { status } };
    return { key: `hooks.reason.${reason}`, values: { status: status ?? "–" } };
}

/**
 * Whether there is nothing more to wait for after so many tries: it waits no more, or a try has failed. One that was
 * taken is written down a moment before the delivery says so.
 */
export function isSettled(delivery, tries) {
    const attempt = lastTry(delivery);
    return delivery.state !== "pending" || (attempt !== null && attempt.number > tries && attempt.reason !== null);
}

/** The word that colours a delivery: one that waits after a failure is not as well as one that was never tried. */
export function toneOf(delivery) {
    const { state } = delivery;
    if (state !== "pending") return { delivered: "ok", failed: "error", cancelled: "none" }[state];
    return lastTry(delivery)?.reason ? "limited" : "waiting";
}

/** The body as people read it. */
export const prettyBody = (body) => JSON.stringify(body, null, 2);
