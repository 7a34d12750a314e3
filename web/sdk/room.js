/**
 * What this client knows of one room. No I/O: the client feeds it frames and asks it things.
 *
 * The three rules of resuming: ignore seq <= mine; apply mine + 1; otherwise join again.
 *
 * Events (EventTarget): `change` (messages, notices, unsent writes, read markers), `arrival`
 * (detail: one message of somebody else that came live), `draft`, `typing`, `presence`, `queue`, `gone`.
 */
import { beginDraft, growDraft } from "./draft.js";
import { personKey, progressOf } from "./fold.js";
import { Timeline } from "./timeline.js";

/** Typing ends by itself after this long (docs/protocol.md). */
const TYPING_MS = 6_000;

export class Room extends EventTarget {
    /** The last event applied; null until the first join has been answered. */
    seq = null;
    /** Every later event will be pushed. */
    isLive = false;
    timeline = new Timeline(1);
    /** This person's own read marker, and how many messages of others come after it. */
    read = 0;
    unread = 0;
    /** The highest read marker of the other side, for ticks. */
    othersRead = 0;
    /** Staff: the side room's id and the inbox summary of a conversation. */
    side = null;
    conversation = null;
    /** Why the room cannot be read, e.g. `forbidden`; null when it can. */
    refusal = null;
    /** Of a customer who waits in a line: `position` and `wait`; null for others. */
    place = null;
    /** What the assistant is writing: `run` and the `text` so far, perhaps none yet; null when it writes nothing. */
    draft = null;
    here = new Map();
    hereCount = 0;
    #typing = new Map();
    #pending = new Map();
    #isConversation = false;
    /** The last event that `unread` takes into account because the hub counted. */
    #countedTo = 0;
    #isMine;

    /** @param {(by: object) => boolean} isMine whether an author is the person using this client */
    constructor(id, isMine) {
        super();
        this.id = id;
        this.#isMine = isMine;
    }

    isMine(item) {
        return item.by !== undefined && this.#isMine(item.by);
    }

    /** Who has the conversation, as far as its log is loaded: `{kind, id, name}` or null. */
    get owner() {
        return this.items.findLast(({ ev }) => ev === "assign")?.to ?? null;
    }

    /** Messages and notices in order; unsent ones are in `pending`. */
    get items() {
        return this.timeline.items();
    }

