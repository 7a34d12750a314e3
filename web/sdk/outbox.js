/**
 * Writes that the hub has not acknowledged yet. Durable, in order, resent with the same `mid`.
 *
 * Each room is a lane: its writes go out one after the other, so a retry never overtakes what was
 * written later. A write that can never succeed is kept as `failed` and lets the others pass; the
 * person retries or discards it.
 *
 *     waiting ─▶ sending ─▶ (ok: gone)        sending ─▶ waiting (try again) or failed
 */
import { systemClock } from "./clock.js";
import { afterError } from "./retry.js";

export class Outbox {
    #store;
    #transmit;
    #clock;
    #random;
    #on;
    #lanes = new Map();
    #isOnline = false;
    #lastOrder = 0;

    /**
     * @param {object} options
     * @param {{all, put, remove}} options.store durable place of the entries (outbox-store.js)
     * @param {(entry: object) => Promise<{seq: number}>} options.transmit sends one entry
     * @param {{changed: (entry) => void, acknowledged: (entry, ok) => void}} options.on
     */
    constructor({ store, transmit, on, clock = systemClock, random = Math.random }) {
        this.#store = store;
        this.#transmit = transmit;
        this.#on = on;
        this.#clock = clock;
        this.#random = random;
    }

    /** Reads what an earlier visit left unsent. Entries already here stay as they are. */
    async load() {
        for (const entry of await this.#store.all()) {
            if (this.#find(entry.mid)) continue;
            this.#queue(entry.state === "failed" ? entry : { ...entry, state: "waiting" });
        }
        for (const key of this.#lanes.keys()) this.#pump(key);
    }

    /**
     * Queues a write.
     * @param {{mid: string, op: string, room: ?string}} write `room: null` is the visitor's own
     */
    add(write) {
        const now = this.#clock.now();
        const order = Math.max(this.#lastOrder + 1, now);
        const entry = { ...write, at: new Date(now).toISOString(), order, state: "waiting", tries: 0 };
        this.#store.put(entry);
        this.#queue(entry);
        this.#pump(laneOf(entry));
        return entry;
    }

    /** There is a live connection: everything that waits goes out. */
    online() {
        this.#isOnline = true;
        for (const key of this.#lanes.keys()) this.#pump(key);
    }

    offline() {
        this.#isOnline = false;
    }

    get entries() {
        return [...this.#lanes.values()].flatMap((lane) => lane.entries);
    }

    /** Changes a queued entry, e.g. when its file has been uploaded, and keeps it. */
    amend(mid, changes) {
        const found = this.#find(mid);
        if (!found) return null;
        const entry = this.#replace(found, changes);
        this.#store.put(entry);
        return entry;
    }

    /** Tries a failed write again, with the same `mid`. */
    retry(mid) {
        const found = this.#find(mid);
        if (found?.entry.state !== "failed") return;
        this.#store.put(this.#replace(found, { state: "waiting", tries: 0, error: undefined }));
        this.#pump(found.key);
    }

    /** Forgets a failed write. */
    discard(mid) {
        const found = this.#find(mid);
        if (found?.entry.state === "failed") this.#remove(found);
    }

    #queue(entry) {
        const key = laneOf(entry);
        const lane = this.#lanes.get(key) ?? { entries: [], isBusy: false, timer: null };
        this.#lastOrder = Math.max(this.#lastOrder, entry.order);
        lane.entries.push(entry);
        lane.entries.sort((a, b) => a.order - b.order);
        this.#lanes.set(key, lane);
        this.#on.changed(entry);
    }

    async #pump(key) {
        const lane = this.#lanes.get(key);
        if (!lane || !this.#isOnline || lane.isBusy || lane.timer !== null) return;
        const waiting = lane.entries.find((entry) => entry.state === "waiting");
        if (!waiting) return;
        lane.isBusy = true;
        const { mid } = waiting;
        const entry = this.#replace({ entry: waiting, lane }, { state: "sending", tries: waiting.tries + 1 });
        try {
            const ok = await this.#transmit(entry);
            const found = this.#find(mid);
            if (found) this.#remove(found);
            this.#on.acknowledged(entry, ok);
        } catch (error) {
            this.#failed(mid, error);
        }
        lane.isBusy = false;
        this.#pump(key);
    }

    #failed(mid, error) {
        const found = this.#find(mid);
        if (!found) return;
        const verdict = afterError(error, found.entry.tries, this.#random);
        switch (verdict.next) {
            case "fail":
                this.#store.put(this.#replace(found, { state: "failed", error: error.code }));
                return;
            case "retry":
                this.#replace(found, { state: "waiting" });
                this.#pauseLane(found, verdict.delayMs);
                return;
            case "wait":
                this.#isOnline = false;
                this.#replace(found, { state: "waiting", tries: 0 });
                return;
        }
    }

    #pauseLane({ lane, key }, delayMs) {
        lane.timer = this.#clock.setTimeout(() => {
            lane.timer = null;
            this.#pump(key);
        }, delayMs);
    }

    #find(mid) {
        for (const [key, lane] of this.#lanes) {
            const entry = lane.entries.find((each) => each.mid === mid);
            if (entry) return { key, lane, entry };
        }
        return null;
    }

    #replace({ lane, entry }, changes) {
        const next = { ...entry, ...changes };
        lane.entries[lane.entries.indexOf(entry)] = next;
        this.#on.changed(next);
        return next;
    }

    #remove({ lane, entry }) {
        lane.entries.splice(lane.entries.indexOf(entry), 1);
        this.#store.remove(entry.mid);
    }
}

const laneOf = (entry) => entry.room ?? "";
