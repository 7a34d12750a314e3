import assert from "node:assert/strict";
import { test } from "node:test";
import { mergeByAnchor } from "../../web/sdk/merge.js";

const items = [1, 2, 3].map((seq) => ({ id: `m${seq}`, seq }));
const note = (seq, anchor) => ({ id: `n${seq}`, seq, anchor });
const ids = (merged) => merged.map(({ id }) => id).join(" ");

test("a note stands right after the head it was written at", () => {
    assert.equal(ids(mergeByAnchor(items, [note(1, 0), note(2, 2), note(3, 2), note(4, 9)])), "n1 m1 m2 n2 n3 m3 n4");
    assert.equal(ids(mergeByAnchor(items, [])), "m1 m2 m3");
    assert.equal(ids(mergeByAnchor([], [note(1, 0)])), "n1");
});

test("notes older than what is loaded wait for their messages", () => {
    const loaded = [
        { id: "m8", seq: 8 },
        { id: "m9", seq: 9 },
    ];
    assert.equal(ids(mergeByAnchor(loaded, [note(1, 3), note(2, 7), note(3, 8)], 8)), "n2 m8 n3 m9");
});
