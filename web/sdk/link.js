/**
 * Keeps one live connection to the hub, whatever happens to single sockets.
 *
 *     idle ─▶ connecting ─▶ live ─▶ (closed) ─▶ waiting ─▶ connecting …      stopped: 40xx, or stop()
 *
 * On `drain` the next connection is opened and resumed first, then the old one is closed; until
 * then the old one stays live ("make before break").
 */
import { systemClock } from "./clock.js";
import { Connection } from "./connection.js";
import { afterClose } from "./retry.js";

/** A connection that lived this long ends the row of failures. */
const STABLE_MS = 10_000;

/** How long a replaced connection may still wait for replies. */
const RETIRE_MS = 3_000;

const VANISHED = 1006;
const BAD_TOKEN = 4001;

export class Link {
    state = "idle";
    #options;
    #clock;
    #random;
    #live = null;
    #candidate = null;
    #timer = null;
    #stableTimer = null;
    #attempt = 0;
    #renewed = false;
    #wanted = false;

    /**
     * @param {object} options
     * @param {string} options.url
     * @param {(connection: Connection) => Promise<void>} options.authenticate signs in and resumes
     * @param {() => Promise<boolean>} options.renew after a refused token: is there another to try?
     * @param {(event: object) => void} options.onEvent
     * @param {(state: string, detail: object) => void} options.onState
     */
    constructor(options) {
        this.#options = options;
        this.#clock = options.clock ?? systemClock;
        this.#random = options.random ?? Math.random;
    }

    /** The live connection, or null. */
    get connection() {
        return this.#live;
    }

    start() {
        if (this.#wanted) return this.wake();
        this.#wanted = true;
        this.#attempt = 0;
        this.#renewed = false;
        this.#schedule(0);
    }

    /** Closes and stays closed until `start`. */
    stop() {
        this.#halt("idle", {});
    }

    /** The network or the person came back: check the link, or try now instead of later. */
    wake() {
        if (!this.#wanted) return;
        if (this.#live) this.#live.probe();
        else if (this.#timer !== null) this.#schedule(0);
    }

    #schedule(delayMs) {
        this.#clock.clearTimeout(this.#timer);
        this.#timer = this.#clock.setTimeout(() => {
            this.#timer = null;
            this.#try();
        }, delayMs);
        if (!this.#live) this.#enter(delayMs > 0 ? "waiting" : "connecting", { delayMs });
    }

    async #try() {
        if (this.#candidate || !this.#wanted) return;
        const candidate = new Connection(this.#options.url, {
            onEvent: (event, connection) => this.#event(event, connection),
            onClose: (close, connection) => this.#closed(close, connection),
            WebSocket: this.#options.WebSocket,
            clock: this.#clock,
            limits: this.#options.limits,
        });
        this.#candidate = candidate;
        if (!this.#live) this.#enter("connecting", {});
        let failure = null;
        try {
            await candidate.opened();
            await this.#options.authenticate(candidate);
        } catch (error) {
            failure = error;
        }
        this.#candidate = null;
        if (!this.#wanted) return candidate.close();
        if (failure === null && candidate.isOpen) return this.#install(candidate);
        candidate.close();
        await this.#recover(failure ?? { closeCode: VANISHED });
    }

    #install(connection) {
        const old = this.#live;
        this.#live = connection;
        this.#renewed = false;
        this.#clock.clearTimeout(this.#stableTimer);
        this.#stableTimer = this.#clock.setTimeout(() => (this.#attempt = 0), STABLE_MS);
        old?.retire(RETIRE_MS);
        this.#enter("live", {});
    }

    #event(event, connection) {
        if (event.ev === "drain" && connection !== this.#candidate) this.#schedule(event.in_ms ?? 0);
        this.#options.onEvent(event);
    }

    #closed({ code }, connection) {
        if (connection !== this.#live) return;
        this.#live = null;
        this.#clock.clearTimeout(this.#stableTimer);
        if (this.#candidate) return this.#enter("connecting", {});
        this.#recover({ closeCode: code });
    }

    async #recover(failure) {
        if (failure.code === "unauthorized" || failure.closeCode === BAD_TOKEN) {
            const verdict = await this.#renew();
            if (!this.#wanted) return;
            if (verdict === "renewed") return this.#schedule(0);
            if (verdict === "refused") return this.#halt("stopped", { code: BAD_TOKEN });
        }
        const verdict = afterClose(this.#codeOf(failure), this.#attempt++, this.#random);
        if (verdict.stop) return this.#halt("stopped", { code: failure.closeCode });
        this.#schedule(Math.max(verdict.delayMs, failure.retryMs ?? 0));
    }

    /** A refused token is renewed once per row of failures; more would be a loop. */
    async #renew() {
        if (this.#renewed) return "refused";
        this.#renewed = true;
        try {
            return (await this.#options.renew()) ? "renewed" : "refused";
        } catch {
            this.#renewed = false;
            return "later";
        }
    }

    #codeOf({ closeCode }) {
        return closeCode === undefined || closeCode === BAD_TOKEN ? VANISHED : closeCode;
    }

    #halt(state, detail) {
        this.#wanted = false;
        for (const timer of [this.#timer, this.#stableTimer]) this.#clock.clearTimeout(timer);
        this.#timer = null;
        const live = this.#live;
        this.#live = null;
        live?.close();
        this.#candidate?.close();
        this.#enter(state, detail);
    }

    #enter(state, detail) {
        if (this.state === state && state !== "waiting" && state !== "live") return;
        this.state = state;
        this.#options.onState(state, detail);
    }
}
