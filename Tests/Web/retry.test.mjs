import assert from "node:assert/strict";
import { test } from "node:test";
import { afterClose, afterError, fullJitter } from "../../web/sdk/retry.js";

test("the range of a close code decides", () => {
    for (const code of [4001, 4002, 4003, 4006, 4099]) assert.deepEqual(afterClose(code, 0), { stop: true });
    for (const code of [4200, 4201, 4202, 4299]) assert.deepEqual(afterClose(code, 0), { stop: false, delayMs: 0 });
    for (const code of [4100, 4103])
        assert.deepEqual(
            afterClose(code, 0, () => 0.5),
            { stop: false, delayMs: 1_000 },
        );
    for (const code of [1000, 1001, 1006, 1011, 4300]) {
        assert.deepEqual(
            afterClose(code, 0, () => 0.5),
            { stop: false, delayMs: 250 },
        );
    }
});

test("a hub that repeats 42xx is not hammered", () => {
    assert.equal(afterClose(4200, 2, () => 0.9).delayMs, 0);
    assert.ok(afterClose(4200, 3, () => 0.9).delayMs > 1_000);
});

test("full jitter stays below a doubling, capped limit", () => {
    const limits = { baseMs: 500, capMs: 15_000 };
    for (let attempt = 0; attempt < 2_000; attempt += 1) {
        const limit = Math.min(limits.capMs, limits.baseMs * 2 ** attempt);
        assert.equal(
            fullJitter(attempt, limits, () => 0),
            0,
        );
        assert.ok(fullJitter(attempt, limits, () => 0.999999) < limit);
    }
});

test("every error code has its consequence", () => {
    const next = (error, tries = 1) => afterError(error, tries, () => 0.5).next;
    for (const code of ["closed", "offline"]) assert.equal(next({ code }), "wait");
    for (const code of ["timeout", "network", "not_joined"]) assert.equal(next({ code }), "retry");
    for (const code of ["bad_request", "forbidden", "not_found", "too_large", "mid_conflict", "unauthorized"]) {
        assert.equal(next({ code }), "fail");
    }
    for (const code of ["rate_limited", "busy", "unavailable"]) {
        assert.deepEqual(
            afterError({ code, retryMs: 800 }, 1, () => 0.5),
            { next: "retry", delayMs: 1_000 },
        );
    }
    assert.equal(next({ code: "internal" }, 4), "retry");
    assert.equal(next({ code: "internal" }, 5), "fail");
});
