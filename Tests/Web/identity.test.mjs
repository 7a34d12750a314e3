import assert from "node:assert/strict";
import { test } from "node:test";
import { StaffIdentity } from "../../web/sdk/identity.js";
import { Rest } from "../../web/sdk/rest.js";
import { SafeStorage } from "../../web/sdk/storage.js";
import { FakeClock } from "./support/fake-clock.mjs";

/** An auth server whose refresh tokens work exactly once, and browser windows that share a storage. */
class World {
    clock = new FakeClock();
    refreshes = 0;
    isRevoked = false;
    isUnreachable = false;
    #current = 0;
    #items = new Map();
    #queue = Promise.resolve();

    fetch = async (url, { body, headers }) => {
        if (this.isUnreachable) throw new TypeError("network down");
        const answer = (status, value) => new Response(JSON.stringify(value), { status });
        if (url.endsWith("/auth/login")) return answer(200, this.#session());
        if (url.endsWith("/auth/refresh")) {
            this.refreshes += 1;
            const isCurrent = JSON.parse(body).refresh_token === `r${this.#current}`;
            if (!isCurrent) this.isRevoked = true;
            return this.isRevoked ? answer(401, { code: "unauthorized" }) : answer(200, this.#session());
        }
        const isCurrent = headers.Authorization === `Bearer a${this.#current}`;
        return isCurrent ? answer(200, { id: "u_1" }) : answer(401, { code: "unauthorized" });
    };

    /** Makes the access token useless before its time, as a restarted hub with a new key does. */
    expireEarly() {
        this.#items.set(
            "hub:https://hub.test:staff",
            this.#items.get("hub:https://hub.test:staff").replace(/"access":"a\d+"/, '"access":"stale"'),
        );
    }

    window() {
        const storage = new SafeStorage({
            getItem: (key) => this.#items.get(key) ?? null,
            setItem: (key, value) => this.#items.set(key, value),
            removeItem: (key) => this.#items.delete(key),
        });
        const locks = { request: (_name, task) => (this.#queue = this.#queue.then(task, task)) };
        const rest = new Rest("https://hub.test", { fetch: this.fetch, token: (options) => identity.token(options) });
        const identity = new StaffIdentity("https://hub.test", storage, { rest, clock: this.clock, locks });
        return { identity, rest };
    }

    #session() {
        this.#current += 1;
        const [access_token, refresh_token] = [`a${this.#current}`, `r${this.#current}`];
        return {
            access_token,
            refresh_token,
            token_type: "Bearer",
            expires_in: 900,
            user: { id: "u_1", name: "نورة" },
        };
    }
}

test("a token is used until a minute before its end, then refreshed", async () => {
    const world = new World();
    const { identity } = world.window();
    await identity.signIn("a@b.sa", "secret");
    await world.clock.advance(839_000);
    assert.equal(await identity.token(), "a1");
    await world.clock.advance(2_000);
    assert.equal(await identity.token(), "a2");
    assert.equal(identity.user.id, "u_1");
});

test("windows that need a token at once use one refresh between them", async () => {
    const world = new World();
    const windows = [world.window(), world.window(), world.window()];
    await windows[0].identity.signIn("a@b.sa", "secret");
    await world.clock.advance(900_000);
    const tokens = await Promise.all(windows.flatMap(({ identity }) => [identity.token(), identity.token()]));
    assert.deepEqual(new Set(tokens), new Set(["a2"]));
    assert.equal(world.refreshes, 1);
    assert.equal(world.isRevoked, false);
});

test("a request that is turned away is asked again once, with a newer token", async () => {
    const world = new World();
    const { identity, rest } = world.window();
    await identity.signIn("a@b.sa", "secret");
    world.expireEarly();
    assert.deepEqual(await rest.me(), { id: "u_1" });
    assert.equal(world.refreshes, 1);
});

test("a revoked session ends; an unreachable hub ends nothing", async () => {
    const world = new World();
    const { identity } = world.window();
    await identity.signIn("a@b.sa", "secret");
    await world.clock.advance(900_000);
    world.isUnreachable = true;
    await assert.rejects(identity.token(), { code: "network" });
    assert.equal(identity.user.id, "u_1");
    Object.assign(world, { isUnreachable: false, isRevoked: true });
    await assert.rejects(identity.token(), { code: "unauthorized" });
    assert.equal(identity.user, null);
});
