import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import settings from "../../web/i18n/settings.js";
import { bodyOf as labelBody } from "../../web/settings/desk/label.js";
import { commented, sumsOf } from "../../web/settings/desk/rating-sums.js";
import { bodyOf as replyBody } from "../../web/settings/desk/reply.js";
import { filledWith, VARIABLES, written } from "../../web/settings/desk/reply-variables.js";

const page = (name) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");

test("a canned reply is filled in as the hub fills it in", () => {
    const documented = page("routing.md").match(/Variables stand in double braces: ([^\n]+)/)[1];
    assert.deepEqual(
        [...documented.split("A name that")[0].matchAll(/\{\{([a-z._]+)\}\}/g)].map(([, name]) => name),
        VARIABLES,
    );
    for (const name of VARIABLES) {
        for (const words of [settings.ar, settings.en]) {
            assert.ok(words[`replies.variable.${name}`] && words[`replies.sample.${name}`], name);
        }
    }
    const sample = (name) => `<${name}>`;
    assert.deepEqual(filledWith("أهلًا {{ contact.name }}! {x} {{nobody}} {{", sample), [
        { kind: "text", text: "أهلًا " },
        { kind: "value", text: "<contact.name>" },
        { kind: "text", text: "! {x} " },
        { kind: "unknown", text: "{{nobody}}" },
        { kind: "text", text: " {{" },
    ]);
    assert.deepEqual(filledWith(written("shop.name"), sample), [{ kind: "value", text: "<shop.name>" }]);
    assert.deepEqual(filledWith("", sample), []);
    assert.deepEqual(replyBody({ shortcut: " /ترحيب ", text_ar: "ا\n", text_en: " ", team: null }), {
        shortcut: "ترحيب",
        text_ar: "ا\n",
        text_en: null,
        team: null,
    });
    assert.deepEqual(replyBody({ team: "t_1" }), { team: "t_1" });
    assert.deepEqual(labelBody({ name_ar: " عاجل ", name_en: " " }), { name_ar: "عاجل", name_en: null });
    assert.deepEqual(labelBody({ color: "#b3261e" }), { color: "#b3261e" });
});

test("ratings are counted by their scores", () => {
    const rating = (score, comment = null) => ({ score, comment });
    const { n, average, scores } = sumsOf([rating(5, "ا"), rating(5), rating(2, "ب")]);
    assert.deepEqual([n, average], [3, 4]);
    assert.deepEqual(scores.map(({ score, n: count, share }) => [score, count, share]), [[5, 2, 67], [4, 0, 0], [3, 0, 0], [2, 1, 33], [1, 0, 0]]);
    assert.equal(commented([rating(5, "ا"), rating(5)]), 1);
    assert.deepEqual(sumsOf([]).average, null);
});
