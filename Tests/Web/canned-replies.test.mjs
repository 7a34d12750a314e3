import assert from "node:assert/strict";
import { test } from "node:test";
import { CannedReplies, matching } from "../../web/staff/canned-replies.js";

const reply = (shortcut, text_ar, text_en = null) => ({ id: `a_${shortcut}`, shortcut, text_ar, text_en });

const replies = [
    reply("hello", null, "Hello"),
    reply("help", "كيف أساعدك؟", "How can I help?"),
    reply("أهلا", "أهلاً بك"),
    reply("شحن", "سيصلك الطلب إلى المدينة"),
];

const shortcuts = (query) => matching(replies, query).map(({ shortcut }) => shortcut);

test("what begins with it comes first, and Arabic before English", () => {
    assert.deepEqual(shortcuts("hel"), ["help", "hello"]);
    assert.deepEqual(shortcuts("HELLO"), ["hello"]);
    assert.deepEqual(shortcuts("").slice(-1), ["hello"], "without Arabic comes last");
    assert.deepEqual(shortcuts("nothing"), []);
});

test("any spelling of Arabic finds it, also in the text", () => {
    assert.deepEqual(shortcuts("اهل"), ["أهلا"]);
    assert.deepEqual(shortcuts("المدينه"), ["شحن"]);
    assert.equal(matching(replies, "help")[0].text, "كيف أساعدك؟", "Arabic is shown where there is some");
    assert.equal(matching(replies, "hello")[0].text, "Hello");
});

test("the list is loaded once a minute, and again after a failure", async () => {
    let [asked, now, fails] = [0, 0, false];
    const rest = {
        cannedReplies: async () => {
            asked += 1;
            if (fails) throw new Error("away");
            return replies;
        },
    };
    const shelf = new CannedReplies(rest, () => now);
    await shelf.find("");
    await shelf.find("h");
    assert.equal(asked, 1);
    now = 61_000;
    fails = true;
    await assert.rejects(shelf.find("h"));
    fails = false;
    assert.equal((await shelf.find("help")).length, 1);
    assert.equal(asked, 3);
});
