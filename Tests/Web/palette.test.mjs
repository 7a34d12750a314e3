import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../../web/staff/command-palette.js";
import { commandOf, keyNameOf } from "../../web/staff/shortcuts.js";

const press = (code, more = {}) => ({ code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });
const idle = { areSingleKeysOn: true, isWriting: false };

test("a key is where it lies, whatever the layout writes with it", () => {
    assert.equal(commandOf(press("KeyJ", { key: "ت" }), idle), "next");
    assert.equal(commandOf(press("KeyE", { key: "ث" }), idle), "resolve");
    assert.equal(commandOf(press("KeyZ"), idle), null);
    assert.deepEqual(["next", "search", "palette", "nothing"].map(keyNameOf), ["J", "/", null, null]);
});

test("keys rest while somebody writes, and when they are turned off", () => {
    assert.equal(commandOf(press("KeyE"), { ...idle, isWriting: true }), null);
    assert.equal(commandOf(press("KeyE"), { ...idle, areSingleKeysOn: false }), null);
    for (const more of [{ altKey: true }, { shiftKey: true }, { repeat: true }, { isComposing: true }, { ctrlKey: true }]) {
        assert.equal(commandOf(press("KeyE", more), idle), null, JSON.stringify(more));
    }
});

test("the palette opens from everywhere", () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }]) {
        assert.equal(commandOf(press("KeyK", more), { areSingleKeysOn: false, isWriting: true }), "palette");
        assert.equal(commandOf(press("KeyK", { ...more, shiftKey: true }), idle), null);
    }
});

test("commands are found by all their words, in any spelling", () => {
    const commands = [{ label: "إنهاء" }, { label: "أحمد", hint: "الوارد" }, { label: "المحادثة التالية" }, { label: "تالية أحمد" }];
    const found = (query) => find(commands, query).map(({ label }) => label);
    assert.deepEqual(found(""), commands.map(({ label }) => label));
    assert.deepEqual(found("انهاء"), ["إنهاء"]);
    assert.deepEqual(found("احمد الوارد"), ["أحمد"]);
    assert.deepEqual(found("تاليه"), ["تالية أحمد", "المحادثة التالية"]);
    assert.deepEqual(found("لا شيء"), []);
});
