import assert from "node:assert/strict";
import { test } from "node:test";
import { beginDraft, growDraft } from "../../web/sdk/draft.js";
import { Room } from "../../web/sdk/room.js";
import { settled } from "./support/fake-clock.mjs";
import { Browser } from "./support/visitor.mjs";

const sara = { kind: "visitor", id: "v_1", name: "سارة" };
const assistant = { kind: "assistant", id: "assistant", name: "المساعد" };
const system = { kind: "system", id: "hub", name: "Hub" };
const at = "2026-11-21T08:00:00.000Z";
const msg = (seq, by, mid, text) => ({ ev: "msg", room: "r", seq, at, by, mid, kind: "text", body: { text } });
const question = (seq) => msg(seq, sara, `q${seq}`, "كم السعر؟");
const answer = (seq, target, text = "خمسون") => msg(seq, assistant, `run-${target}.1`, text);
const run = (seq, target, state) => ({
    ev: "run",
    room: "r",
    seq,
    at,
    by: state === "started" ? assistant : system,
    mid: `run-${target}.1-${state === "started" ? "start" : "end"}`,
    run: `r.${target}.1`,
    state,
    target,
});
const delta = (target, off, t) => ({ ev: "delta", room: "r", run: `r.${target}.1`, off, t });
const reply = (events, fields = {}) => ({ room: "r", head: 0, events, live: true, read: 0, unread: 0, ...fields });

/** The room of a visitor whose first question is being answered. */
function asked() {
    const room = new Room("r", (by) => by.kind === "visitor");
    room.joined(reply([question(1), run(2, 1, "started")], { head: 2 }));
    return room;
}

const shown = ({ draft }) => draft && [draft.run, draft.text];
const take = (room, ...events) => events.forEach((event) => room.receive(event, 0));

test("places are counted in bytes of UTF-8", () => {
    const pieces = ["مرحبًا ", "👋🏽", " TC-1", "، ", "٥٠ ﷼"];
    let draft = null;
    let off = 0;
    for (const t of pieces) {
        draft = growDraft(draft, { run: "a", off, t });
        off += Buffer.byteLength(t);
    }
    assert.equal(draft.text, pieces.join(""));
    assert.equal(draft.bytes, off);
    assert.equal(growDraft(beginDraft("a", "مرحبًا"), { run: "a", off: "مرحبًا".length, t: "!" }).text, "مرحبًا");
});

test("whichever piece gets lost, only a beginning is shown, and a new beginning is whole again", () => {
    const pieces = ["واحد ", "اثنان ", "ثلاثة ", "أربعة"];
    const offsets = pieces.map((_, index) => Buffer.byteLength(pieces.slice(0, index).join("")));
    for (let lost = 0; lost < pieces.length; lost += 1) {
        let draft = beginDraft("a");
        pieces.forEach((t, index) => {
            if (index !== lost) draft = growDraft(draft, { run: "a", off: offsets[index], t });
        });
        assert.equal(draft.text, pieces.slice(0, lost).join(""), `without piece ${lost}`);
        draft = growDraft(draft, { run: "a", off: 0, t: "من جديد" });
        draft = growDraft(draft, { run: "a", off: Buffer.byteLength("من جديد"), t: "!" });
        assert.equal(draft.text, "من جديد!");
    }
});

test("a draft that is torn stays the same object: nothing is drawn for it", () => {
    const torn = growDraft(beginDraft("a", "نص"), { run: "a", off: 90, t: "بعيد" });
    assert.equal(growDraft(torn, { run: "a", off: 95, t: "أبعد" }), torn);
    assert.equal(growDraft(beginDraft("a", "قديم"), { run: "b", off: 4, t: "جديد" }).text, "", "of another run");
});

test("an answer begins empty, grows, and ends with its message", () => {
    const room = asked();
    assert.deepEqual(shown(room), ["r.1.1", ""]);
    let told = 0;
    room.addEventListener("draft", () => (told += 1));
    take(room, delta(1, 0, "خمـ"), delta(1, 6, "سون"));
    assert.deepEqual(shown(room), ["r.1.1", "خمـسون"]);
    assert.equal(told, 2);
    take(room, answer(3, 1));
    assert.equal(room.draft, null, "before `done` has come");
    take(room, run(4, 1, "done"), delta(1, 12, " ريالًا"));
    assert.equal(room.draft, null);
    assert.equal(told, 3);
});

