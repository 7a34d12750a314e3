import assert from "node:assert/strict";
import { test } from "node:test";
import { matches, InboxModel } from "../../web/staff/inbox-model.js";
import { formatter, initials } from "../../web/ui/format.js";
import { tokenize } from "../../web/ui/rich-text.js";
import { layOut } from "../../web/ui/rows.js";

const conversation = (room, at, fields = {}) => ({
    ev: "conv",
    room,
    side: `s${room}`,
    at,
    state: "open",
    assignee: null,
    unread: 0,
    ...fields,
});

test("a language has its name, and what is none stands as it is", () => {
    const { language } = formatter({ locale: "ar-SA-u-nu-latn", t: (key) => key });
    assert.equal(language("ar"), "العربية");
    assert.match(language("en-GB"), /الإنجليزية/);
    assert.equal(language("<b>??"), "<b>??");
});

test("the inbox takes summaries in any order and lists the latest change first", () => {
    const model = new InboxModel();
    model.upsert(conversation("a", "2026-11-21T08:00:00.000Z", { unread: 2 }));
    model.upsert(conversation("b", "2026-11-21T09:00:00.000Z", { state: "resolved", unread: 1 }));
    assert.equal(model.upsert(conversation("a", "2026-11-21T07:00:00.000Z")), false, "older than what is known");
    assert.deepEqual(
        model.list("all").map(({ room }) => room),
        ["b", "a"],
    );
    assert.deepEqual(
        model.list("open").map(({ room }) => room),
        ["a"],
    );
    assert.equal(model.get("sb").room, "b");
    assert.equal(model.unread, 2);
});

test("the filters are those of the protocol", () => {
    const mine = conversation("a", "", { assignee: { kind: "user", id: "u_1", name: "نورة" } });
    assert.equal(matches(mine, "mine", "u_1"), true);
    assert.equal(matches(mine, "mine", "u_2"), false);
    assert.equal(matches(mine, "unassigned", "u_1"), false);
    assert.equal(matches(conversation("b", ""), "unassigned", "u_1"), true);
    assert.equal(matches(mine, "snoozed", "u_1"), false);
});

test("codes, numbers and links stand apart from the sentence", () => {
    const pieces = (text) =>
        tokenize(text)
            .filter(({ kind }) => kind !== "text")
            .map(({ kind, text: value }) => `${kind}:${value}`);
    assert.deepEqual(pieces("رقم طلبي TC-2041-88 ولم يصل"), ["code:TC-2041-88"]);
    assert.deepEqual(pieces("اتصل على +966 50 123 4567 الآن"), ["code:+966 50 123 4567"]);
    assert.deepEqual(pieces("انظر https://a.example/x?y=1، شكرًا"), ["link:https://a.example/x?y=1"]);
    assert.deepEqual(pieces("sara@example.com"), ["code:sara@example.com"]);
    assert.deepEqual(pieces("javascript:alert(1) <b>لا</b>"), []);
    assert.equal(
        tokenize("أ TC-1 ب #99")
            .map(({ text }) => text)
            .join(""),
        "أ TC-1 ب #99",
    );
});

test("initials skip the Arabic article and do not join", () => {
    assert.equal(initials("نورة العتيبي"), "ن\u200cع");
    assert.equal(initials("Lina Haddad"), "L\u200cH");
    assert.equal(initials("  "), "");
});

test("rows group by author, minute and day", () => {
    const room = { isMine: ({ by }) => by.id === "me" };
    const row = (id, at, kind = "message") => ({
        key: at,
        kind,
        item: { at, by: { kind: "staff", id, name: id } },
        room,
        isNote: false,
    });
    const rows = layOut(
        [
            row("a", "2026-11-21T08:00:00.000Z"),
            row("a", "2026-11-21T08:01:00.000Z"),
            row("b", "2026-11-21T08:02:00.000Z"),
            row("b", "2026-11-21T08:30:00.000Z"),
            row("b", "2026-11-23T08:31:00.000Z"),
        ],
        (at) => at.slice(0, 10),
    );
    assert.deepEqual(
        rows.map(({ day, opens, closes }) => [day, opens, closes].map(Number).join("")),
        ["110", "001", "011", "011", "111"],
    );
});
