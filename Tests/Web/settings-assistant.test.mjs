import assert from "node:assert/strict";
import { test } from "node:test";
import { EventReader } from "../../web/settings/assistant/event-reader.js";
import { oneParagraph } from "../../web/settings/assistant/instructions.js";
import { textDiff } from "../../web/settings/assistant/text-diff.js";
import { budgetsOf, dayIn, dayLater, eachDay, sumsOf } from "../../web/settings/assistant/usage-sums.js";
import { bodyOf, valuesOf } from "../../web/settings/knowledge/article-fields.js";

test("events are read wherever their bytes are parted", () => {
    const text = ': here\n\nevent: delta\ndata: {"t":"مر"}\n\nevent: done\r\ndata: a\r\ndata:b\r\n\r\ndata\n\nevent: left\n';
    const expected = [
        { name: "delta", data: '{"t":"مر"}' },
        { name: "done", data: "a\nb" },
        { name: "message", data: "" },
    ];
    for (let cut = 0; cut <= text.length; cut += 1) {
        const reader = new EventReader();
        assert.deepEqual([...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut))], expected, `cut at ${cut}`);
    }
    const reader = new EventReader();
    assert.deepEqual([...text].flatMap((letter) => reader.push(letter)), expected, "letter by letter");
});

test("two texts are laid against each other word by word", () => {
    const pieces = textDiff("كن لطيفًا وموجزًا دائمًا", "كن لطيفًا ومفصلًا دائمًا");
    assert.deepEqual(pieces, [
        { kind: "same", text: "كن لطيفًا " },
        { kind: "gone", text: "وموجزًا" },
        { kind: "new", text: "ومفصلًا" },
        { kind: "same", text: " دائمًا" },
    ]);
    assert.deepEqual(textDiff("", ""), []);
    assert.deepEqual(textDiff("a", "a"), [{ kind: "same", text: "a" }]);
    assert.deepEqual(textDiff("", "a b"), [{ kind: "new", text: "a b" }]);
    const words = ["ا", "ب", "ج", " ", "\n"];
    let seed = 1;
    const some = () => Array.from({ length: 12 }, () => words[(seed = (seed * 48_271) % 2_147_483_647) % words.length]).join(" ");
    for (let round = 0; round < 200; round += 1) {
        const [before, after] = [some(), some()];
        const found = textDiff(before, after);
        const without = (kind) => found.filter((piece) => piece.kind !== kind).map(({ text }) => text).join("");
        assert.equal(without("new"), before);
        assert.equal(without("gone"), after);
        assert.ok(found.every((piece, index) => piece.kind !== found[index + 1]?.kind), "neighbours differ");
    }
    const long = "كلمة ".repeat(3_000);
    assert.deepEqual(textDiff(long, `${long}أخرى`).map(({ kind }) => kind), ["gone", "new"], "what is too long is shown whole");
    assert.equal(oneParagraph(" كن لطيفًا \n\n وموجزًا\n"), "كن لطيفًا وموجزًا");
});

const spent = (tokens, micros = 0, answers = 0) => ({ tokens, cost_micros: micros, answers });
const usageDay = (day, tokens, micros, currency = "USD", purposes = { answer: spent(tokens, micros, 1) }) => ({
    day,
    currency,
    total: spent(tokens, micros, 1),
    purposes,
});

test("days of the shop are counted where the shop is", () => {
    const at = Date.UTC(2026, 10, 22, 22, 30);
    assert.equal(dayIn("Asia/Riyadh", at), "2026-11-23");
    assert.equal(dayIn("UTC", at), "2026-11-22");
    assert.equal(dayLater("2026-02-28", 1), "2026-03-01");
    assert.equal(dayLater("2026-01-01", -1), "2025-12-31");
    const days = eachDay([usageDay("2026-11-02", 10, 5)], "2026-11-01", "2026-11-03");
    assert.deepEqual(days.map(({ day, tokens }) => [day, tokens]), [["2026-11-01", 0], ["2026-11-02", 10], ["2026-11-03", 0]]);
    assert.deepEqual(eachDay([], "2026-11-03", "2026-11-01"), []);
    assert.equal(eachDay([], "2020-01-01", "2026-01-01").length, 366, "no more than a chart can show");
});

test("what the model took is added up, money by its currency", () => {
    const { tokens, answers, costs, purposes } = sumsOf([
        usageDay("2026-11-01", 10, 5),
        usageDay("2026-11-02", 20, 7, "SAR", { playground: spent(15), answer: spent(5) }),
        usageDay("2026-11-03", 1, 0, null, { translation: spent(1) }),
    ]);
    assert.deepEqual([tokens, answers], [31, 3]);
    assert.deepEqual(costs, [{ currency: "USD", micros: 5 }, { currency: "SAR", micros: 7 }]);
    assert.deepEqual(purposes.map(({ purpose, tokens: n }) => [purpose, n]), [["answer", 15], ["playground", 15], ["translation", 1]]);
    assert.deepEqual(sumsOf([]), { tokens: 0, answers: 0, costs: [], purposes: [] });
});

test("budgets that there are say how far they are used", () => {
    const bounds = new Map([
        ["assistant.currency", "USD"],
        ["assistant.day_budget_tokens", 100],
        ["assistant.day_budget_micros", 0],
        ["assistant.month_budget_micros", 10],
    ]);
    const month = [usageDay("2026-11-01", 80, 30, "SAR"), usageDay("2026-11-21", 10, 4), usageDay("2026-11-22", 250, 1)];
    assert.deepEqual(budgetsOf(bounds, month, "2026-11-22"), [
        { period: "day", unit: "tokens", used: 250, bound: 100, share: 100 },
        { period: "month", unit: "micros", used: 5, bound: 10, share: 50 },
    ]);
    assert.deepEqual(budgetsOf(new Map(), month, "2026-11-22"), []);
});

test("an article travels without what is empty", () => {
    const article = { title: "ا", body: "ب", language: "ar", audience: "staff", url: null, tags: ["ضمان", "x"], state: "draft" };
    const values = valuesOf(article);
    assert.deepEqual(values, { title: "ا", body: "ب", language: "ar", audience: "staff", url: "", tags: "ضمان، x" });
    assert.deepEqual(bodyOf({ url: " ", tags: "" }), { url: null, tags: [] });
    assert.deepEqual(bodyOf(values).tags, ["ضمان", "x"]);
});
