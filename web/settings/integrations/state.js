/** What is to be said of a service, and what is sent for it. Values in, values out. */

/** What alerts call the channel or the sender of webhooks of a service, where that is another name. */
const ALIASES = {
    sms: ["twilio"],
    email: ["mail", "sendgrid"],
    google_calendar: ["calendar"],
};

/** `off`, `absent` (nothing is set), `partial` (something is missing), `environment` or `connected`. */
export function stateOf({ enabled, configured, fields, version }) {
    if (!enabled) return "off";
    const isTouched = fields.some(({ source }) => source === "stored" || source === "environment");
    if (!configured) return isTouched ? "partial" : "absent";
    if (!isTouched) return "absent";
    return version === 0 || !fields.some(({ source }) => source === "stored") ? "environment" : "connected";
}

/** `good`, `fair`, `poor`, or `unknown` before the first test. */
export function healthOf(score) {
    if (score === null) return "unknown";
    if (score >= 80) return "good";
    return score >= 50 ? "fair" : "poor";
}

/** What the form begins with: only what is stored here. The rest stands behind it, as a hint. */
export function formValues({ fields }) {
    return Object.fromEntries(fields.filter(isTheirs).map(({ name, value, source }) => [name, source === "stored" ? (value ?? "") : ""]));
}

/** `values` of the request: an empty one goes back to the environment or the default. */
export function bodyValues(values) {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === "" ? null : value]));
}

/** How the fields of a service are shown: what is needed first, what has a default folded away. */
export function groupsOf({ fields }) {
    const isMain = ({ required, default: standard }) => required || standard === null;
    const shown = fields.filter(isTheirs);
    return { main: shown.filter(isMain), more: shown.filter((field) => !isMain(field)) };
}

/** Whether people say it; what the hub says by itself is no field of a form. */
const isTheirs = ({ kept }) => !kept;

/** The open incidents of a service. */
export function alertsOf(type, alerts) {
    const names = new Set([type, ...(ALIASES[type] ?? [])]);
    return alerts.filter(({ state, subject }) => state === "firing" && names.has(subject));
}

const DECAY = 0.9;
const MOST = 20;

/**
 * The score after each test, the oldest first, by the rule of docs/integrations.md: the mean of the
 * newest 20, each of which weighs nine tenths of the one after it.
 * @param {Array<{outcome}>} tests the newest first, as the API lists them
 * @returns {Array<?number>} null where nothing could be judged yet
 */
export function scoresOf(tests) {
    const known = tests.map(({ outcome }) => outcome);
    return known.map((_, index) => scoreOf(known.slice(index))).reverse();
}

function scoreOf(outcomes) {
    const told = outcomes.filter((outcome) => outcome !== "not_configured").slice(0, MOST);
    let [sum, most, weight] = [0, 0, 1];
    for (const outcome of told) {
        sum += weight * (outcome === "ok" ? 1 : outcome === "limited" ? 0.5 : 0);
        most += weight;
        weight *= DECAY;
    }
    return most > 0 ? Math.round((100 * sum) / most) : null;
}
