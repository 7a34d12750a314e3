import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../web/sdk/timeline.js";
import { layOut, layOutAt, logRows } from "../../web/ui/rows.js";
import { gapsOf, runsOf, WindowOfRows } from "../../web/ui/window-of-rows.js";

const names = (from, to) => Array.from({ length: to - from }, (_, index) => `m:${from + index}`);

function listOf(heights) {
    const list = new WindowOfRows();
    list.keep(heights.map((_, index) => `m:${index}`));
    list.measure(heights.entries());
    return list;
}

/** A small generator with a seed (mulberry32), so that a failure can be run again. */
function chance(seed) {
    let state = seed;
    const next = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
    };
    return { below: (n) => Math.floor(next() * n) };
}

test("rows stand below each other, and a height finds its row", () => {
    const list = listOf([10, 20, 0, 30]);
    assert.deepEqual([0, 1, 2, 3].map((index) => list.top(index)), [0, 10, 30, 30]);
    assert.equal(list.bottom, 60);
    assert.deepEqual([-5, 0, 9, 10, 29, 30, 59, 60, 999].map((y) => list.at(y)), [0, 0, 0, 1, 1, 3, 3, 3, 3]);
    assert.deepEqual(list.span(5, 15), { first: 0, end: 2 });
    assert.deepEqual(new WindowOfRows().span(0, 100), { first: 0, end: 0 });
    assert.equal(new WindowOfRows().pin(0, 100), null);
});

test("the pin is the first row that begins on screen, or the one that fills it", () => {
    const list = listOf([100, 100, 900, 100]);
    assert.equal(list.pin(0, 50), 0);
    assert.equal(list.pin(0, 150), 1, "rather not the first of all");
    assert.equal(list.pin(100, 350), 1);
    assert.equal(list.pin(50, 350), 1);
    assert.equal(list.pin(300, 700), 2, "nothing begins there");
});

test("what comes in above moves nobody, and is paid when the list rests", () => {
    const list = listOf([50, 60, 70]);
    const before = list.top(1);
    assert.equal(list.keep([...names(10, 20), ...names(0, 3)], 1), 11);
    assert.equal(list.indexOf("m:1"), 11);
    assert.equal(list.top(11), before, "it stands where it stood");
    assert.ok(list.top(0) < 0, "what is new cannot be shown yet");
    assert.ok(list.span(-1_000, 500).first >= 10, "and is not");
    assert.equal(list.mustSettle(1_000), false);
    assert.equal(list.mustSettle(0), true, "unless the reader is there");
    const above = -list.top(0);
    assert.equal(list.settle(), above, "one scrolls down by as much as came in");
    assert.deepEqual([list.top(0), list.top(11)], [0, before + above]);
    assert.equal(list.settle(), 0);
});

test("a row above that turns out lower leaves a blank that is closed before it shows", () => {
    const list = listOf([100, 100, 100]);
    list.measure([[0, 40]], 1);
    assert.deepEqual([list.top(0), list.top(1)], [60, 100]);
    assert.deepEqual([list.mustSettle(80), list.mustSettle(59)], [false, true]);
    assert.equal(list.settle(), -60);
});

test("when the pin is gone, the row beside it keeps its place", () => {
    const list = listOf([10, 20, 30, 40]);
    list.keep(["m:0", "m:3", "m:4"], 2);
    assert.equal(list.top(1), 60, "the next one");
    const other = listOf([10, 20, 30]);
    other.keep(["x", "m:0"], 2);
    assert.equal(other.top(1), 0, "or the one before");
    const empty = listOf([10, 20]);
    assert.equal(empty.keep([], 1), null);
    assert.deepEqual([empty.count, empty.bottom], [0, 0]);
});

test("runs are the span and what must stay", () => {
    assert.deepEqual(runsOf({ first: 3, end: 5 }, [9, 5, 0, 9]), [
        { first: 0, end: 1 },
        { first: 3, end: 6 },
        { first: 9, end: 10 },
    ]);
    assert.deepEqual(runsOf({ first: 0, end: 0 }, []), []);
});

test("gaps stand for what is not drawn", () => {
    const list = listOf([10, 20, 30, 40, 50]);
    assert.deepEqual(gapsOf(list, []), [150]);
    assert.deepEqual(gapsOf(list, [{ first: 1, end: 2 }, { first: 3, end: 4 }]), [10, 30, 50]);
    list.measure([[0, 0]], 4);
    assert.deepEqual(gapsOf(list, [{ first: 1, end: 5 }]), [10, 0], "with the slack");
    list.keep([...names(20, 22), ...names(0, 5)], 1);
    const above = gapsOf(list, [{ first: 0, end: 1 }, { first: 3, end: 7 }]);
    assert.ok(above.every((gap) => gap >= 0), "none is less than nothing, though rows stand above zero");
});

