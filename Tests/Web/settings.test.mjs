import assert from "node:assert/strict";
import { test } from "node:test";
import {
    alertsOf,
    bodyValues,
    formValues,
    groupsOf,
    healthOf,
    scoresOf,
    stateOf,
} from "../../web/settings/integrations/state.js";
import { bodyOf } from "../../web/settings/people/team.js";
import { readRoute, writeRoute } from "../../web/settings/router.js";
import { groups, groupsFor } from "../../web/settings/sections.js";
import { parameters } from "../../web/settings/system/audit.js";
import { changesOf } from "../../web/settings/system/changes.js";
import { FIGURES, readMetrics, sumOf } from "../../web/settings/system/metrics.js";
import { perDay } from "../../web/settings/system/per-day.js";

test("an address leads to a section, a thing in it, and its filters", () => {
    const route = (hash) => {
        const { section, path, query } = readRoute(hash);
        return [section, path, Object.fromEntries(query)];
    };
    assert.deepEqual(route(""), [null, [], {}]);
    assert.deepEqual(route("#/"), [null, [], {}]);
    assert.deepEqual(route("#/integrations/zid"), ["integrations", ["zid"], {}]);
    assert.deepEqual(route("#/audit?actor=u_1&from=2026-11-01"), ["audit", [], { actor: "u_1", from: "2026-11-01" }]);
    assert.deepEqual(route("#/users/%zz"), ["users", ["%zz"], {}], "what is no escape stays");
    const hash = writeRoute("audit", ["a/b c"], { q: "أ&ب", none: "" });
    assert.deepEqual(route(hash), ["audit", ["a/b c"], { q: "أ&ب" }], "there and back");
});

test("everybody sees the sections of their rights, and no group without any", () => {
    const rights = new Set(["users:read"]);
    assert.deepEqual(
        groupsFor((right) => rights.has(right)).map(({ id, sections }) => [id, sections.map((each) => each.id)]),
        [["people", ["users", "teams"]]],
    );
    assert.deepEqual(groupsFor(() => false), []);
    assert.equal(groupsFor(() => true).length, groups.length);
    for (const { right, icon, load } of groups.flatMap(({ sections }) => sections)) assert.ok(right && icon && load);
});

const field = (name, source, value = "x", more = {}) => ({ name, source, value, required: false, default: null, ...more });
const service = (fields, more = {}) => ({ enabled: true, configured: true, version: 1, fields, ...more });

test("the state of a service is that of its values", () => {
    assert.equal(stateOf(service([field("a", "stored")])), "connected");
    assert.equal(stateOf(service([field("a", "environment")], { version: 0 })), "environment");
    assert.equal(stateOf(service([field("a", "environment")])), "environment", "a version without a value of ours");
    assert.equal(stateOf(service([field("a", null, null)], { configured: false, version: 0 })), "absent");
    assert.equal(stateOf(service([field("a", "default")], { configured: false, version: 0 })), "absent");
    assert.equal(stateOf(service([field("a", "default")], { version: 0 })), "absent");
    assert.equal(stateOf(service([field("a", "stored")], { configured: false })), "partial");
    assert.equal(stateOf(service([field("a", "stored")], { enabled: false })), "off");
    assert.deepEqual([null, 100, 80, 79, 50, 49, 0].map(healthOf), ["unknown", "good", "good", "fair", "fair", "poor", "poor"]);
});

test("only what is stored goes into the form, and what is emptied goes back to what lies behind", () => {
    const fields = [field("key", "stored", "••••oken"), field("url", "default", "https://a"), field("id", "environment", "7")];
    const values = formValues({ fields });
    assert.deepEqual(values, { key: "••••oken", url: "", id: "" });
    assert.deepEqual(bodyValues({ ...values, id: "8" }), { key: "••••oken", url: null, id: "8" });
});

test("what is needed stands first, what has a default is folded away", () => {
    const fields = [
        field("api_url", null, null, { default: "https://a" }),
        field("key", null, null, { required: true }),
        field("calendar", null, null, { required: true, default: "primary" }),
        field("note", null, null),
    ];
    const names = (list) => list.map(({ name }) => name);
    const { main, more } = groupsOf({ fields });
    assert.deepEqual(names(main), ["key", "calendar", "note"]);
    assert.deepEqual(names(more), ["api_url"]);
});

test("what the hub says by itself is no field of the form", () => {
    const fields = [field("key", "stored", "••••oken"), field("ends", "stored", "2027-01-01T00:00:00Z", { kept: true })];
    assert.deepEqual(formValues({ fields }), { key: "••••oken" });
    const { main, more } = groupsOf({ fields });
    assert.deepEqual([...main, ...more].map(({ name }) => name), ["key"]);
});

