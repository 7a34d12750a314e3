import assert from "node:assert/strict";
import { test } from "node:test";
import { stepsOf } from "../../web/settings/start/steps.js";

const done = (known) => stepsOf(known).filter(({ isDone }) => isDone).map(({ id }) => id);
const service = (type, source, more = {}) => ({
    type,
    enabled: true,
    configured: source !== null,
    version: 1,
    fields: [{ name: "token", source }],
    ...more,
});

test("nothing is done in a shop of which nothing is known", () => {
    assert.deepEqual(done({}), []);
    assert.equal(new Set(stepsOf({}).map(({ id }) => id)).size, 9);
});

test("a setting counts once it is no longer the standard", () => {
    const settings = [{ key: "shop.name_en", is_default: false }, { key: "hours.week", is_default: true }];
    assert.deepEqual(done({ settings }), ["shop"]);
});

test("a service counts when it is connected, wherever its values come from", () => {
    const connected = [service("whatsapp", "environment"), service("openai", "stored")];
    assert.deepEqual(done({ integrations: connected }), ["whatsapp"]);
    const missing = [service("whatsapp", null), service("openai", "stored", { enabled: false })];
    assert.deepEqual(done({ integrations: missing }), []);
});

test("an assistant is on when it has a model and answers first", () => {
    const integrations = [service("openai", "environment")];
    const step = (known) => stepsOf(known).find(({ id }) => id === "assistant");
    const answersFirst = (value) => [{ key: "assistant.answers_first", value, is_default: !value }];
    assert.deepEqual(step({ settings: answersFirst(true) }).place, ["integrations", ["openai"]], "first of all a model");
    assert.equal(step({ settings: answersFirst(true) }).isDone, false);
    assert.deepEqual(step({ integrations, settings: answersFirst(false) }).place, ["shop", ["assistant"]], "then the switch");
    assert.equal(step({ integrations, settings: answersFirst(false) }).isDone, false);
    assert.equal(step({ integrations, settings: answersFirst(true) }).isDone, true);
});

test("one person is no team", () => {
    assert.deepEqual(done({ products: 0, articles: 0, replies: 0, users: 1 }), []);
    assert.deepEqual(done({ products: 1, articles: 2, replies: 1, users: 2 }), ["products", "team", "replies", "articles"]);
});
