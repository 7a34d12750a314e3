import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import settings from "../../web/i18n/settings.js";
import { EVENT_TYPES, eventWords } from "../../web/settings/hooks/event-types.js";
import { bodyOf, isSettled, lastTry, stateOf, toneOf, tryWords, valuesOf } from "../../web/settings/hooks/state.js";

const page = (name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

test("systems can be told of all that is written down, each in words", () => {
    const types = page("webhooks.md").split("## Types")[1].matchAll(/^\| (`[^|]+`) \|/gm);
    const named = [...types].flatMap(([, cell]) => [...cell.matchAll(/`([a-z]+\.[a-z]+)`/g)].map(([, type]) => type));
    assert.deepEqual([...EVENT_TYPES].sort(), [...new Set(named)].sort());
    for (const type of ["ping", ...EVENT_TYPES]) {
        for (const words of [settings.ar, settings.en]) assert.ok(words[`hooks.event.${type}`], type);
    }
    assert.equal(eventWords((key) => key, "never.heard"), "never.heard");
});

test("the state of a system says what is to be done", () => {
    const endpoint = (enabled, because = null, since = null) => ({ enabled, disabled_because: because, failing_since: since });
    assert.equal(stateOf(endpoint(true)), "on");
    assert.equal(stateOf(endpoint(true, null, "2026-11-22T00:00:00Z")), "troubled");
    assert.equal(stateOf(endpoint(false, "person")), "off");
    assert.equal(stateOf(endpoint(false, "gone")), "gone");
    assert.equal(stateOf(endpoint(false, "failing")), "failing");
    assert.equal(stateOf(endpoint(false, "never_heard_of")), "off");
    const kept = { id: "H_1", url: "https://a.example", description: null, events: ["order.paid"], version: 3 };
    assert.deepEqual(valuesOf(kept), { url: "https://a.example", description: "", events: ["order.paid"] });
    assert.deepEqual(bodyOf({ url: " https://a.example ", description: "  " }), { url: "https://a.example", description: null });
    assert.deepEqual(bodyOf({ events: [] }), { events: [] });
});

test("what came of a delivery has words in both languages", () => {
    const reasons = page("webhooks.md").match(/one word for what was wrong: ([^.]+)\./)[1].match(/[a-z_]+(?=`)/g);
    assert.ok(reasons.length >= 9);
    for (const reason of [null, ...reasons]) {
        const { key } = tryWords({ status: 500, reason });
        for (const words of [settings.ar, settings.en]) assert.ok(words[key], key);
    }
    assert.equal(tryWords({ status: null, reason: "timeout" }).values.status, "–");
    const delivery = (state, ...attempts) => ({ state, attempts });
    const bad = { number: 1, reason: "timeout" };
    assert.equal(lastTry(delivery("pending")), null);
    assert.deepEqual(lastTry(delivery("pending", bad, { number: 2, reason: null })), { number: 2, reason: null });
    const good = { number: 1, reason: null };
    assert.deepEqual(
        [delivery("pending"), delivery("pending", good), delivery("pending", bad), delivery("delivered", good)].map((each) => isSettled(each, 0)),
        [false, false, true, true],
    );
    assert.ok(!isSettled(delivery("pending", bad), 1), "that try was before");
    assert.deepEqual(
        [delivery("pending"), delivery("pending", bad), delivery("delivered", bad), delivery("failed", bad), delivery("cancelled")].map(toneOf),
        ["waiting", "limited", "ok", "error", "none"],
    );
});
