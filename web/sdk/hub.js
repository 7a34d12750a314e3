/**
 * The client library of the hub: one object per page that loses nothing and shows nothing twice.
 *
 *     import { HubClient } from "https://hub.example/sdk/hub.js";
 *
 *     const hub = HubClient.visitor({ hub: "https://hub.example", profile: { name: "سارة" } });
 *     hub.conversation.addEventListener("change", () => draw(hub.conversation));
 *     hub.start();
 *     hub.send(null, { text: "السلام عليكم" });           // shown at once, sent when possible
 *
 *     const hub = HubClient.staff({ hub: "https://hub.example" });
 *     await hub.identity.signIn(email, password);
 *     hub.start();
 *     const room = hub.open("r_…");                       // live from now on, with a page of history
 *     hub.send("r_…", { text: "وعليكم السلام" });
 *
 * What it takes care of (the contract is docs/protocol.md):
 * - a visitor's token and a member of staff's rotating session are kept in localStorage;
 * - rooms resume after their last `seq`; lagging (`behind`), draining and dead links heal unseen;
 * - writes carry a `mid`, wait in IndexedDB until they are acknowledged, and go out again with the
 *   same `mid`, also after a reload.
 *
 * Events of the client (EventTarget): `status` (detail `{state, code?, delayMs?}`, where state is
 * `idle connecting live waiting stopped`), `me`, `signedout`, `epoch` (all caches were dropped),
 * `conv`, `room`, `offer`, `offer_end` and `mention` (detail: the frame). Events of a room are listed in room.js.
 */
import { systemClock } from "./clock.js";
import { HubError } from "./errors.js";
import { HelpBook } from "./help.js";
import { StaffIdentity } from "./identity.js";
import { makeMid } from "./ids.js";
import { Link } from "./link.js";
import { openOutboxStore } from "./outbox-store.js";
import { Rest } from "./rest.js";
import { afterError } from "./retry.js";
import { RoomBook } from "./room-book.js";
import { StaffSession, VisitorSession } from "./session.js";
import { SafeStorage } from "./storage.js";
import { TypingSign } from "./typing-sign.js";
import { VisitorIdentity } from "./visitor-identity.js";
import { textBody, Writer } from "./writer.js";

/** How long `call` waits for a live connection before it gives up with `offline`. */
const CALL_WAIT_MS = 10_000;
const CALL_TRIES = 6;

export class HubClient extends EventTarget {
    /** Who is using this client: `{kind, id, name, …}`, or null before the first `auth`. */
    me = null;
    status = { state: "idle" };
    /** Staff: what this hub can do beside the rest, e.g. `help`. */
    features = [];
    #clock;
    #random;
    #session;
    #rest;
    #book;
    #writer;
    #help = new HelpBook(() => this.#whenLive());
    #link;
    #presence = null;
    #epoch = null;
    #typing;

    /** For a visitor of a shop. `profile` is that of the `auth` op. */
    static visitor(options) {
        return new HubClient("visitor", options);
    }

    /** For staff; sign in with `identity.signIn` before `start`. */
    static staff(options = {}) {
        return new HubClient("staff", options);
    }

