import assert from "node:assert/strict";
import { test } from "node:test";
import { Room } from "../../web/sdk/room.js";

const sara = { kind: "visitor", id: "v_1", name: "سارة" };
const agent = { kind: "staff", id: "agent", name: "نورة" };
const at = "2026-11-21T08:00:00.000Z";
const msg = (seq, by = agent) => ({
    ev: "msg",
    room: "r",
    seq,
    at,
    by,
    mid: `m${seq}`,
    kind: "text",
    body: { text: String(seq) },
});
const reply = (events, fields = {}) => ({
    room: "r",
    head: 0,
    events,
    live: true,
    read: 0,
    unread: 0,
    agents_read: 0,
    ...fields,
});
const visitorRoom = () => new Room("r", (by) => by.kind === "visitor");
const seqs = (room) => room.items.map((item) => item.seq);

test("the three rules: ignore, apply, join again", () => {
    const room = visitorRoom();
    assert.equal(room.receive(msg(1), 0), "ignored", "not joined yet");
    room.joined(reply([msg(1), msg(2)], { head: 2 }));
    assert.equal(room.receive(msg(2), 0), "ignored");
    assert.equal(room.receive(msg(3), 0), "applied");
    assert.equal(room.receive(msg(5), 0), "gap");
    assert.equal(room.seq, 3);
    assert.deepEqual(seqs(room), [1, 2, 3]);
});

test("two connections at once show each event once, in order", () => {
    const room = visitorRoom();
    room.joined(reply([], { head: 0 }));
    for (const seq of [1, 1, 2, 3, 2, 3, 4, 4]) room.receive(msg(seq), 0);
    room.joined(reply([msg(3), msg(4), msg(5)], { head: 5 }));
    assert.deepEqual(seqs(room), [1, 2, 3, 4, 5]);
});

test("a page asks for the next one", () => {
    const room = visitorRoom();
    assert.equal(room.joined(reply([msg(1)], { head: 2, live: false })), true);
    assert.equal(room.isLive, false);
    assert.equal(room.joined(reply([msg(2)], { head: 2 })), false);
    assert.equal(room.isLive, true);
});

test("a room joined at its head knows that older messages exist", () => {
    const room = visitorRoom();
    room.joined(reply([], { head: 40 }));
    assert.equal(room.seq, 40);
    assert.equal(room.timeline.from, 41);
    assert.equal(room.timeline.isComplete, false);
});

test("unread counts others' messages; reading clears it", () => {
    const room = visitorRoom();
    room.joined(reply([msg(1)], { head: 1, unread: 1 }));
    room.receive(msg(2), 0);
    room.receive(msg(3, sara), 0);
    assert.equal(room.unread, 2);
    room.receive({ ev: "read", room: "r", by: sara, upto: 3 }, 0);
    assert.equal(room.unread, 0, "read in another tab");
});

test("a resume that says no counts adds what came meanwhile", () => {
    const resumed = (events) => ({ room: "r", head: 9, events, live: true, agents_read: 0 });
    const room = visitorRoom();
    room.joined(reply([msg(1), msg(2)], { head: 2, read: 1, unread: 1 }));
    room.joined({ ...resumed([msg(3), msg(4, sara)]), live: false });
    room.joined(resumed([{ ...msg(5), ev: "edit" }, msg(6)]));
    assert.equal(room.unread, 3);
    room.joined(resumed([msg(6)]));
    assert.equal(room.unread, 3, "each counts once");
    room.markRead(6, 0);
    room.joined(resumed([]));
    assert.equal(room.unread, 0, "what was read stays read");
});

test("what the hub counted on the first page is not counted again on the next", () => {
    const room = visitorRoom();
    room.joined(reply([msg(1), msg(2)], { head: 4, live: false, read: 1, unread: 3 }));
    room.joined({ room: "r", head: 5, events: [msg(3), msg(4), msg(5)], live: true, agents_read: 0 });
    assert.equal(room.unread, 4, "2, 3, 4, and 5, which came between");
});

test("only the other side's read marker makes ticks", () => {
    const room = new Room("r", (by) => by.kind === "staff" && by.id === "u_1");
    room.joined({ ...reply([], { head: 5 }), agents_read: undefined, customer_read: 1, side: "s" });
    room.receive({ ev: "read", room: "r", by: { kind: "staff", id: "u_2", name: "فهد" }, upto: 5 }, 0);
    assert.equal(room.othersRead, 1);
    room.receive({ ev: "read", room: "r", by: sara, upto: 4 }, 0);
    assert.equal(room.othersRead, 4);
});

test("typing ends with `off`, with the message, or by itself", () => {
    const room = visitorRoom();
    room.joined(reply([], { head: 0 }));
    const typing = (on, now) => room.receive({ ev: "typing", room: "r", by: agent, on }, now);
    typing(true, 0);
    assert.deepEqual(room.typing(5_999), [agent]);
    assert.deepEqual(room.typing(6_000), []);
    typing(true, 10_000);
    typing(false, 10_500);
    assert.deepEqual(room.typing(10_600), []);
    typing(true, 11_000);
    room.receive(msg(1), 11_100);
    assert.deepEqual(room.typing(11_200), []);
});

test("an own message replaces its unsent copy, whichever of event and reply comes first", () => {
    for (const order of ["event first", "reply first"]) {
        const room = visitorRoom();
        room.joined(reply([], { head: 0 }));
        room.showPending({ mid: "m1", body: { text: "1" }, state: "sending" });
        const steps = [() => room.receive(msg(1, sara), 0), () => room.settlePending("m1", 1)];
        if (order === "reply first") steps.reverse();
        for (const step of steps) {
            assert.equal(room.pending.length + room.items.length, 1, order);
            step();
            assert.equal(room.pending.length + room.items.length, 1, order);
        }
        assert.deepEqual(seqs(room), [1]);
    }
});

test("another author's equal mid hides nothing", () => {
    const room = visitorRoom();
    room.joined(reply([], { head: 0 }));
    room.showPending({ mid: "m1", body: { text: "لي" }, state: "sending" });
    room.receive(msg(1, agent), 0);
    assert.equal(room.pending.length, 1);
});
