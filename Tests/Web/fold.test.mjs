import assert from "node:assert/strict";
import { test } from "node:test";
import { progressOf } from "../../web/sdk/fold.js";
import { Timeline } from "../../web/sdk/timeline.js";

const sara = { kind: "visitor", id: "v_1", name: "سارة" };
const noura = { kind: "staff", id: "u_1", name: "نورة" };
const at = "2026-11-21T08:00:00.000Z";
const msg = (seq, text, by = sara) => ({
    ev: "msg",
    room: "r",
    seq,
    at,
    by,
    mid: `m${seq}`,
    kind: "text",
    body: { text },
});
const on = (seq, ev, target, fields = {}, by = noura) => ({
    ev,
    room: "r",
    seq,
    at,
    by,
    mid: `m${seq}`,
    target,
    ...fields,
});

function folded(events) {
    const timeline = new Timeline(1);
    for (const event of events) timeline.apply(event);
    return timeline;
}

/** Every durable event type, as one log. */
const log = [
    msg(1, "السلام عليكم"),
    {
        ev: "assign",
        room: "r",
        seq: 2,
        at,
        by: noura,
        mid: "m2",
        to: { kind: "user", id: "u_1", name: "نورة" },
        epoch: 1,
    },
    msg(3, "وعليكم السلام", noura),
    on(4, "edit", 3, { body: { text: "وعليكم السلام ورحمة الله" } }),
    on(5, "react", 1, { emoji: "👍", on: true }),
    on(6, "react", 1, { emoji: "👍", on: true }, sara),
    on(7, "react", 1, { emoji: "👍", on: false }),
    on(8, "status", 3, { state: "delivered" }),
    on(9, "status", 3, { state: "sent" }),
    msg(10, "خطأ", noura),
    on(11, "del", 10),
    { ev: "state", room: "r", seq: 12, at, by: noura, mid: "m12", state: "resolved" },
    { ev: "member", room: "r", seq: 13, at, by: noura, mid: "m13", change: "added", who: sara },
    on(14, "status", 3, { state: "read" }),
];

test("each event does what the protocol says", () => {
    const timeline = folded(log);
    assert.deepEqual(
        timeline.items().map((item) => item.seq),
        [1, 2, 3, 10, 12, 13],
    );
    assert.deepEqual(timeline.message(1).reactions, [{ emoji: "👍", by: [sara] }]);
    assert.deepEqual(timeline.message(3).body, { text: "وعليكم السلام ورحمة الله" });
    assert.deepEqual(timeline.message(3).edited, { seq: 4, at });
    assert.deepEqual(timeline.message(3).status, { state: "read", at });
    assert.equal(timeline.message(10).body, null);
    assert.deepEqual(timeline.message(10).deleted, { seq: 11, at, by: noura });
});

test("history up to any seq plus the events after it equals the whole log", () => {
    const whole = folded(log).items();
    for (let asOf = 0; asOf <= log.length; asOf += 1) {
        const old = folded(log.slice(0, asOf)).items();
        const timeline = new Timeline(asOf + 1);
        timeline.addPage({
            messages: old.filter((item) => !item.ev),
            notices: old.filter((item) => item.ev),
            as_of: asOf,
            more: false,
        });
        for (const event of log.slice(asOf)) timeline.apply(event);
        assert.deepEqual(timeline.items(), whole, `as of ${asOf}`);
    }
});

test("a page that is newer or older than what is live here fits all the same", () => {
    const whole = folded(log).items();
    for (let joinedAt = 0; joinedAt <= log.length; joinedAt += 1) {
        for (let asOf = joinedAt; asOf <= log.length; asOf += 1) {
            for (let pageComes = joinedAt; pageComes <= log.length; pageComes += 1) {
                const timeline = new Timeline(joinedAt + 1);
                const page = folded(log.slice(0, asOf))
                    .items()
                    .filter((item) => item.seq <= joinedAt);
                const take = () =>
                    timeline.addPage({
                        messages: page.filter((item) => !item.ev),
                        notices: page.filter((item) => item.ev),
                        as_of: asOf,
                        more: false,
                    });
                for (const event of log.slice(joinedAt)) {
                    if (event.seq === pageComes + 1) take();
                    timeline.apply(event);
                }
                if (pageComes === log.length) take();
                assert.deepEqual(timeline.items(), whole, `joined ${joinedAt}, as of ${asOf}, page at ${pageComes}`);
            }
        }
    }
});

test("applying an event twice changes nothing, and an unchanged message is the same object", () => {
    const timeline = folded(log);
    const items = timeline.items();
    for (const event of log) timeline.apply(event);
    assert.equal(timeline.items(), items);
});

test("pages continue where the last one began", () => {
    const timeline = new Timeline(11);
    assert.equal(timeline.isComplete, false);
    timeline.addPage({
        messages: [{ ...msg(8, "ثامنة"), ev: undefined, reactions: [] }],
        notices: [],
        as_of: 10,
        more: true,
    });
    assert.equal(timeline.from, 8);
    timeline.addPage({ messages: [], notices: [], as_of: 10, more: false });
    assert.equal(timeline.isComplete, true);
});

test("`failed` overtakes what is on its way and loses to what has arrived", () => {
    const status = (...states) =>
        folded([msg(1, "س", noura), ...states.map((state, index) => on(index + 2, "status", 1, { state }))]);
    assert.equal(status("queued", "failed").message(1).status.state, "failed");
    assert.equal(status("failed", "sent").message(1).status.state, "failed");
    assert.equal(status("delivered", "failed").message(1).status.state, "delivered");
    assert.equal(status("failed", "delivered").message(1).status.state, "delivered");
});

test("ticks follow the other side's read marker", () => {
    const message = folded([msg(5, "س")]).message(5);
    assert.equal(progressOf(message, 4), "sent");
    assert.equal(progressOf(message, 5), "read");
});

test("two agents whom a customer sees by name only both count", () => {
    const agent = (name) => ({ kind: "staff", id: "agent", name });
    const timeline = folded([
        msg(1, "شكرًا"),
        on(2, "react", 1, { emoji: "🙏", on: true }, agent("نورة")),
        on(3, "react", 1, { emoji: "🙏", on: true }, agent("فهد")),
    ]);
    assert.equal(timeline.message(1).reactions[0].by.length, 2);
});