    /**
     * @param {"visitor" | "staff"} role
     * @param {object} options
     * @param {string} [options.hub] origin of the hub; default: where this page came from
     * @param {object} [options.profile] a visitor's name, locale, page, …
     * @param {object} [options.runtime] WebSocket, fetch, clock, random, storage, openStore, locks
     */
    constructor(role, { hub = globalThis.location?.origin, profile = {}, runtime = {} } = {}) {
        super();
        this.role = role;
        this.origin = hub.replace(/\/+$/, "");
        this.#clock = runtime.clock ?? systemClock;
        this.#random = runtime.random ?? Math.random;
        this.#typing = new TypingSign(this.#clock);
        const openStore = runtime.openStore ?? openOutboxStore;
        const storage = new SafeStorage(runtime.storage);
        this.#rest = new Rest(this.origin, { fetch: runtime.fetch, token: (options) => this.#session.token(options) });
        if (role === "visitor") {
            this.identity = new VisitorIdentity(this.origin, storage);
            this.#session = new VisitorSession(this.identity, profile);
        } else {
            this.identity = new StaffIdentity(this.origin, storage, {
                rest: this.#rest,
                clock: this.#clock,
                locks: runtime.locks,
            });
            this.#session = new StaffSession(this.identity);
        }
        this.#book = new RoomBook({
            connection: () => this.#link.connection,
            isMine: (by) => this.#session.isMine(by),
            clock: this.#clock,
            random: this.#random,
        });
        this.#link = new Link({
            url: `${this.origin.replace(/^http/, "ws")}${this.#session.path}`,
            authenticate: (connection) => this.#authenticate(connection),
            renew: () => this.#renew(),
            onEvent: (event) => this.#receive(event),
            onState: (state, detail) => this.#entered({ state, ...detail }),
            WebSocket: runtime.WebSocket,
            clock: this.#clock,
            random: this.#random,
            limits: runtime.limits,
        });
        this.#writer = new Writer({
            openStore: (scope) => openStore(`${this.origin} ${scope}`),
            connection: () => this.#link.connection,
            book: this.#book,
            rest: this.#rest,
            clock: this.#clock,
            random: this.#random,
        });
        this.me = this.#session.me;
        this.#writer.useOutboxOf(this.#person);
        this.#watchPage();
    }

    // Connection

    /** Connects, and stays connected until `stop`. After `stopped` it tries anew. */
    start() {
        this.#writer.useOutboxOf(this.#person);
        this.#link.start();
    }

    stop() {
        this.#link.stop();
    }

    get rest() {
        return this.#rest;
    }

    /** Of a visitor: adds to the profile, e.g. a name. To be called before `start`. */
    introduce = (profile) => this.#session.introduce(profile);

    // Rooms

    /** A visitor's conversation; it exists before the hub has named it. */
    get conversation() {
        return this.#book.own;
    }

    /**
     * Follows a room: live from now on, over reconnects, until `close`.
     * @param {object} [options]
     * @param {"now" | 0} [options.from] where to begin; `now` loads a page of history as well
     * @param {boolean} [options.history] false to go without that page
     */
    open(id, options = {}) {
        const room = this.#book.open(id, options);
        this.#writer.showAllOf(room);
        return room;
    }

    close(id) {
        this.#book.close(id);
    }

    room(id) {
        return this.#book.get(id);
    }

    /** Loads the page before the oldest message known. False when there was nothing to load. */
    loadHistory(room, limit = 50) {
        return this.#book.loadHistory(room, limit);
    }

    // Writes with a `mid`: queued, durable, resent

    /**
     * Sends a text, a file, or a `kind` with its `body`. `room` null is a visitor's own conversation;
     * `mentions` are ids of colleagues. `seen` is the last seq its author saw: if the customer wrote more, it is a `conflict`.
     * @param {{text?, mentions?, file?: File, caption?, kind?: "template" | "interactive" | "choice", body?, replyTo?, seen?}} message
     */
    send(room, { text, mentions, file, caption, kind = file ? "file" : "text", body, replyTo, seen }) {
        return this.#writer.add({
            op: "send",
            room,
            kind,
            body: body ?? (file ? null : textBody(text, mentions)),
            ...(file ? { file, fileName: file.name || "file", caption } : {}),
            ...(replyTo === undefined ? {} : { replyTo }),
            ...(seen === undefined ? {} : { seen }),
        });
    }

    edit(room, target, text, mentions) {
        return this.#writer.add({ op: "edit", room, target, body: textBody(text, mentions) });
    }

    delete(room, target) {
        return this.#writer.add({ op: "delete", room, target });
    }

    react(room, target, emoji, on = true) {
        return this.#writer.add({ op: "react", room, target, emoji, on });
    }

    /** Tries a write again that the hub refused; `seen` is what its author has seen by now. */
    retry(mid, { seen } = {}) {
        this.#writer.retry(mid, seen === undefined ? {} : { seen });
    }

    /** Gives up a write that the hub refused. */
    discard(mid) {
        this.#writer.discard(mid);
    }

    /** Writes that wait for the hub. */
    get unsent() {
        return this.#writer.entries;
    }

    // Ephemeral, and questions

    /** Raises the read marker of this person. */
    read(room, seq) {
        this.#book.read(this.#book.of(room), seq);
    }

    typing(room, on) {
        const target = this.#book.of(room);
        if (!target?.isLive || !this.#typing.isNews(target.id, on)) return;
        this.#link.connection?.post({ op: "typing", room: target.id, on });
    }

    presence(state) {
        this.#presence = state;
        this.#link.connection?.post({ op: "presence", state });
    }

    history(room, options = {}) {
        return this.call({ op: "history", room, ...options });
    }

    inbox(options = {}) {
        return this.call({ op: "inbox", ...options });
    }

    search(q, options = {}) {
        return this.call({ op: "search", q, ...options });
    }

    /** `to`: a user id, `me`, a team id, `assistant`, or null for nobody. */
    assign(room, to) {
        return this.call({ op: "assign", room, to, mid: makeMid() });
    }

    /** Stops an answer of the assistant; `run` is that of a room's `draft`. */
    cancel(run) {
        return this.call({ op: "cancel", run });
    }

    /** Asks a language model; see help.js. `kind`: `reply`, `summary` or `translation`; `fields` are those of the op. */
    help(room, kind, fields = {}) {
        return this.#help.begin({ room, kind, ...fields });
    }

    /** Takes a conversation that one was asked to take by an `offer` event, or leaves it to somebody else. */
    answerOffer(room, accepts) {
        return this.call({ op: accepts ? "accept" : "decline", room });
    }

    /** Hands a conversation to a person or a team. `options`: `note` for colleagues, `fallback`. */
    transfer(room, to, options = {}) {
        return this.call({ op: "transfer", room, to, ...options });
    }

    setState(room, state, until) {
        return this.call({ op: "state", room, state, mid: makeMid(), ...(until ? { until } : {}) });
    }

    /** Asks any op and resolves with its `ok`; waits for the link, and retries where that is sane. */
    async call(frame) {
        for (let attempt = 1; ; attempt += 1) {
            try {
                const connection = await this.#whenLive();
                return await connection.request(frame);
            } catch (error) {
                const verdict = afterError(error, attempt, this.#random);
                if (verdict.next === "fail" || error.code === "offline" || attempt >= CALL_TRIES) throw error;
                if (verdict.next === "retry") await new Promise((wake) => this.#clock.setTimeout(wake, verdict.delayMs));
            }
        }
    }

    // Inside

    async #authenticate(connection) {
        const { epoch } = connection.hello;
        if (this.#epoch !== null && epoch !== this.#epoch) {
            this.#book.reset();
            this.#emit("epoch");
        }
        this.#epoch = epoch;
        const reply = await this.#session.authenticate(connection, this.#book.positions());
        this.me = this.#session.me;
        this.features = reply.features ?? [];
        if (reply.room) this.#book.name(reply.room);
        this.#book.resumed(reply.rooms ?? {});
        if (this.#presence) connection.post({ op: "presence", state: this.#presence });
        this.#emit("me", this.me);
    }

    #receive(event) {
        switch (event.ev) {
            case "conv":
            case "room":
            case "offer":
            case "offer_end":
            case "mention":
                this.#emit(event.ev, event);
                break;
            case "token":
                this.#refreshInPlace();
                return;
            case "help":
                this.#help.receive(event);
                return;
        }
        this.#book.receive(event);
    }

    /** A newer token for the connection that is open; should it fail, the hub closes with 4202. */
    async #refreshInPlace() {
        const { connection } = this.#link;
        if (connection) await this.#session.refresh(connection).catch(() => {});
    }

    #entered(status) {
        this.status = status;
        if (status.state === "live") {
            this.#typing.clear();
            this.#book.catchUp();
            this.#writer.online();
        } else {
            this.#writer.offline();
            this.#help.dropped();
        }
        this.#emit("status", status);
        if (status.state === "stopped" && this.role === "staff" && this.identity.user === null) this.#emit("signedout");
    }

    async #renew() {
        const isRenewed = await this.#session.renew();
        if (isRenewed && this.role === "visitor") this.#book.reset();
        return isRenewed;
    }

    /** Whose unsent writes these are; null while nobody is signed in. */
    get #person() {
        return this.role === "visitor" ? "visitor" : (this.identity.user?.id ?? null);
    }

    /** Coming back to the page or to the network is the moment to look at the link. */
    #watchPage() {
        globalThis.window?.addEventListener("online", () => this.#link.wake());
        globalThis.document?.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible") this.#link.wake();
        });
    }

    #whenLive() {
        const { connection } = this.#link;
        if (connection) return Promise.resolve(connection);
        return new Promise((resolve, reject) => {
            const settle = () => {
                if (!this.#link.connection) return;
                this.#clock.clearTimeout(timer);
                this.removeEventListener("status", settle);
                resolve(this.#link.connection);
            };
            const timer = this.#clock.setTimeout(() => {
                this.removeEventListener("status", settle);
                reject(new HubError("offline", "the hub cannot be reached"));
            }, CALL_WAIT_MS);
            this.addEventListener("status", settle);
        });
    }

    #emit(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
