import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, screen } from "./support/visitor.mjs";

const states = (client) => client.conversation.pending.map((entry) => entry.state);

test("what is written before the first connection goes out once it stands", async () => {
    const browser = new Browser();
    browser.hub.isDown = true;
    const client = await browser.visit();
    client.send(null, { text: "السلام عليكم" });
    assert.deepEqual(screen(client), ["[السلام عليكم]"]);
    browser.hub.isDown = false;
    await browser.clock.advance(60_000);
    assert.deepEqual(screen(client), ["السلام عليكم"]);
    assert.equal(browser.hub.log.length, 1);
    assert.equal(client.unsent.length, 0);
});

test("a lost reply is answered by the same mid: one event, shown once", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.losesReplies = true;
    client.send(null, { text: "مرة واحدة" });
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), ["مرة واحدة"], "the event came, so the unsent copy is gone");
    assert.equal(client.unsent.length, 1, "not acknowledged yet");
    browser.hub.losesReplies = false;
    browser.hub.close(1006);
    await browser.clock.advance(60_000);
    const mids = browser.hub.sends().map(({ mid }) => mid);
    assert.equal(mids.length, 2);
    assert.equal(new Set(mids).size, 1);
    assert.deepEqual(screen(client), ["مرة واحدة"]);
    assert.equal(client.unsent.length, 0);
});

test("unsent messages survive a reload, in order, with their mids", async () => {
    const browser = new Browser();
    const before = await browser.visit();
    browser.hub.isDown = true;
    browser.hub.close(1006);
    const mids = ["أولًا", "ثانيًا", "ثالثًا"].map((text) => before.send(null, { text }).mid);
    await browser.clock.advance(1_000);
    before.stop();
    const after = await browser.visit();
    await browser.clock.advance(10);
    assert.deepEqual(screen(after), ["[أولًا]", "[ثانيًا]", "[ثالثًا]"]);
    browser.hub.isDown = false;
    await browser.clock.advance(60_000);
    assert.deepEqual(
        browser.hub.log.map(({ mid }) => mid),
        mids,
    );
    assert.deepEqual(screen(after), ["أولًا", "ثانيًا", "ثالثًا"]);
});

test("a temporary error waits as long as the hub says and keeps the order", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.errors = [
        { code: "rate_limited", msg: "", retry_ms: 800 },
        { code: "unavailable", msg: "", retry_ms: 200 },
    ];
    client.send(null, { text: "أ" });
    client.send(null, { text: "ب" });
    await browser.clock.advance(700);
    assert.equal(browser.hub.log.length, 0);
    await browser.clock.advance(2_000);
    assert.deepEqual(screen(client), ["أ", "ب"]);
});

test("a refused message stays, lets the next pass, and is retried or discarded by hand", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.errors = [{ code: "too_large", msg: "" }];
    const { mid } = client.send(null, { text: "كبير" });
    client.send(null, { text: "صغير" });
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), ["صغير", "[كبير]"]);
    assert.deepEqual(states(client), ["failed"]);
    client.retry(mid);
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), ["صغير", "كبير"]);
    browser.hub.errors = [{ code: "too_large", msg: "" }];
    const other = client.send(null, { text: "كبير جدًا" });
    await browser.clock.advance(100);
    client.discard(other.mid);
    assert.deepEqual(screen(client), ["صغير", "كبير"]);
});

test("an answer says what its author saw, and a retry says it anew", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.errors = [{ code: "conflict", msg: "" }];
    const { mid } = client.send(null, { text: "تم", seen: 3 });
    await browser.clock.advance(60_000);
    assert.deepEqual(states(client), ["failed"]);
    client.retry(mid, { seen: 5 });
    await browser.clock.advance(60_000);
    assert.deepEqual(
        browser.hub.sends().map((frame) => [frame.mid, frame.seen]),
        [
            [mid, 3],
            [mid, 5],
        ],
    );
    assert.deepEqual(states(client), []);
});

test("it resumes after its last seq and shows what it missed, once", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.say("1");
    browser.hub.close(1006);
    browser.hub.say("2");
    browser.hub.say("3");
    await browser.clock.advance(60_000);
    const auths = browser.hub.received.filter(({ op }) => op === "auth");
    assert.deepEqual(auths.at(-1).rooms, { r_1: 1 });
    assert.deepEqual(screen(client), ["1", "2", "3"]);
});

test("a long log comes in pages until it is live", async () => {
    const browser = new Browser();
    browser.hub.pageLimit = 3;
    const texts = Array.from({ length: 10 }, (_, index) => String(index));
    for (const text of texts) browser.hub.say(text);
    const client = await browser.visit();
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), texts);
    assert.equal(client.conversation.isLive, true);
});

test("a gap and `behind` both join from the last seq", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.say("1");
    browser.hub.open[0].isLive = false;
    browser.hub.say("2");
    browser.hub.open[0].isLive = true;
    browser.hub.say("3");
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), ["1", "2", "3"]);
    browser.hub.push({ ev: "behind", room: "r_1", head: 4 });
    browser.hub.open[0].isLive = false;
    browser.hub.say("4");
    await browser.clock.advance(100);
    assert.deepEqual(screen(client), ["1", "2", "3", "4"]);
});

test("a new epoch drops what is cached and keeps what is unsent", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.say("قديم");
    browser.hub.close(1006);
    client.send(null, { text: "لم يُرسل" });
    Object.assign(browser.hub, { epoch: "e2", log: [] });
    browser.hub.say("من النسخة");
    let epochs = 0;
    client.addEventListener("epoch", () => (epochs += 1));
    await browser.clock.advance(60_000);
    assert.equal(epochs, 1);
    assert.deepEqual(screen(client), ["من النسخة", "لم يُرسل"]);
});

test("an unknown token starts anew; the unsent message goes to the new conversation", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.say("قديم");
    Object.assign(browser.hub, { token: "t_2", room: "r_2", log: [] });
    browser.hub.close(1006);
    client.send(null, { text: "مرحبًا" });
    await browser.clock.advance(60_000);
    assert.equal(client.identity.token, "t_2");
    assert.equal(client.conversation.id, "r_2");
    assert.deepEqual(screen(client), ["مرحبًا"]);
});
