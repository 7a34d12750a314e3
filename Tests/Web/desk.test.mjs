import assert from "node:assert/strict";
import { test } from "node:test";
import { countsOf } from "../../web/staff/inbox-counts.js";
import { Inbox } from "../../web/staff/inbox.js";
import { FILTERS, isNews, matches, requestOf, staysInPlace } from "../../web/staff/inbox-model.js";
import { Labels } from "../../web/staff/labels.js";
import { nameIn } from "../../web/ui/format.js";
import { openSurvey } from "../../web/widget/survey.js";

const message = (seq, by) => ({ seq, by, body: { text: "…" } });
const isMine = ({ by }) => by === "me";

test("a survey wants one answer, until the visitor writes on", () => {
    assert.equal(openSurvey([message(1, "me")], isMine), null);
    const asked = [message(1, "me"), message(2, "agent"), { ev: "state", seq: 3 }, { ev: "survey", seq: 4 }];
    assert.equal(openSurvey(asked, isMine), 4);
    assert.equal(openSurvey([...asked, message(5, "agent")], isMine), 4, "what staff write ends nothing");
    assert.equal(openSurvey([...asked, message(5, "me")], isMine), null);
    assert.equal(openSurvey([...asked, { ev: "rating", seq: 5, survey: 4, score: 5 }], isMine), null);
    assert.equal(openSurvey([...asked, { ev: "rating", seq: 5, survey: 4 }, { ev: "survey", seq: 9 }], isMine), 9);
});

test("late conversations and labels are filters of the hub", () => {
    assert.deepEqual(requestOf("late"), { clock: "breached" });
    assert.deepEqual(requestOf("label:z_1"), { label: "z_1" });
    for (const filter of FILTERS) if (filter !== "late") assert.equal(requestOf(filter), filter);
    const clock = { clock: "first_response", due: null, warned_at: null, breached_at: "2026-11-21T08:00:00.000Z" };
    assert.equal(matches({ state: "open", clocks: [clock] }, "late"), true);
    assert.equal(matches({ state: "open", clocks: [{ ...clock, breached_at: null }] }, "late"), false);
    assert.equal(matches({ labels: [{ id: "z_1" }] }, "label:z_1"), true);
    assert.equal(matches({ labels: [] }, "label:z_1"), false);
});

test("what is said in a conversation leaves it where it is, who has it does not", () => {
    const clock = { clock: "first_response", breached_at: null };
    const before = { room: "r", state: "open", assignee: null, labels: [{ id: "z_1" }], clocks: [clock], unread: 0, at: "1" };
    assert.equal(staysInPlace(before, { ...before, unread: 3, at: "2", last: { text: "مرحبًا" } }), true);
    assert.equal(staysInPlace(before, { ...before, labels: [{ id: "z_1", name_ar: "شحن" }] }), true, "whatever it is called");
    for (const other of [
        { state: "pending" },
        { assignee: { kind: "staff", id: "u_1" } },
        { labels: [] },
        { clocks: [{ ...clock, breached_at: "2026-11-21T08:00:00.000Z" }] },
    ])
        assert.equal(staysInPlace(before, { ...before, ...other }), false, JSON.stringify(other));
});

test("news is what was said, or became one's own", () => {
    const of = (seq, assignee = null, at = "5") => ({ last: seq === 0 ? null : { seq, at }, assignee });
    const [me, other] = [{ id: "u_1" }, { id: "u_2" }];
    for (const [before, after, is] of [
        [of(3), of(4), true],
        [of(0), of(1), true],
        [of(3), of(3), false],
        [of(0), of(0), false],
        [of(3), of(3, me), true],
        [of(3, other), of(3, me), true],
        [of(3, me), of(3, me), false],
        [of(3, me), of(3, other), false],
        [null, of(3, null, "6"), true],
        [null, of(3, null, "4"), false],
        [null, of(0), false],
        [null, of(3, me, "4"), true],
    ])
        assert.equal(isNews(before, after, "u_1", "5"), is, JSON.stringify([before, after]));
    assert.equal(isNews(of(3), of(3), undefined, "5"), false, "nobody's is not one's own");
});

test("what customers write is news once: live, and after a time without a connection", async () => {
    globalThis.document ??= Object.assign(new EventTarget(), { visibilityState: "hidden" });
    const conversation = (room, seq, at, fields = {}) => ({ room, at, last: { seq, at }, state: "open", unread: 1, ...fields });
    const replies = [
        { conversations: [conversation("r_1", 4, "1"), { room: "r_2", at: "1", last: null }], watermark: "w1", next: null },
        { conversations: [conversation("r_1", 6, "5")], watermark: "w2", next: "p2" },
        { conversations: [conversation("r_2", 1, "4"), conversation("r_3", 9, "4"), { ...conversation("r_4", 9, "0"), at: "4" }], watermark: "w2", next: null },
    ];
    const hub = Object.assign(new EventTarget(), { inbox: async () => replies.shift(), rest: { get: async () => ({ labels: [] }) } });
    const tell = (type, detail) => hub.dispatchEvent(new CustomEvent(type, { detail }));
    const inbox = new Inbox(hub);
    const news = [];
    inbox.addEventListener("news", ({ detail }) => news.push([detail.room, detail.last.seq]));
    tell("status", { state: "live" });
    await new Promise(setImmediate);
    assert.deepEqual(news, [], "what was there is none");
    tell("conv", conversation("r_1", 5, "2"));
    tell("conv", conversation("r_1", 5, "3", { labels: [] }));
    tell("conv", conversation("r_1", 4, "1"));
    assert.deepEqual(news.splice(0), [["r_1", 5]], "a label is none either");
    tell("status", { state: "waiting" });
    tell("status", { state: "live" });
    await new Promise(setImmediate);
    assert.deepEqual(news, [["r_1", 6], ["r_2", 1], ["r_3", 9]]);
});

test("a label is put on, and taken off again", async () => {
    const put = [];
    const labels = new Labels({ putLabels: async (room, ids) => put.push([room, ids]) });
    await labels.toggle({ room: "r", labels: [{ id: "z_1" }] }, "z_2");
    await labels.toggle({ room: "r", labels: [{ id: "z_1" }, { id: "z_2" }] }, "z_1");
    assert.deepEqual(put, [
        ["r", ["z_1", "z_2"]],
        ["r", ["z_2"]],
    ]);
    assert.equal(nameIn("en", { name_ar: "شحن", name_en: null }), "شحن");
    assert.equal(nameIn("en", { name_ar: "شحن", name_en: "Shipping" }), "Shipping");
});

test("filters have counts, and those without any have none", () => {
    const reply = { all: 5, mine: 0, unassigned: 3, late: 1, open: 4, pending: 1, snoozed: 0, labels: [{ label: "z_1", count: 2 }] };
    const counts = countsOf(reply);
    assert.deepEqual(Object.fromEntries(counts), { all: 5, unassigned: 3, late: 1, open: 4, pending: 1, "label:z_1": 2 });
});
