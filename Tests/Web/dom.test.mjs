import assert from "node:assert/strict";
import { test } from "node:test";
import { coalesced, paced } from "../../web/ui/dom.js";

const afterEvents = () => new Promise((done) => setImmediate(done));

test("many calls in one turn are one", async () => {
    let runs = 0;
    const soon = coalesced(() => (runs += 1));
    for (let call = 0; call < 50; call += 1) soon();
    assert.equal(runs, 0);
    await afterEvents();
    assert.equal(runs, 1);
});

test("what changes all the time is drawn at once, and then once in a while", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    let runs = 0;
    const draw = paced(() => (runs += 1), 1_000);
    draw();
    await afterEvents();
    assert.equal(runs, 1, "the first of them does not wait");
    for (let call = 0; call < 50; call += 1) draw();
    await afterEvents();
    assert.equal(runs, 1);
    context.mock.timers.tick(999);
    assert.equal(runs, 1);
    context.mock.timers.tick(1);
    assert.equal(runs, 2, "the last state is drawn");
    context.mock.timers.tick(5_000);
    assert.equal(runs, 2, "nothing is drawn for nothing");
    draw();
    await afterEvents();
    assert.equal(runs, 3, "who was still for a while does not wait either");
});

test("what somebody asked for is not put off", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    let runs = 0;
    const draw = paced(() => (runs += 1), 1_000);
    draw();
    await afterEvents();
    draw();
    draw.now();
    assert.equal(runs, 2);
    context.mock.timers.tick(1_000);
    assert.equal(runs, 2, "and it is what the other one waited for");
    draw();
    draw.now();
    context.mock.timers.tick(999);
    draw();
    await afterEvents();
    assert.ok(runs <= 4, "the pause begins anew");
});
