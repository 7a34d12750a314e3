import assert from "node:assert/strict";
import { test } from "node:test";
import { DealBoard } from "../../web/settings/crm/deal-board.js";

const FILTER = { pipeline: "p", state: "open" };
let made = 0;
const deal = (stage, more = {}) => {
    made += 1;
    const id = `d_${String(made).padStart(3, "0")}`;
    return { id, version: 1, pipeline: "p", state: "open", stage, owner: null, amount: 100, currency: "SAR", created_at: `2026-11-01T00:00:${String(made % 60).padStart(2, "0")}Z`, expected_close_at: null, ...more };
};
const unloaded = (filter = FILTER, sort) => new DealBoard(["a", "b", "c"], filter, sort);
const board = (filter, sort) => {
    const each = unloaded(filter, sort);
    for (const stage of each.stages) each.take(stage, { items: [], next: null });
    return each;
};
const ids = (each, stage) => each.cards(stage).map(({ id }) => id);
const total = (stage, count, amount, more = {}) => ({ pipeline: "p", stage, state: "open", currency: "SAR", count, amount, ...more });

test("a column comes by pages, and a card that came meanwhile is not shown twice", () => {
    const each = unloaded();
    const [first, between, second, third] = ["4", "3", "2", "1"].map((at) => deal("a", { created_at: at }));
    assert.equal(each.next("a"), undefined);
    assert.equal(each.put(first), false, "it comes with the first page");
    each.take("a", { items: [first, second], next: "more" });
    assert.equal(each.put(third), false, "it comes with the next page");
    assert.equal(each.put(between), true);
    each.take("a", { items: [second, third], next: null });
    assert.deepEqual(ids(each, "a"), [first, between, second, third].map(({ id }) => id));
    assert.equal(each.next("a"), null);
});

test("a move is shown at once, with what the columns come to", () => {
    const each = board();
    const [one, two] = [deal("a"), deal("a", { amount: 50, currency: "USD" })];
    each.take("a", { items: [two, one], next: null });
    each.takeTotals([total("a", 1, 100), total("a", 1, 50, { currency: "USD" }), total("b", 7, 900), total("b", 1, 1, { pipeline: "other" })]);
    assert.equal(each.move(one.id, "b"), one);
    assert.deepEqual([ids(each, "a"), ids(each, "b")], [[two.id], [one.id]]);
    assert.deepEqual(each.total("a"), { count: 1, sums: [{ currency: "USD", amount: 50 }] });
    assert.deepEqual(each.total("b"), { count: 8, sums: [{ currency: "SAR", amount: 1000 }] });
    assert.equal(each.isPending(one.id), true);
    assert.equal(each.move(one.id, "c"), null, "not again before the hub has answered");
    each.takeTotals([total("a", 99, 99)]);
    assert.equal(each.total("b").count, 8, "what is told meanwhile may be of before the move");
    assert.equal(each.put({ ...one, version: 5 }), false);
    each.settle({ ...one, stage: "b", version: 2 });
    assert.equal(each.find(one.id).version, 2);
    assert.equal(each.isPending(one.id), false);
    assert.deepEqual(each.total("b"), { count: 8, sums: [{ currency: "SAR", amount: 1000 }] }, "counted once");
});

test("what cannot be moved is not", () => {
    const each = board();
    const one = deal("a");
    each.take("a", { items: [one], next: null });
    for (const [id, stage] of [["d_none", "b"], [one.id, "a"], [one.id, "elsewhere"]]) assert.equal(each.move(id, stage), null);
});

test("a refused move goes back to where the card stood", () => {
    const each = board();
    const cards = [deal("a", { created_at: "3" }), deal("a", { created_at: "2" }), deal("a", { created_at: "1" })];
    each.take("a", { items: cards, next: null });
    each.takeTotals([total("a", 3, 300)]);
    each.move(cards[1].id, "c");
    each.refuse(cards[1].id);
    assert.deepEqual(ids(each, "a"), cards.map(({ id }) => id));
    assert.deepEqual([each.total("a").count, each.total("c")], [3, { count: 0, sums: [] }]);
});

test("a card that somebody else moved goes to where they put it", () => {
    const each = board();
    const one = deal("a");
    each.take("a", { items: [one], next: null });
    each.takeTotals([total("a", 1, 100)]);
    each.move(one.id, "b");
    each.refuse(one.id, { ...one, stage: "c", version: 2 });
    assert.deepEqual([ids(each, "a"), ids(each, "b"), ids(each, "c")], [[], [], [one.id]]);
    assert.deepEqual(["a", "b", "c"].map((stage) => each.total(stage).count), [0, 0, 1]);
    each.move(one.id, "a");
    each.refuse(one.id, { ...one, stage: "c", version: 3, state: "won" });
    assert.deepEqual(each.total("c").count, 0, "one that is won is not among those that are open");
    assert.equal(each.find(one.id), null);
});

