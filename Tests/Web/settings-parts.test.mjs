import assert from "node:assert/strict";
import { test } from "node:test";
import { HubError } from "../../web/sdk/errors.js";
import { lineOf, listed } from "../../web/ui/listed.js";
import { momentsOf } from "../../web/settings/parts/day-span.js";
import { conflictAt } from "../../web/ui/problems.js";

test("days become moments, the last one whole", () => {
    const { from, before } = momentsOf({ from: "2026-11-30", to: "2026-11-30" });
    assert.equal(from, new Date(2026, 10, 30).toISOString());
    assert.equal(before, new Date(2026, 11, 1).toISOString());
    assert.deepEqual(momentsOf({ from: "", to: "" }), { from: null, before: null });
    assert.deepEqual(momentsOf({}), { from: null, before: null });
});

test("words of a line are parted by commas of both scripts", () => {
    assert.deepEqual(listed(" استرجاع، ضمان,\nPlayStation ,, "), ["استرجاع", "ضمان", "PlayStation"]);
    assert.equal(lineOf(["a", "b"]), "a, b");
    assert.equal(lineOf(["a", "ب"]), "a، ب");
    assert.deepEqual(listed(lineOf(["ا ب", "c"])), ["ا ب", "c"]);
    assert.deepEqual(listed(""), []);
});

test("a conflict is said beside the one field it can be about", () => {
    const taken = conflictAt(new HubError("conflict", "another label has this name", { status: 409 }), "name_ar");
    assert.deepEqual([taken.code, taken.fields], ["invalid", [{ pointer: "#/name_ar", code: "conflict", detail: "another label has this name" }]]);
    const stale = new HubError("stale", "");
    assert.equal(conflictAt(stale, "name_ar"), stale);
});
