import assert from "node:assert/strict";
import { test } from "node:test";
import { idsIn, matching, namesIn, queryAt } from "../../web/ui/mention-text.js";
import { markedIn } from "../../web/staff/mention-field.js";
import { MentionModel } from "../../web/staff/mention-model.js";
import { placeOf } from "../../web/staff/mentions.js";
import { textBody } from "../../web/sdk/writer.js";

const sara = { id: "u_1", name: "سارة" };
const saraAhmad = { id: "u_2", name: "سارة أحمد" };
const omar = { id: "u_3", name: "Omar Al-Ali" };
const evil = { id: "u_4", name: "<b>$&.*" };
const people = [sara, saraAhmad, omar, evil];

const called = (text, who = people) => namesIn(text, who).map(({ from, to, person }) => [text.slice(from, to), person.id]);

test("names are found where they begin a word, and of two the longer one", () => {
    assert.deepEqual(called("@سارة أحمد شوفي"), [["@سارة أحمد", "u_2"]]);
    assert.deepEqual(called("@سارة، و@Omar Al-Ali"), [["@سارة", "u_1"]]);
    assert.deepEqual(called("(@Omar Al-Ali) «@سارة»"), [["@Omar Al-Ali", "u_3"], ["@سارة", "u_1"]]);
    assert.deepEqual(called("line\n@سارة"), [["@سارة", "u_1"]]);
    assert.deepEqual(called("a@سارة mail@Omar Al-Ali @سارةx @سار @"), []);
    assert.deepEqual(called("@<b>$&.*!"), [["@<b>$&.*", "u_4"]]);
    assert.deepEqual(called("@"), []);
    assert.deepEqual(called("@x", [{ id: "u_9", name: "" }, { id: "u_8" }]), []);
});

test("each is mentioned once; of equal names the first one is meant", () => {
    assert.deepEqual(idsIn("@سارة و @سارة", people), ["u_1"]);
    assert.deepEqual(idsIn("@سارة", [{ id: "u_7", name: "سارة" }, sara]), ["u_7"]);
});

test("what is typed after an @ is looked for, until the name is complete", () => {
    const at = (text, caret = text.length) => queryAt(text, caret, people);
    assert.deepEqual(at("@"), { query: "", from: 0 });
    assert.deepEqual(at("شكرا @سا"), { query: "سا", from: 5 });
    assert.deepEqual(at("@omar al"), { query: "omar al", from: 0 });
    assert.deepEqual(at("@سارة"), { query: "سارة", from: 0 });
    assert.deepEqual(at("@سارة أحمد وأيضا", 3), { query: "سا", from: 0 });
    for (const text of ["", "سارة", "a@b.com", "@ سارة", "@سارة ", "@سارة أحمد ثم", "@a\nb", `@${"a".repeat(41)}`]) {
        assert.equal(at(text), null, text);
    }
    assert.equal(queryAt("@سارة", 0, people), null);
});

test("any spelling finds a name, by its beginning or by another part", () => {
    const found = (query) => matching(people, query).map(({ id }) => id);
    assert.deepEqual(found("ساره"), ["u_1", "u_2"]);
    assert.deepEqual(found("احمد"), ["u_2"]);
    assert.deepEqual(found("OMAR "), ["u_3"]);
    assert.deepEqual(found("al-"), ["u_3"]);
    assert.deepEqual(found("nobody"), []);
    assert.equal(matching(Array.from({ length: 30 }, (_, n) => ({ id: n, name: `N${n}` })), "").length, 8);
});

const mention = (seq, more = {}) => ({ room: "r_1", conversation: null, seq, event: seq, unread: true, ...more });

test("what is read leaves, whatever comes first", () => {
    const model = new MentionModel();
    assert.equal(model.take(mention(3)), true);
    assert.equal(model.take(mention(3)), false, "it is news once");
    assert.equal(model.read("r_2", 9), false);
    assert.equal(model.read("r_1", 2), false);
    assert.equal(model.count, 1);
    assert.equal(model.read("r_1", 3), true);
    assert.equal(model.count, 0);
    assert.equal(model.take(mention(3)), false, "late news of what was read here");
    assert.equal(model.take(mention(4, { unread: false })), false);
    assert.equal(model.take(mention(3, { event: 7 })), true, "an edit mentions anew");
    model.read("r_1", 1);
    assert.equal(model.take(mention(2)), false, "a marker only rises");
});

test("the hub's list takes the place of what was known before it was asked", () => {
    const model = new MentionModel();
    model.take(mention(1));
    const turn = model.begin();
    model.take(mention(2));
    model.replace([mention(5)], turn);
    assert.equal(model.count, 2);
    model.replace([], model.begin());
    assert.equal(model.count, 0);
});

test("a note counts for its conversation", () => {
    const model = new MentionModel();
    model.take(mention(1, { room: "r_side", conversation: "r_main" }));
    model.take(mention(1));
    assert.deepEqual([model.has("r_side"), model.has("r_main"), model.concerns("r_main"), model.concerns("r_x")], [true, false, true, false]);
    assert.deepEqual([model.count, model.inNotes], [2, 1]);
    model.clear();
    assert.equal(model.count, 0);
});

test("a place has a name", () => {
    const t = (key, values) => (values ? `${key} ${values.name}` : key);
    const team = { get: (id) => (id === "r_1" ? { id } : undefined), titleOf: () => "هند" };
    const of = (each) => placeOf(each, { t, team }, ({ name }) => name);
    assert.equal(of(mention(1, { conversation: "r_2", customer: { name: "نورة" } })), "mentions.note نورة");
    assert.equal(of(mention(1, { title: "التشغيل" })), "التشغيل");
    assert.equal(of(mention(1, { title: "" })), "هند");
    assert.equal(of(mention(1, { title: "", room: "r_9" })), "mentions.direct");
});

test("what is not sent yet is marked as well, and oneself stands out", () => {
    const marked = (mentions, me) => markedIn({ text: "@سارة و @Omar Al-Ali", mentions }, people, me).map(({ person }) => [person.id, person.isMe]);
    assert.deepEqual(marked(["u_1", "u_9"], "u_1"), [["u_1", true]]);
    assert.deepEqual(marked([sara, omar], "u_2"), [["u_1", false], ["u_3", false]]);
    assert.deepEqual(marked(undefined, "u_1"), []);
});

test("a text without mentions is sent as it always was", () => {
    assert.deepEqual(textBody("a"), { text: "a" });
    assert.deepEqual(textBody("a", []), { text: "a" });
    assert.deepEqual(textBody("a", ["u_1"]), { text: "a", mentions: ["u_1"] });
});
