import assert from "node:assert/strict";
import { test } from "node:test";
import { areaUnder, barsOf, lineThrough, pointsOf } from "../../web/ui/chart-geometry.js";

const box = { width: 100, height: 50, pad: 0, min: 0, max: 100 };
const places = (points) => points.map(({ x, y }) => [x, y]);

test("points stand along the line of reading, the newest at its end", () => {
    assert.deepEqual(places(pointsOf([0, 50, 100], box)), [[0, 50], [50, 25], [100, 0]]);
    assert.deepEqual(places(pointsOf([0, 50, 100], { ...box, isRtl: true })), [[100, 50], [50, 25], [0, 0]]);
});

test("nothing, one, equal and wild values have their place", () => {
    assert.deepEqual(pointsOf([], box), []);
    assert.deepEqual(pointsOf([null], box), []);
    assert.deepEqual(places(pointsOf([40], box)), [[50, 30]]);
    assert.deepEqual(places(pointsOf([7, 7], { ...box, min: undefined, max: undefined })), [[0, 25], [100, 25]]);
    assert.deepEqual(places(pointsOf([-5, 900], box)), [[0, 50], [100, 0]], "what is beyond stays in the box");
});

test("what was not measured breaks the line", () => {
    const points = pointsOf([10, null, 20, 30], box);
    assert.equal(points.length, 3);
    assert.equal(lineThrough(points), "M0 45M66.7 40L100 35");
    assert.match(areaUnder(points, 50), /^M0 45L66\.7 40L100 35L100 50L0 50Z$/);
    assert.equal(areaUnder(points.slice(0, 1), 50), "");
});

test("bars share the width, and nothing is a bar without height", () => {
    const bars = barsOf([0, 2, 4], { width: 90, height: 40, gap: 0 });
    assert.deepEqual(bars.map(({ x, y, width, height }) => [x, y, width, height]), [[0, 40, 30, 0], [30, 20, 30, 20], [60, 0, 30, 40]]);
    const mirrored = barsOf([0, 2, 4], { width: 90, height: 40, gap: 0, isRtl: true });
    assert.deepEqual(mirrored.map(({ x }) => x), [60, 30, 0]);
    assert.deepEqual(barsOf([0, 0], { width: 10, height: 10 }).map(({ height }) => height), [0, 0]);
});