test("a card that is gone goes", () => {
    const each = board();
    const one = deal("a");
    each.take("a", { items: [one], next: null });
    each.takeTotals([total("a", 1, 100)]);
    each.move(one.id, "b");
    each.refuse(one.id, null, true);
    assert.equal(each.find(one.id), null);
    assert.deepEqual(["a", "b"].map((stage) => each.total(stage).count), [0, 0]);
});

test("news of others are put in, and what is older than what is known is not", () => {
    const each = board({ ...FILTER, owner: "u_1" });
    const mine = deal("a", { owner: "u_1" });
    assert.equal(each.put(mine), true);
    assert.equal(each.put({ ...mine, title: "x" }), false, "the same version says the same");
    assert.equal(each.put({ ...mine, version: 3, stage: "b" }), true);
    assert.equal(each.put({ ...mine, version: 2, stage: "c" }), false);
    assert.deepEqual(ids(each, "b"), [mine.id]);
    assert.equal(each.put({ ...mine, version: 4, owner: "u_2" }), true, "it is somebody else's now");
    assert.equal(each.find(mine.id), null);
    each.take("b", { items: [{ ...mine, version: 3, stage: "b" }], next: null });
    assert.equal(each.find(mine.id), null, "a page of before does not bring it back");
    assert.equal(each.put(deal("a", { owner: "u_2" })), false);
    assert.equal(each.put(deal("elsewhere", { owner: "u_1" })), false);
});

test("cards stand in the order that was asked for", () => {
    const cards = [
        deal("a", { id: "d_1", amount: 5, created_at: "1", expected_close_at: "2026-03-01" }),
        deal("a", { id: "d_2", amount: 9, created_at: "2" }),
        deal("a", { id: "d_3", amount: 5, created_at: "2", expected_close_at: "2026-01-01" }),
    ];
    const sorted = (sort) => {
        const each = board(FILTER, sort);
        for (const card of cards) each.put(card);
        return ids(each, "a");
    };
    assert.deepEqual(sorted("-created_at"), ["d_3", "d_2", "d_1"]);
    assert.deepEqual(sorted("-amount"), ["d_2", "d_3", "d_1"]);
    assert.deepEqual(sorted("expected_close_at"), ["d_3", "d_1", "d_2"]);
});

test("whatever happens in whatever order, each card stands once and the sums are those of the cards", () => {
    let seed = 42;
    const chance = (n) => {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        return Math.floor((seed / 2147483648) * n);
    };
    const stages = ["a", "b", "c"];
    const each = board();
    // What the hub has, and what it is asked while it has not answered.
    const hub = new Map(Array.from({ length: 12 }, () => deal(stages[chance(3)])).map((one) => [one.id, one]));
    for (const one of hub.values()) each.put(one);
    const asked = new Map();
    for (let turn = 0; turn < 3_000; turn += 1) {
        const id = [...hub.keys()][chance(hub.size)];
        const now = hub.get(id);
        if (chance(3) === 0) hub.set(id, { ...now, version: now.version + 1, stage: stages[chance(3)], amount: chance(500), state: chance(9) === 0 ? "won" : "open" });
        else if (chance(2) === 0) {
            const stage = stages[chance(3)];
            const was = each.move(id, stage);
            if (was) asked.set(id, { was, stage });
        } else if (asked.has(id)) {
            const { was, stage } = asked.get(id);
            asked.delete(id);
            if (was.version === now.version) {
                hub.set(id, { ...now, version: now.version + 1, stage });
                each.settle(hub.get(id));
            } else if (chance(4) === 0) each.refuse(id);
            else each.refuse(id, now);
        } else each.put(now);
        const shown = stages.flatMap((stage) => each.cards(stage));
        assert.equal(new Set(shown.map((one) => one.id)).size, shown.length);
        for (const stage of stages) {
            const cards = each.cards(stage);
            assert.ok(cards.every((card) => card.stage === stage));
            assert.equal(each.total(stage).count, cards.length);
            assert.equal(each.total(stage).sums[0]?.amount ?? 0, cards.reduce((sum, { amount }) => sum + amount, 0));
        }
    }
    for (const [id] of asked) each.refuse(id, hub.get(id));
    for (const one of hub.values()) each.put(one);
    for (const one of hub.values()) assert.equal(each.find(one.id)?.stage ?? null, one.state === "open" ? one.stage : null);
});
