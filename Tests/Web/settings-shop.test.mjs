import assert from "node:assert/strict";
import { test } from "node:test";
import { HubError } from "../../web/sdk/errors.js";
import { nextSpan, rowsOf, textOf } from "../../web/settings/form/week.js";
import { bodyOf, errorOf, groupIds, groupsOf, valuesOf } from "../../web/settings/shop/values.js";

const week = {
    saturday: [],
    sunday: [
        { to: "12:00", from: "09:00" },
        { from: "16:00", to: "24:00" },
    ],
    monday: [],
    tuesday: [],
    wednesday: [],
    thursday: [{ from: "22:00", to: "02:00" }],
    friday: [],
};

test("settings are pages by the first word of their keys", () => {
    const groups = groupsOf([{ key: "new.thing" }, { key: "routing.policy" }, { key: "shop.name_ar" }, { key: "routing.asks_first" }]);
    assert.deepEqual(groupIds(groups), ["shop", "routing", "new"], "those that nobody has heard of come last");
    assert.deepEqual(groups.get("routing"), ["routing.policy", "routing.asks_first"]);
});

test("equal weeks are equal texts, however their members are ordered", () => {
    const setting = { key: "hours.week", type: "week", value: week };
    const { "hours.week": text } = valuesOf([setting]);
    assert.deepEqual(bodyOf(setting, text), week);
    assert.equal(textOf(rowsOf(text)), text, "a week that is shown and read is the same");
    const turned = Object.fromEntries(Object.entries(week).reverse());
    assert.equal(valuesOf([{ ...setting, value: turned }])["hours.week"], text);
    assert.deepEqual(valuesOf([{ key: "a", type: "integer", value: 3 }]), { a: 3 });
});

test("lines are a text, and the text is lines without what is empty", () => {
    const setting = { key: "widget.starters_ar", type: "lines", value: ["أين طلبي؟", "كم السعر؟"] };
    assert.deepEqual(valuesOf([setting]), { "widget.starters_ar": "أين طلبي؟\nكم السعر؟" });
    assert.deepEqual(bodyOf(setting, " أين طلبي؟ \r\n\n  \nكم السعر؟\n"), setting.value);
    assert.deepEqual(bodyOf(setting, ""), []);
});

test("a week is rows of times, from Sunday on", () => {
    const rows = rowsOf(JSON.stringify(week));
    assert.deepEqual(rows.map(({ spans }) => spans.length), [2, 0, 0, 0, 1, 0, 0]);
    assert.deepEqual(rows[0].spans[1], { from: "16:00", to: "00:00" }, "no box of times takes 24:00");
    assert.deepEqual(rowsOf("").map(({ spans }) => spans), Array(7).fill([]));
    assert.deepEqual(nextSpan([]), { from: "09:00", to: "17:00" });
    assert.deepEqual(nextSpan(rows[0].spans.slice(0, 1)), { from: "13:00", to: "14:00" });
    assert.deepEqual(nextSpan([{ from: "20:00", to: "23:30" }]), { from: "22:00", to: "23:00" });
});

test("what is wrong with a value is said at the field of its setting", () => {
    const refused = new HubError("invalid", "no", { status: 422, fields: [{ pointer: "#/value/friday/0", code: "range", detail: "late" }] });
    const { fields, status, code } = errorOf(refused, "hours.week");
    assert.deepEqual([status, code, fields], [422, "invalid", [{ pointer: "#/hours.week", code: "range", detail: "late" }]]);
    const stale = new HubError("stale", "");
    assert.equal(errorOf(stale, "a"), stale);
});