    /** Own messages that are not in the log yet, in the order written. */
    get pending() {
        return [...this.#pending.values()].filter((entry) => !this.#isLogged(entry));
    }

    progressOf(message) {
        return progressOf(message, this.othersRead);
    }

    /** People typing now, without this person. */
    typing(now) {
        return [...this.#typing.values()].filter((each) => each.until > now).map((each) => each.by);
    }

    /** Takes in a join reply. True when it was a page and `join` must be asked again. */
    joined(reply) {
        if (this.seq === null) {
            const start = reply.events.length > 0 ? reply.events[0].seq - 1 : reply.head;
            this.seq = start;
            this.timeline = new Timeline(start + 1);
        }
        this.#takeMarkers(reply);
        for (const event of reply.events) this.#apply(event);
        this.isLive = reply.live;
        this.refusal = null;
        if (reply.side) this.side = reply.side;
        if (reply.conv) this.conversation = reply.conv;
        if (reply.presence) this.#takePresence(reply.presence);
        this.#takePlace(reply.queue);
        // What was known of a text goes: pieces of it may have been missed.
        if (reply.live) this.#showDraft(reply.run ? beginDraft(reply.run.run, reply.run.t) : null);
        else this.#showDraft(this.draft);
        this.#emit("change");
        return !reply.live;
    }

    /** The hub refused the join. */
    refused(code) {
        this.isLive = false;
        this.refusal = code;
        this.draft = null;
        this.#emit("draft");
        this.#emit("gone", code);
    }

    /**
     * Takes in a pushed event.
     * @returns {"ignored" | "applied" | "gap"} after `gap` the caller joins again from `seq`
     */
    receive(event, now) {
        if (event.seq === undefined) {
            this.#ephemeral(event, now);
            return "applied";
        }
        if (this.seq === null || event.seq <= this.seq) return "ignored";
        if (event.seq > this.seq + 1) return "gap";
        this.#apply(event);
        this.#showDraft(this.draft);
        if (event.ev === "msg" && !this.isMine(event)) {
            this.#stopTyping(event.by);
            this.#emit("arrival", this.timeline.message(event.seq));
        }
        this.#emit("change");
        return "applied";
    }

    addHistory(reply) {
        this.timeline.addPage(reply);
        this.#showDraft(this.draft);
        this.#emit("change");
    }

    /** The reply to this person's own `read`. */
    markRead(seq, unread) {
        this.read = Math.max(this.read, seq);
        this.unread = unread;
        this.#emit("change");
    }

    /** Shows an unsent write, or its new state. */
    showPending(entry) {
        this.#pending.set(entry.mid, entry);
        this.#emit("change");
    }

    /** The write is committed at `seq`; it stays on screen until its event is here. */
    settlePending(mid, seq) {
        if (this.seq === null || this.seq >= seq) this.#pending.delete(mid);
        this.#emit("change");
    }

    dropPending(mid) {
        this.#pending.delete(mid);
        this.#emit("change");
    }

    /** The store is another one than before: forget everything but what is unsent. */
    reset() {
        this.seq = null;
        this.isLive = false;
        this.timeline = new Timeline(1);
        this.read = this.unread = this.othersRead = this.#countedTo = 0;
        this.draft = null;
        this.#emit("draft");
        this.#typing.clear();
        this.#emit("change");
    }

    /** Lets typing marks that nobody renewed go. */
    expireTyping(now) {
        for (const [key, each] of this.#typing) if (each.until <= now) this.#typing.delete(key);
        this.#emit("typing");
    }

    #apply(event) {
        if (event.seq !== this.seq + 1) return;
        this.seq = event.seq;
        this.timeline.apply(event);
        if (event.mid && this.#isMine(event.by)) this.#pending.delete(event.mid);
        const isCounted = event.seq <= Math.max(this.read, this.#countedTo);
        if (event.ev === "msg" && !this.isMine(event) && !isCounted) this.unread += 1;
    }

    #isLogged(entry) {
        const message = this.timeline.byMid(entry.mid);
        return message !== undefined && this.#isMine(message.by);
    }

    #takeMarkers(reply) {
        this.read = Math.max(this.read, reply.read ?? 0);
        // A hub that counts nothing, to answer sooner, leaves it to those who follow the log.
        if (reply.unread !== undefined) [this.unread, this.#countedTo] = [reply.unread, reply.head];
        const others = reply.agents_read ?? reply.customer_read;
        if (others !== undefined) {
            this.#isConversation = true;
            this.othersRead = Math.max(this.othersRead, others);
        }
    }

    #takePresence({ count, here = [] }) {
        this.hereCount = count;
        this.here = new Map(here.map((person) => [personKey(person), person]));
        this.#emit("presence");
    }

    #takePlace(place) {
        this.place = place?.position ? { position: place.position, wait: place.wait ?? null } : null;
        this.#emit("queue");
    }

    #ephemeral(event, now) {
        switch (event.ev) {
            case "typing":
                if (this.#isMine(event.by)) return;
                if (event.on) this.#typing.set(personKey(event.by), { by: event.by, until: now + TYPING_MS });
                else this.#typing.delete(personKey(event.by));
                this.#emit("typing");
                return;
            case "presence":
                this.hereCount = event.count ?? this.hereCount;
                if (event.by) {
                    if (event.state === "offline") this.here.delete(personKey(event.by));
                    else this.here.set(personKey(event.by), { ...event.by, state: event.state });
                }
                this.#emit("presence");
                return;
            case "read":
                this.#takeRead(event);
                return;
            case "queue":
                this.#takePlace(event);
                return;
            case "delta":
                if (this.#isGoingOn(event.run)) this.#showDraft(growDraft(this.draft, event));
                return;
        }
    }

    /** The log says which answer goes on; deltas and join replies only say what it reads so far. */
    #showDraft(told) {
        const { openRun } = this.timeline;
        const known = told !== null && this.#isGoingOn(told.run) ? told : null;
        const draft = known ?? (openRun === null ? null : beginDraft(openRun));
        if (draft === this.draft) return;
        this.draft = draft;
        this.#emit("draft");
    }

    /** A piece may come after the end of its run; the start of one may be in a page that is not here yet. */
    #isGoingOn(run) {
        const { openRun } = this.timeline;
        return openRun === null ? !this.timeline.isOver(run) : run === openRun;
    }

    #takeRead({ by, upto }) {
        if (this.#isMine(by)) {
            if (upto > this.read) this.markRead(upto, upto >= this.seq ? 0 : this.unread);
        } else if (!this.#isConversation || this.#isOtherSide(by)) {
            this.othersRead = Math.max(this.othersRead, upto);
            this.#emit("change");
        }
    }

    /** In a conversation a colleague's marker says nothing about the customer. */
    #isOtherSide(by) {
        const mineIsStaff = this.conversation !== null || this.side !== null;
        return mineIsStaff ? by.kind !== "staff" : by.kind === "staff";
    }

    #stopTyping(by) {
        if (this.#typing.delete(personKey(by))) this.#emit("typing");
    }

    #emit(type, detail) {
        this.dispatchEvent(new CustomEvent(type, { detail }));
    }
}
