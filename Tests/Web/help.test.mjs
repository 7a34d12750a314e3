import assert from "node:assert/strict";
import { test } from "node:test";
import { HelpBook } from "../../web/sdk/help.js";
import { HubError } from "../../web/sdk/errors.js";

/** A connection whose replies the test gives. */
class Link {
    asked = [];
    request(frame) {
        return new Promise((resolve, reject) => this.asked.push({ frame, resolve, reject }));
    }
    get cancelled() {
        return this.asked.filter(({ frame }) => frame.op === "cancel").map(({ frame }) => frame.help);
    }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function begun() {
    const link = new Link();
    const book = new HelpBook(async () => link);
    const help = book.begin({ room: "r_1", kind: "reply" });
    await settled();
    return { link, book, help };
}

test("a text grows, and its end is the whole of it", async () => {
    const { link, book, help } = await begun();
    assert.deepEqual(link.asked[0].frame, { op: "help", room: "r_1", kind: "reply" });
    link.asked[0].resolve({ help: "h_1" });
    await settled();
    let changes = 0;
    help.addEventListener("change", () => (changes += 1));
    book.receive({ ev: "help", help: "h_1", off: 0, t: "مر" });
    assert.deepEqual([help.state, help.text], ["writing", "مر"]);
    // A piece was lost: nothing more is shown until the end.
    book.receive({ ev: "help", help: "h_1", off: 6, t: "با" });
    assert.equal(help.text, "مر");
    book.receive({ ev: "help", help: "h_1", off: 0, t: "مرحبا", state: "done", missing: ["50"] });
    assert.deepEqual([help.state, help.text, help.missing, help.isOver], ["done", "مرحبا", ["50"], true]);
    assert.equal(changes, 3);
    book.receive({ ev: "help", help: "h_1", off: 0, t: "x" });
    assert.equal(help.text, "مرحبا");
});

test("what comes in one batch with the name is not lost", async () => {
    const { link, book, help } = await begun();
    link.asked[0].resolve({ help: "h_1" });
    book.receive({ ev: "help", help: "h_9", off: 0, t: "another" });
    book.receive({ ev: "help", help: "h_1", off: 0, t: "a" });
    book.receive({ ev: "help", help: "h_1", off: 0, t: "ab", state: "done" });
    await settled();
    assert.deepEqual([help.state, help.text], ["done", "ab"]);
});

test("stopping keeps the text so far and tells the hub", async () => {
    const { link, book, help } = await begun();
    link.asked[0].resolve({ help: "h_1" });
    await settled();
    book.receive({ ev: "help", help: "h_1", off: 0, t: "a" });
    help.stop();
    help.stop();
    assert.deepEqual([help.state, help.text, link.cancelled], ["cancelled", "a", ["h_1"]]);
    book.receive({ ev: "help", help: "h_1", off: 1, t: "b" });
    assert.equal(help.text, "a");
});

test("stopping before the hub has named it ends it as soon as it has", async () => {
    const { link, help } = await begun();
    help.stop();
    assert.deepEqual(link.cancelled, []);
    link.asked[0].resolve({ help: "h_1" });
    await settled();
    assert.deepEqual(link.cancelled, ["h_1"]);
});

test("a refusal, a failure and a lost connection say why", async () => {
    const refused = await begun();
    refused.link.asked[0].reject(new HubError("rate_limited", "slow down"));
    await settled();
    assert.deepEqual([refused.help.state, refused.help.error.code], ["failed", "rate_limited"]);

    for (const end of ["event", "drop"]) {
        const { link, book, help } = await begun();
        link.asked[0].resolve({ help: "h_1" });
        await settled();
        book.receive({ ev: "help", help: "h_1", off: 0, t: "half" });
        if (end === "drop") book.dropped();
        else book.receive({ ev: "help", help: "h_1", state: "failed", err: { code: "unavailable", msg: "m" } });
        assert.deepEqual([help.state, help.text], ["failed", ""]);
        assert.equal(help.error.code, end === "drop" ? "offline" : "unavailable");
    }
});
