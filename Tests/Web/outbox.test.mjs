import assert from "node:assert/strict";
import { test } from "node:test";
import { HubError } from "../../web/sdk/errors.js";
import { MemoryStore } from "../../web/sdk/outbox-store.js";
import { Outbox } from "../../web/sdk/outbox.js";
import { FakeClock } from "./support/fake-clock.mjs";

/** An outbox whose transmissions a test answers one by one. */
function setUp(store = new MemoryStore()) {
    const clock = new FakeClock();
    const transmissions = [];
    const acknowledged = [];
    const outbox = new Outbox({
        store,
        clock,
        random: () => 0.5,
        transmit: (entry) => new Promise((resolve, reject) => transmissions.push({ entry, resolve, reject })),
        on: { changed: () => {}, acknowledged: ({ mid }) => acknowledged.push(mid) },
    });
    const write = (mid, room = "r") => outbox.add({ mid, op: "send", room, kind: "text", body: { text: mid } });
    return { clock, outbox, transmissions, acknowledged, write, store };
}

test("offline, everything waits; online, it goes out one by one per room", async () => {
    const { clock, outbox, transmissions, write } = setUp();
    for (const mid of ["a1", "a2"]) write(mid, "a");
    write("b1", "b");
    await clock.advance(0);
    assert.equal(transmissions.length, 0);
    outbox.online();
    await clock.advance(0);
    assert.deepEqual(
        transmissions.map(({ entry }) => entry.mid),
        ["a1", "b1"],
    );
    transmissions[0].resolve({ seq: 1 });
    await clock.advance(0);
    assert.deepEqual(
        transmissions.map(({ entry }) => entry.mid),
        ["a1", "b1", "a2"],
    );
});

test("an entry is durable from its writing until its acknowledgement", async () => {
    const { clock, outbox, transmissions, write, store } = setUp();
    outbox.online();
    write("m");
    await clock.advance(0);
    assert.deepEqual(
        (await store.all()).map(({ mid }) => mid),
        ["m"],
    );
    transmissions[0].resolve({ seq: 1 });
    await clock.advance(0);
    assert.deepEqual(await store.all(), []);
});

test("what was being sent when the page went is sent again, before what is written later", async () => {
    const store = new MemoryStore();
    const first = setUp(store);
    first.outbox.online();
    first.write("m1");
    first.write("m2");
    await first.clock.advance(0);
    const second = setUp(store);
    await second.outbox.load();
    second.clock.advance(1);
    second.write("m3");
    second.outbox.online();
    for (let index = 0; index < 3; index += 1) {
        await second.clock.advance(0);
        second.transmissions[index].resolve({ seq: index + 1 });
    }
    await second.clock.advance(0);
    assert.deepEqual(second.acknowledged, ["m1", "m2", "m3"]);
});

test("a closed connection is waited for without counting as a try", async () => {
    const { clock, outbox, transmissions, write } = setUp();
    outbox.online();
    write("m");
    await clock.advance(0);
    transmissions[0].reject(new HubError("closed", "gone"));
    await clock.advance(60_000);
    assert.equal(transmissions.length, 1);
    outbox.online();
    await clock.advance(0);
    assert.equal(transmissions.length, 2);
    assert.equal(transmissions[1].entry.tries, 1);
    assert.equal(transmissions[1].entry.mid, "m");
});

test("a failure is kept, durable, and lets the next one pass", async () => {
    const { clock, outbox, transmissions, acknowledged, write, store } = setUp();
    outbox.online();
    write("bad");
    write("good");
    await clock.advance(0);
    transmissions[0].reject(new HubError("forbidden", "no"));
    await clock.advance(0);
    transmissions[1].resolve({ seq: 1 });
    await clock.advance(0);
    assert.deepEqual(acknowledged, ["good"]);
    assert.deepEqual(
        (await store.all()).map(({ mid, state, error }) => [mid, state, error]),
        [["bad", "failed", "forbidden"]],
    );
    outbox.discard("bad");
    assert.deepEqual(await store.all(), []);
});

test("an uploaded file is remembered, so that a retry sends no bytes again", async () => {
    const { clock, outbox, transmissions, store } = setUp();
    outbox.online();
    outbox.add({ mid: "f", op: "send", room: "r", kind: "file", body: null, file: "bytes" });
    await clock.advance(0);
    outbox.amend("f", { body: { attachment: "f_1" } });
    transmissions[0].reject(new HubError("timeout", "slow"));
    await clock.advance(5_000);
    assert.deepEqual(transmissions[1].entry.body, { attachment: "f_1" });
    assert.deepEqual((await store.all())[0].body, { attachment: "f_1" });
});
