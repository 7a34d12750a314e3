/** What a waiting customer is told, in both languages. */
import assert from "node:assert/strict";
import test from "node:test";
import { catalogueOf } from "../../web/i18n/catalogue.js";
import { Room } from "../../web/sdk/room.js";
import { queueText } from "../../web/widget/queue-line.js";

const MINUTE = 60_000;
const wait = (from, to) => ({ from_ms: from * MINUTE, to_ms: to * MINUTE });

test("who does not wait is told nothing", () => {
    const { t } = catalogueOf("ar");
    assert.equal(queueText(null, t), null);
    assert.equal(queueText({ position: null }, t), null);
});

test("a place and an honest estimate", () => {
    const { t: ar } = catalogueOf("ar");
    const { t: en } = catalogueOf("en");
    assert.equal(queueText({ position: 1, wait: wait(0, 3) }, en), "You are next in line. We will probably answer within 3 min.");
    assert.equal(queueText({ position: 4, wait: wait(2, 9) }, en), "You are number 4 in line. We will probably answer in 2 to 9 min.");
    assert.equal(queueText({ position: 4, wait: null }, en), "You are number 4 in line. We will answer as soon as we can.");
    assert.equal(queueText({ position: 4, wait: wait(2, 9) }, ar), "رقمك في الدور 4. سنرد عليك على الأرجح خلال 2 إلى 9 د.");
});

test("the room keeps the place until it is left", () => {
    const room = new Room("r_1", () => false);
    room.joined({ room: "r_1", head: 0, events: [], live: true, queue: { position: 2, wait: null } });
    assert.deepEqual(room.place, { position: 2, wait: null });
    room.receive({ ev: "queue", room: "r_1", position: 1, wait: wait(1, 2) }, 0);
    assert.deepEqual(room.place, { position: 1, wait: wait(1, 2) });
    room.receive({ ev: "queue", room: "r_1", position: null }, 0);
    assert.equal(room.place, null);
});
