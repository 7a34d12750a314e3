/**
 * Turns what a person writes into frames, and keeps it in the outbox until the hub has it.
 *
 * A file is uploaded first; its entry then remembers the attachment, so that a retry sends the
 * message again and not the bytes.
 */
import { HubError } from "./errors.js";
import { makeMid } from "./ids.js";
import { Outbox } from "./outbox.js";

export class Writer {
    #scope = null;
    #outbox = null;
    #isOnline = false;
    #openStore;
    #connection;
    #book;
    #rest;
    #clock;
    #random;

    /** @param {(scope: string) => {all, put, remove}} openStore see outbox-store.js */
    constructor({ openStore, connection, book, rest, clock, random }) {
        this.#openStore = openStore;
        this.#connection = connection;
        this.#book = book;
        this.#rest = rest;
        this.#clock = clock;
        this.#random = random;
    }

    /** Unsent writes belong to a person: whoever signs in next must not send them. */
    useOutboxOf(scope) {
        if (!scope || scope === this.#scope) return;
        this.#outbox?.offline();
        this.#scope = scope;
        this.#outbox = new Outbox({
            store: this.#openStore(scope),
            transmit: (entry) => this.#transmit(entry),
            on: {
                changed: (entry) => this.#show(entry),
                acknowledged: (entry, ok) => this.#book.of(entry.room)?.settlePending(entry.mid, ok.seq),
            },
            clock: this.#clock,
            random: this.#random,
        });
        this.#outbox.load();
        if (this.#isOnline) this.#outbox.online();
    }

    online() {
        this.#isOnline = true;
        this.#outbox?.online();
    }

    offline() {
        this.#isOnline = false;
        this.#outbox?.offline();
    }

    get entries() {
        return this.#outbox?.entries ?? [];
    }

    add(write) {
        return this.#outbox.add({ mid: makeMid(), ...write });
    }

    retry(mid, changes) {
        this.#outbox.amend(mid, changes);
        this.#outbox.retry(mid);
    }

    discard(mid) {
        const entry = this.entries.find((each) => each.mid === mid);
        if (entry?.state !== "failed") return;
        this.#outbox.discard(mid);
        this.#book.of(entry.room)?.dropPending(mid);
    }

    /** A room was opened: what is unsent in it belongs on its screen. */
    showAllOf(room) {
        for (const entry of this.entries) if (entry.room === room.id) this.#show(entry);
    }

    #show(entry) {
        if (entry.op === "send") this.#book.of(entry.room)?.showPending(entry);
    }

    async #transmit(entry) {
        const ready = entry.file && !entry.body ? await this.#uploaded(entry) : entry;
        const connection = this.#connection();
        if (!connection) throw new HubError("offline", "there is no connection");
        const frame = frameOf(ready, this.#book.of(entry.room)?.id ?? entry.room);
        try {
            return await connection.request(frame);
        } catch (error) {
            if (error.code === "not_joined") return this.#joinAndSend(connection, frame);
            // The socket was replaced while we waited for it: the next one takes the same frame.
            if (error.code === "closed" && this.#connection()) throw new HubError("network", "replaced");
            throw error;
        }
    }

    async #uploaded(entry) {
        const { id } = await this.#rest.upload(entry.file, entry.fileName);
        const body = entry.caption ? { attachment: id, caption: entry.caption } : { attachment: id };
        return this.#outbox.amend(entry.mid, { body }) ?? { ...entry, body };
    }

    /** What was left unsent in a room that nobody has open now. */
    async #joinAndSend(connection, frame) {
        await connection.request({ op: "join", room: frame.room, after: this.#book.get(frame.room)?.seq ?? "now" });
        return connection.request(frame);
    }
}

/** The body of a text; `mentions` are ids of colleagues whom it calls by name. */
export const textBody = (text, mentions = []) => (mentions.length > 0 ? { text, mentions } : { text });

/** The frame of an entry: exactly what the protocol names, nothing of ours. */
function frameOf({ op, mid, kind, body, replyTo, seen, target, emoji, on }, room) {
    const frame = { op, room, mid };
    switch (op) {
        case "send":
            return {
                ...frame,
                kind,
                body,
                ...(replyTo === undefined ? {} : { reply_to: replyTo }),
                ...(seen === undefined ? {} : { seen }),
            };
        case "edit":
            return { ...frame, target, body };
        case "delete":
            return { ...frame, target };
        case "react":
            return { ...frame, target, emoji, on };
    }
    throw new TypeError(`no such write: ${op}`);
}
