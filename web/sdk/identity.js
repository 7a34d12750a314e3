/**
 * Which member of staff uses this client, and the credential that proves it.
 *
 * It is a short JWT and a refresh token that works exactly once: two windows must never use the same
 * one, so refreshing happens under a lock and starts by reading what another window may have stored.
 */
import { HubError } from "./errors.js";
import { json } from "./rest.js";

/** A token counts as used up this long before it is, or a quarter of its life if that is shorter. */
const MARGIN_MS = 60_000;

export class StaffIdentity {
    #storage;
    #key;
    #rest;
    #clock;
    #locks;

    constructor(origin, storage, { rest, clock, locks = globalThis.navigator?.locks }) {
        this.#storage = storage;
        this.#key = `hub:${origin}:staff`;
        this.#rest = rest;
        this.#clock = clock;
        this.#locks = locks;
    }

    /** The signed-in user, or null. */
    get user() {
        return this.#storage.get(this.#key)?.user ?? null;
    }

    async signIn(email, password) {
        return this.#keep(await this.#rest.call("POST", "/auth/login", json({ email, password })));
    }

    /** Signs out here at once, and revokes the session at the hub when it can be reached. */
    async signOut() {
        const kept = this.#storage.get(this.#key);
        this.#storage.remove(this.#key);
        if (!kept) return;
        await this.#rest.call("POST", "/auth/logout", json({ refresh_token: kept.refresh })).catch(() => {});
    }

    /**
     * An access token that works for a while.
     * @param {string} [refused] a token that the hub has just turned away
     * @throws {HubError} `unauthorized` when nobody is signed in; `network` and friends otherwise
     */
    async token({ refused } = {}) {
        const kept = this.#storage.get(this.#key);
        if (kept && this.#isGood(kept, refused)) return kept.access;
        return this.#locked(() => this.#refreshed(refused));
    }

    async #refreshed(refused) {
        const kept = this.#storage.get(this.#key);
        if (!kept) throw new HubError("unauthorized", "not signed in", { status: 401 });
        if (this.#isGood(kept, refused)) return kept.access;
        try {
            this.#keep(await this.#rest.call("POST", "/auth/refresh", json({ refresh_token: kept.refresh })));
        } catch (error) {
            if (error.status === 401 || error.status === 403) this.#storage.remove(this.#key);
            throw error;
        }
        return this.#storage.get(this.#key).access;
    }

    #isGood(kept, refused) {
        return kept.access !== refused && kept.goodUntil > this.#clock.now();
    }

    #keep({ access_token: access, refresh_token: refresh, expires_in: seconds, user }) {
        const lifeMs = seconds * 1_000;
        const goodUntil = this.#clock.now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 4);
        const kept = { access, refresh, user: user ?? this.user, goodUntil };
        this.#storage.set(this.#key, kept);
        return kept.user;
    }

    #locked(task) {
        return this.#locks ? this.#locks.request(this.#key, task) : task();
    }
}
