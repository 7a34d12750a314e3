/** Prometheus' text format, and the figures that people want of it. Pure. */

/**
 * @param {string} text
 * @returns {Map<string, Array<{labels: object, value: number}>>} samples by name
 */
export function readMetrics(text) {
    const samples = new Map();
    for (const line of text.split("\n")) {
        const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
        if (!found) continue;
        const [, name, labels = "", value] = found;
        if (!samples.has(name)) samples.set(name, []);
        samples.get(name).push({ labels: readLabels(labels), value: Number(value) });
    }
    return samples;
}

function readLabels(text) {
    const pairs = [...text.matchAll(/(\w+)="((?:\\.|[^"\\])*)"/g)];
    return Object.fromEntries(
        pairs.map(([, name, value]) => [name, value.replace(/\\(.)/g, (_, letter) => (letter === "n" ? "\n" : letter))]),
    );
}

/** The sum of a metric's samples, or null when it is not measured. */
export function sumOf(samples, name, fits = () => true) {
    const found = (samples.get(name) ?? []).filter(({ labels }) => fits(labels));
    return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
}

const isError = ({ status }) => status === "5xx";

/**
 * The figures of the page. A `rate` is per second since the look before; the others stand as they are.
 * `kind` says how the number is written: `count`, `rate`, `bytes`, `percent`, `ms`.
 */
export const FIGURES = [
    { id: "people", kind: "count", read: (now) => sumOf(now, "hub_people_connected") },
    { id: "sockets", kind: "count", read: (now) => sumOf(now, "hub_sockets") },
    { id: "events", kind: "rate", read: (now, before, s) => rate(now, before, s, "hub_events_committed_total") },
    { id: "requests", kind: "rate", read: (now, before, s) => rate(now, before, s, "hub_http_requests_total") },
    { id: "errors", kind: "percent", read: errorShare },
    { id: "latency", kind: "ms", read: meanLatency },
    { id: "commits", kind: "count", read: (now) => sumOf(now, "hub_commit_waiting") },
    { id: "outbox", kind: "count", read: (now) => sumOf(now, "hub_outbox_entries", ({ state }) => state !== "failed") },
    { id: "waiting", kind: "count", read: (now) => sumOf(now, "hub_routing_waiting") },
    { id: "memory", kind: "bytes", read: (now) => sumOf(now, "process_resident_memory_bytes") },
    { id: "disk", kind: "bytes", read: (now) => sumOf(now, "hub_free_disk_bytes") },
    { id: "cpu", kind: "percent", read: cpuShare },
];

/** Counters begin anew with the process: then there is no rate until the next look. */
function growth(now, before, name, fits) {
    const [value, old] = [sumOf(now, name, fits), before && sumOf(before, name, fits)];
    return value === null || old === null || old === undefined || value < old ? null : value - old;
}

function rate(now, before, seconds, name) {
    const grown = growth(now, before, name);
    return grown === null || !(seconds > 0) ? null : grown / seconds;
}

function errorShare(now, before) {
    const all = growth(now, before, "hub_http_requests_total");
    if (all === null) return null;
    return all === 0 ? 0 : (100 * (growth(now, before, "hub_http_requests_total", isError) ?? 0)) / all;
}

function meanLatency(now, before) {
    const count = growth(now, before, "hub_http_request_duration_seconds_count");
    const sum = growth(now, before, "hub_http_request_duration_seconds_sum");
    return count === null || sum === null || count === 0 ? null : (1_000 * sum) / count;
}

function cpuShare(now, before, seconds) {
    const share = rate(now, before, seconds, "process_cpu_seconds_total");
    return share === null ? null : 100 * share;
}