test("what the customer says in the name of an answer ends nothing", () => {
    const room = asked();
    take(room, msg(3, sara, "run-1.1", "لست المساعد"));
    assert.deepEqual(shown(room), ["r.1.1", ""]);
});

test("an answer that was stopped or failed is gone, whatever comes late", () => {
    for (const state of ["cancelled", "failed"]) {
        const room = asked();
        take(room, delta(1, 0, "نص"), run(3, 1, state));
        assert.equal(room.draft, null);
        take(room, delta(1, 0, "متأخر"));
        assert.equal(room.draft, null);
        room.joined(reply([], { head: 3, run: { run: "r.1.1", t: "متأخر" } }));
        assert.equal(room.draft, null);
        take(room, question(4), run(5, 4, "started"), delta(4, 0, "جواب"), delta(1, 0, "متأخر"));
        assert.deepEqual(shown(room), ["r.4.1", "جواب"]);
    }
});

test("who joins meanwhile gets the text so far, and what follows it", () => {
    const room = new Room("r", (by) => by.kind === "staff");
    room.joined(reply([], { head: 2, run: { run: "r.1.1", t: "مرحبًا" } }));
    take(room, delta(1, Buffer.byteLength("مرحبًا"), " بك"));
    assert.deepEqual(shown(room), ["r.1.1", "مرحبًا بك"]);
    room.addHistory({ messages: [question(1)], notices: [run(2, 1, "started")], as_of: 2, more: false });
    assert.deepEqual(shown(room), ["r.1.1", "مرحبًا بك"]);
    take(room, answer(3, 1));
    assert.equal(room.draft, null);
});

test("a page of history that tells the end takes back what was shown too long", () => {
    const room = new Room("r", (by) => by.kind === "staff");
    room.joined(reply([], { head: 3, run: { run: "r.1.1", t: "متأخر" } }));
    const notices = [run(2, 1, "started"), run(3, 1, "cancelled")];
    room.addHistory({ messages: [question(1)], notices, as_of: 3, more: false });
    assert.equal(room.draft, null);
});

test("joining again begins with what the reply says", () => {
    const room = asked();
    take(room, delta(1, 0, "نص"), delta(1, 50, "بعيد"));
    room.joined(reply([], { head: 2, run: { run: "r.1.1", t: "نص كامل" } }));
    take(room, delta(1, Buffer.byteLength("نص كامل"), " الآن"));
    assert.deepEqual(shown(room), ["r.1.1", "نص كامل الآن"]);
    room.joined(reply([], { head: 2 }));
    assert.deepEqual(shown(room), ["r.1.1", ""], "another hub writes it");
    room.joined(reply([answer(3, 1)], { head: 4, live: false }));
    assert.equal(room.draft, null, "its message was in a page");
});

test("a gap keeps the text until the room is joined again; another store has none", () => {
    const room = asked();
    take(room, delta(1, 0, "نص"));
    assert.equal(room.receive(answer(9, 1), 0), "gap");
    assert.deepEqual(shown(room), ["r.1.1", "نص"]);
    room.reset();
    assert.equal(room.draft, null);
});

test("the owner is whom the last assignment names", () => {
    const room = asked();
    assert.equal(room.owner, null);
    const assign = (seq, to) => ({ ev: "assign", room: "r", seq, at, by: system, mid: `owner-${seq}`, to, epoch: seq });
    take(room, assign(3, assistant));
    assert.equal(room.owner.kind, "assistant");
    take(room, assign(4, null));
    assert.equal(room.owner, null);
});

test("stopping names the run", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    await client.cancel("r_1.1.1");
    await settled();
    const frame = browser.hub.received.findLast(({ op }) => op === "cancel");
    assert.equal(frame.run, "r_1.1.1");
});
