import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser, screen } from "./support/visitor.mjs";

const history = (client) => {
    const states = [];
    client.addEventListener("status", ({ detail }) => states.push(detail.state));
    return states;
};

test("40xx stops for good; start tries anew", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.close(4006);
    await browser.clock.advance(600_000);
    assert.equal(client.status.state, "stopped");
    assert.equal(client.status.code, 4006);
    assert.equal(browser.hub.open.length, 0);
    client.start();
    await browser.clock.advance(0);
    assert.equal(client.status.state, "live");
});

test("42xx comes back at once", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.close(4201);
    await browser.clock.advance(0);
    assert.equal(client.status.state, "live");
});

test("41xx waits with jitter", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.close(4100);
    await browser.clock.advance(999);
    assert.equal(client.status.state, "waiting");
    await browser.clock.advance(2);
    assert.equal(client.status.state, "live");
});

test("drain opens and resumes the next connection before it closes the old one", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    const states = history(client);
    const [old] = browser.hub.open;
    browser.hub.push({ ev: "drain", in_ms: 500, by_ms: 5_000 });
    await browser.clock.advance(499);
    assert.deepEqual(browser.hub.open, [old]);
    await browser.clock.advance(10);
    assert.equal(browser.hub.open.length, 1);
    assert.notEqual(browser.hub.open[0], old);
    assert.equal(old.closedWith, 1000);
    assert.deepEqual(states, ["live"], "never anything but live");
    browser.hub.say("بعد التبديل");
    await browser.clock.advance(0);
    assert.deepEqual(screen(client), ["بعد التبديل"]);
});

test("a write on the way while draining is answered by the next connection", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.losesReplies = true;
    client.send(null, { text: "في الطريق" });
    browser.hub.push({ ev: "drain", in_ms: 0, by_ms: 5_000 });
    await browser.clock.advance(100);
    browser.hub.losesReplies = false;
    await browser.clock.advance(30_000);
    assert.equal(client.unsent.length, 0);
    assert.deepEqual(screen(client), ["في الطريق"]);
    assert.equal(browser.hub.log.length, 1);
});

test("while nobody takes the next connection, the old one stays live until it is closed", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.push({ ev: "drain", in_ms: 0, by_ms: 5_000 });
    browser.hub.isDown = true;
    await browser.clock.advance(3_000);
    assert.equal(client.status.state, "live");
    browser.hub.close(4200);
    await browser.clock.advance(1_000);
    assert.notEqual(client.status.state, "live");
    browser.hub.isDown = false;
    await browser.clock.advance(30_000);
    assert.equal(client.status.state, "live");
    assert.equal(browser.hub.open.length, 1);
});

test("a link that fell silent is noticed, left and replaced", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    browser.hub.isSilent = true;
    browser.hub.say("لن تصل بعد");
    await browser.clock.advance(34_000);
    assert.notEqual(client.status.state, "live");
    browser.hub.isSilent = false;
    await browser.clock.advance(60_000);
    assert.equal(client.status.state, "live");
    assert.deepEqual(screen(client), ["لن تصل بعد"]);
});

test("a quiet link that answers its pings stays", async () => {
    const browser = new Browser();
    const client = await browser.visit();
    const states = history(client);
    const [socket] = browser.hub.open;
    await browser.clock.advance(600_000);
    assert.deepEqual(states, []);
    assert.deepEqual(browser.hub.open, [socket]);
    assert.ok(browser.hub.received.filter(({ op }) => op === "ping").length >= 20);
});
