/**
 * One WebSocket to the hub: hello, requests and replies, and noticing that the link is dead.
 *
 * A browser cannot see WebSocket pings, so a silent link is probed with the `ping` op. Any frame
 * from the hub counts as a sign of life.
 *
 *     opening ── hello ──▶ open ── close, error, silence ──▶ closed
 */
import { systemClock } from "./clock.js";
import { HubError } from "./errors.js";

const defaults = {
    /** From the first byte sent to `hello`: DNS, TCP, TLS, the upgrade. */
    helloTimeoutMs: 10_000,
    /** A reply may wait for a commit on a busy hub. */
    requestTimeoutMs: 15_000,
    /** How long an answer to a probe may take. */
    pongTimeoutMs: 8_000,
    /** Used until `hello` names `ping_ms`. */
    pingIntervalMs: 25_000,
};

/** What `onClose` reports when the link vanished without a close frame (RFC 6455, 7.1.5). */
const VANISHED = 1006;

export class Connection {
    state = "opening";
    hello = null;
    #socket;
    #clock;
    #limits;
    #onEvent;
    #onClose;
    #nextId = 1;
    #waiting = new Map();
    #opening;
    #settleOpening;
    #helloTimer;
    #idleTimer = null;
    #pongTimer = null;
    #onIdle = null;

    /**
     * @param {string} url
     * @param {(event: object, connection: Connection) => void} onEvent every frame that is not a reply
     * @param {(close: {code: number, reason: string}, connection: Connection) => void} onClose once
     */
    constructor(url, { onEvent, onClose, WebSocket = globalThis.WebSocket, clock = systemClock, limits = {} }) {
        this.#onEvent = onEvent;
        this.#onClose = onClose;
        this.#clock = clock;
        this.#limits = { ...defaults, ...limits };
        this.#opening = new Promise((resolve, reject) => {
            this.#settleOpening = { resolve, reject };
        });
        this.#opening.catch(() => {});
        this.#helloTimer = clock.setTimeout(() => this.#fail("no hello"), this.#limits.helloTimeoutMs);
        this.#socket = new WebSocket(url);
        this.#socket.onmessage = ({ data }) => this.#receive(data);
        this.#socket.onclose = ({ code, reason }) => this.#closed(code, reason);
    }

    /** Resolves with the `hello` frame. */
    opened() {
        return this.#opening;
    }

    get isOpen() {
        return this.state === "open";
    }

    /** Sends an op and resolves with `ok`; rejects with a `HubError`. */
    request(frame, { timeoutMs = this.#limits.requestTimeoutMs } = {}) {
        if (!this.isOpen) return Promise.reject(new HubError("closed", "the connection is not open"));
        const id = this.#nextId++;
        return new Promise((resolve, reject) => {
            const timer = this.#clock.setTimeout(() => {
                this.#finish(id)?.reject(new HubError("timeout", `no reply to ${frame.op}`));
                this.probe();
            }, timeoutMs);
            this.#waiting.set(id, { resolve, reject, timer });
            this.#socket.send(JSON.stringify({ ...frame, id }));
        });
    }

    /** Sends an op that wants no reply; dropped when the link is not open. */
    post(frame) {
        if (this.isOpen) this.#socket.send(JSON.stringify(frame));
    }

    /** Asks for a sign of life now; without one the connection counts as dead. */
    probe() {
        if (!this.isOpen || this.#pongTimer !== null) return;
        this.#pongTimer = this.#clock.setTimeout(() => this.#fail("no answer"), this.#limits.pongTimeoutMs);
        this.#socket.send(JSON.stringify({ op: "ping", id: this.#nextId++ }));
    }

    /** Closes at once; `onClose` is not called. */
    close(code = 1000) {
        this.#onClose = () => {};
        this.#drop(code, "closed here");
    }

    /** Waits for outstanding replies, at most `graceMs`, then closes without a call of `onClose`. */
    retire(graceMs) {
        this.#onClose = () => {};
        if (this.#waiting.size === 0) return this.close();
        const timer = this.#clock.setTimeout(() => this.close(), graceMs);
        this.#onIdle = () => {
            this.#clock.clearTimeout(timer);
            this.close();
        };
    }

    #receive(data) {
        let frames;
        try {
            frames = JSON.parse(data);
        } catch {
            return this.#fail("not JSON");
        }
        this.#alive();
        for (const frame of Array.isArray(frames) ? frames : [frames]) {
            if (frame.re !== undefined) this.#reply(frame);
            else if (frame.ev === "hello") this.#greeted(frame);
            else if (frame.ev !== undefined) this.#onEvent(frame, this);
        }
    }

    #greeted(hello) {
        if (this.state !== "opening") return;
        this.state = "open";
        this.hello = hello;
        this.#clock.clearTimeout(this.#helloTimer);
        this.#alive();
        this.#settleOpening.resolve(hello);
    }

    #reply({ re, ok, err }) {
        const waiting = this.#finish(re);
        if (!waiting) return;
        if (err) waiting.reject(HubError.fromReply(err));
        else waiting.resolve(ok ?? {});
        if (this.#waiting.size === 0) this.#onIdle?.();
    }

    #finish(id) {
        const waiting = this.#waiting.get(id);
        if (waiting) this.#clock.clearTimeout(waiting.timer);
        this.#waiting.delete(id);
        return waiting;
    }

    #alive() {
        this.#clock.clearTimeout(this.#pongTimer);
        this.#clock.clearTimeout(this.#idleTimer);
        this.#pongTimer = null;
        const interval = this.hello?.ping_ms ?? this.#limits.pingIntervalMs;
        this.#idleTimer = this.#clock.setTimeout(() => this.probe(), interval);
    }

    /** The close handshake of a dead link can take minutes; we do not wait for it. */
    #fail(reason) {
        this.#drop(1000, reason);
    }

    #drop(code, reason) {
        this.#socket.onmessage = this.#socket.onclose = null;
        try {
            this.#socket.close(code);
        } catch {
            // A socket that never opened may refuse; it is abandoned either way.
        }
        this.#closed(VANISHED, reason);
    }

    #closed(code, reason) {
        if (this.state === "closed") return;
        this.state = "closed";
        for (const timer of [this.#helloTimer, this.#idleTimer, this.#pongTimer]) this.#clock.clearTimeout(timer);
        const error = new HubError("closed", reason || `closed with ${code}`, { closeCode: code });
        this.#settleOpening.reject(error);
        for (const { reject, timer } of this.#waiting.values()) {
            this.#clock.clearTimeout(timer);
            reject(error);
        }
        this.#waiting.clear();
        this.#onClose({ code, reason }, this);
    }
}
