import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf } from "../../web/staff/choices-dialog.js";
import { fill, Templates } from "../../web/staff/templates.js";
import { targetsOf } from "../../web/staff/transfer-dialog.js";

const form = (entries) => {
    const data = new FormData();
    for (const [name, value] of entries) data.append(name, value);
    return data;
};

test("choices become a body, without what was left empty", () => {
    const buttons = [["text", " هل وصلك؟ "], ["kind", "buttons"], ["title", "نعم"], ["title", "  "], ["title", "لا"]];
    assert.deepEqual(bodyOf(form(buttons)), {
        text: "هل وصلك؟",
        buttons: [
            { id: "1", title: "نعم" },
            { id: "3", title: "لا" },
        ],
    });
    const list = [["text", "اختر"], ["kind", "list"], ["button", "البطاقات"], ["title", "50"], ["note", "ريال"]];
    assert.deepEqual(bodyOf(form(list)), {
        text: "اختر",
        list: { button: "البطاقات", sections: [{ rows: [{ id: "1", title: "50", description: "ريال" }] }] },
    });
    const link = [["text", "هنا"], ["kind", "link"], ["title", "المتجر"], ["url", "https://shop.example"]];
    assert.deepEqual(bodyOf(form(link)), { text: "هنا", link: { title: "المتجر", url: "https://shop.example" } });
    assert.equal(bodyOf(form([["text", "x"], ["kind", "buttons"], ["title", ""]])), null);
    assert.equal(bodyOf(form([["text", " "], ["kind", "buttons"], ["title", "a"]])), null);
});

test("a template shows its values, and the places that have none", () => {
    const template = { body: "مرحبا {{1}}، طلبك {{ order }} جاهز. {{1}}", parameters: ["1", "order"] };
    assert.equal(fill(template, ["هند", "A-1"]), "مرحبا هند، طلبك A-1 جاهز. هند");
    assert.equal(fill(template, ["هند", ""]), "مرحبا هند، طلبك {{ order }} جاهز. هند");
});

test("the text of a template that was sent is known once the list is", async () => {
    const known = [{ name: "hello", language: "ar", body: "مرحبا {{1}}", parameters: ["1"] }];
    const templates = new Templates({ templates: async () => known });
    const sent = { name: "hello", language: "ar", params: { body: ["هند"] } };
    assert.equal(templates.textOf(sent), null);
    await templates.load();
    assert.equal(templates.textOf(sent), "مرحبا هند");
    assert.equal(templates.textOf({ ...sent, language: "en" }), null);
});

test("a conversation is handed to teams, then to who is here and has most room", () => {
    const agent = (id, presence, capacity, load, teams = []) => ({ id, name: id, presence, capacity, load, teams, held: 1 });
    const agents = [
        agent("u_me", "online", 500, 0, ["g_1"]),
        agent("u_away", "away", 500, 0),
        agent("u_full", "online", 500, 500),
        agent("u_free", "online", 500, 100, ["g_1"]),
    ];
    const t = (key, values = {}) => [key, ...Object.values(values)].join(" ");
    const app = { t, format: { number: String } };
    const targets = targetsOf([{ id: "g_1", name_ar: "المبيعات", name_en: null }], agents, "u_me", app, "en");
    assert.deepEqual(
        targets.map(({ id, hint }) => [id, hint]),
        [
            ["g_1", "transfer.team 1 · transfer.room 4"],
            ["u_free", "presence.online · team.load 1 5"],
            ["u_full", "presence.online · team.full 5 5"],
            ["u_away", "presence.away · team.load 0 5"],
        ],
    );
});