test("an alert is told where its service is, whatever its channel is called", () => {
    const alert = (subject, state = "firing") => ({ subject, state });
    assert.equal(alertsOf("email", [alert("mail"), alert("sendgrid"), alert("email"), alert("sms")]).length, 3);
    assert.equal(alertsOf("sms", [alert("twilio"), alert("sms", "recovered")]).length, 1);
});

test("the course of the score follows the rule of the hub", () => {
    const tests = (...outcomes) => outcomes.map((outcome) => ({ outcome }));
    assert.deepEqual(scoresOf([]), []);
    assert.deepEqual(scoresOf(tests("not_configured")), [null]);
    // The newest first: a failure after a success weighs 1 of 1.9.
    assert.deepEqual(scoresOf(tests("unreachable", "ok")), [100, 47]);
    assert.deepEqual(scoresOf(tests("ok", "limited", "not_configured")), [null, 50, 76]);
    const many = tests(...Array(20).fill("ok"), "error");
    assert.equal(scoresOf(many).at(-1), 100, "older than the newest 20 says nothing");
});

test("the skills of a team are a line of words", () => {
    assert.deepEqual(bodyOf({ skills: " بلايستيشن، refunds,, ", name_en: " " }), {
        skills: ["بلايستيشن", "refunds"],
        name_en: null,
    });
    assert.deepEqual(bodyOf({ name_ar: "أ" }), { name_ar: "أ" }, "a patch holds what changed");
});

test("days become moments, and the last of them is part of it", () => {
    const { from, to, actor } = parameters({ actor: "u_1", from: "2026-11-20", to: "2026-11-21" });
    assert.equal(actor, "u_1");
    assert.equal(Date.parse(to) - Date.parse(from), 2 * 86_400_000);
    assert.deepEqual(parameters({ actor: "", from: "", to: "" }), { actor: "" });
});

test("changes of the audit log are put side by side", () => {
    assert.deepEqual(changesOf({ name: "a", on: true }, { name: "b", list: [1] }), [
        { name: "name", before: "a", after: "b" },
        { name: "on", before: "true", after: null },
        { name: "list", before: null, after: "[1]" },
    ]);
    assert.deepEqual(changesOf({ values: { a: "1", b: "2" } }, { values: { a: "1", b: "3" } }), [
        { name: "values.b", before: "2", after: "3" },
    ]);
    assert.deepEqual(changesOf(null, null), []);
    assert.deepEqual(changesOf({ toString: null }, {}), [{ name: "toString", before: null, after: null }]);
});

test("metrics are read, and become figures", () => {
    const text = (requests, errors, cpu) => `# HELP x y
# TYPE x gauge
hub_people_connected 3
hub_http_requests_total{route="/a \\"b\\"",method="GET",status="2xx"} ${requests}
hub_http_requests_total{route="/c",method="GET",status="5xx"} ${errors}
hub_http_request_duration_seconds_sum{route="/a"} ${requests / 100}
hub_http_request_duration_seconds_count{route="/a"} ${requests}
process_cpu_seconds_total ${cpu}
not a sample`;
    const [before, now] = [readMetrics(text(100, 0, 1)), readMetrics(text(140, 10, 2.5))];
    assert.equal(now.get("hub_http_requests_total")[0].labels.route, '/a "b"');
    assert.equal(sumOf(now, "hub_http_requests_total"), 150);
    assert.equal(sumOf(now, "never_heard_of"), null);
    const figures = (...input) => Object.fromEntries(FIGURES.map(({ id, read }) => [id, read(...input)]));
    const first = figures(before, null, 0);
    assert.deepEqual([first.people, first.requests, first.errors, first.disk], [3, null, null, null]);
    const { people, requests, errors, latency, cpu } = figures(now, before, 5);
    assert.deepEqual([people, requests, errors, Math.round(latency), cpu], [3, 10, 20, 10, 30]);
    assert.equal(figures(before, now, 5).requests, null, "the process began anew");
});

test("moments are counted by day of here", () => {
    const now = new Date(2026, 10, 22, 9, 0);
    const at = (day, hour) => new Date(2026, 10, day, hour, 0).toISOString();
    const counts = perDay([at(22, 0), at(22, 8), at(20, 23), at(1, 1)], 3, now).map(({ n }) => n);
    assert.deepEqual(counts, [1, 0, 2]);
});