test("whatever happens, in any order, the pin stays, places add up and heights are kept", () => {
    for (let seed = 1; seed <= 60; seed += 1) {
        const { below } = chance(seed);
        const list = new WindowOfRows();
        const heights = new Map();
        let keys = [];
        let fresh = 0;
        const some = () => names(fresh, (fresh += 1 + below(40)));
        for (let step = 0; step < 120; step += 1) {
            const view = below(4_000);
            const pin = list.pin(view, view + 600);
            const held = pin === null ? null : { key: keys[pin], top: list.top(pin) };
            const act = below(6);
            if (act === 0) keys = [...some(), ...keys];
            else if (act === 1) keys = [...keys, ...some()];
            else if (act === 2) keys = keys.filter(() => below(20) > 0);
            else if (act === 3) keys = keys.toSpliced(below(keys.length + 1), 0, ...some());
            if (act < 4) {
                list.keep(keys, pin);
            } else if (act === 4 && keys.length > 0) {
                const first = below(keys.length);
                const found = keys.slice(first, first + 30).map((key, index) => [first + index, below(5) ? below(300) : 0, key]);
                list.measure(found, pin);
                for (const [, height, key] of found) heights.set(key, height);
            } else {
                const way = list.settle();
                assert.ok(keys.length === 0 || list.top(0) === 0, "settled is from zero on");
                if (held) held.top += way;
            }
            assert.equal(list.count, keys.length);
            const at = held === null ? -1 : keys.indexOf(held.key);
            if (at !== -1) assert.ok(Math.abs(list.top(at) - held.top) < 1e-6, `seed ${seed}, step ${step}: the pin moved`);
            for (let index = 0; index < keys.length; index += 1) {
                const height = list.top(index + 1) - list.top(index);
                assert.ok(height >= -1e-9);
                if (heights.has(keys[index])) assert.ok(Math.abs(height - heights.get(keys[index])) < 1e-6, "as measured");
            }
            const top = below(3_000);
            const { first, end } = list.span(top, top + 700);
            if (first < end) {
                assert.ok(list.top(first) >= 0);
                assert.ok(end === list.count || list.top(end) >= top + 700, "nothing is missing below");
                assert.ok(first === 0 || list.top(first) <= Math.max(top, 0) || list.top(first - 1) < 0, "nor above");
            }
        }
    }
});

test("a row that is laid out alone looks as it does among all", () => {
    const room = { isMine: ({ by }) => by.id === "me", items: [] };
    const { below } = chance(7);
    let at = Date.parse("2026-11-20T08:00:00.000Z");
    const rows = Array.from({ length: 200 }, (_, index) => {
        at += below(9) * 60_000 + (below(20) === 0 ? 86_400_000 : 0);
        const item = { at: new Date(at).toISOString(), by: { kind: "staff", id: ["a", "b", "me"][below(3)] } };
        return { key: `m:${index}`, kind: below(8) ? "message" : "notice", item, room, isNote: below(5) === 0 };
    });
    const all = layOut(rows);
    for (const [index, row] of all.entries()) {
        assert.deepEqual(layOutAt(rows, index), row);
        const next = all[index + 1];
        if (next) assert.equal(row.closes, next.opens, "a group ends where the next one begins");
        if (row.day) assert.equal(row.opens, true);
    }
});

const said = (seq, text = "…") => ({ ev: "msg", seq, at: "2026-11-22T08:00:00.000Z", by: { kind: "staff", id: "a" }, mid: `m${seq}`, kind: "text", body: { text } });

test("items that were handed out never change, and those that stay keep their rows", () => {
    const timeline = new Timeline(1);
    const room = { timeline, get items() { return timeline.items(); } };
    for (const seq of [1, 2, 3]) timeline.apply(said(seq));
    const first = timeline.items();
    const rows = logRows(room, false);
    assert.equal(timeline.items(), first, "the same while nothing happens");
    timeline.apply(said(4));
    timeline.apply({ ev: "assign", seq: 5, by: { kind: "user", id: "a" }, to: null });
    timeline.apply({ ev: "edit", seq: 6, at: "", target: 2, by: { kind: "staff", id: "a" }, body: { text: "neu" } });
    assert.deepEqual(first.map(({ seq }) => seq), [1, 2, 3]);
    assert.equal(first[1].body.text, "…");
    const second = timeline.items();
    assert.deepEqual(second.map(({ seq }) => seq), [1, 2, 3, 4, 5]);
    assert.equal(second[1].body.text, "neu");
    const after = logRows(room, false);
    assert.deepEqual([0, 1, 2].map((index) => after[index] === rows[index]), [true, false, true]);
    timeline.addPage({ messages: [], notices: [], as_of: 6, more: false });
    assert.deepEqual(timeline.items(), second);
});
