/**
 * The rooms this client follows: joining, resuming, paging history, read markers.
 *
 * A room is joined on a connection, so every new connection resumes all of them: in one go with
 * `auth`, and those that were not ready (pages, refused for now, never joined) one by one.
 */
import { HubError } from "./errors.js";
import { afterError } from "./retry.js";
import { Room } from "./room.js";

/** Events per join; the hub ends a page at 256 KiB in any case. */
const PAGE = 500;

/** Room marks of typing are looked at this long after the last one came. */
const TYPING_CHECK_MS = 6_050;

export class RoomBook {
    /** A visitor's own conversation; it has no id until the hub names it. */
    own;
    #rooms = new Map();
    #plans = new Map();
    #joining = new Set();
    #paging = new Map();
    #unsentReads = new Map();
    #connection;
    #isMine;
    #clock;
    #random;

    /** @param {() => ?Connection} connection the live one */
    constructor({ connection, isMine, clock, random }) {
        this.#connection = connection;
        this.#isMine = isMine;
        this.#clock = clock;
        this.#random = random;
        this.own = new Room(null, isMine);
    }

    get(id) {
        return this.#rooms.get(id);
    }

    /** The room of a write; null names the visitor's own. */
    of(id) {
        return id === null ? this.own : this.#rooms.get(id);
    }

    /** The hub told the visitor which room is theirs. */
    name(id) {
        if (this.own.id !== id) {
            if (this.own.id !== null) {
                this.#rooms.delete(this.own.id);
                this.own.reset();
            }
            this.own.id = id;
        }
        this.#rooms.set(id, this.own);
        this.#plans.set(id, { from: 0, history: false });
    }

    open(id, { from = "now", history = true }) {
        const plan = this.#plans.get(id);
        const room = this.#rooms.get(id) ?? new Room(id, this.#isMine);
        this.#rooms.set(id, room);
        this.#plans.set(id, { from: plan?.from ?? from, history: history || (plan?.history ?? false) });
        if (!room.isLive) this.#join(room);
        else this.#fill(room);
        return room;
    }

    close(id) {
        if (!this.#rooms.delete(id)) return;
        this.#plans.delete(id);
        this.#unsentReads.delete(id);
        this.#connection()?.post({ op: "leave", room: id });
    }

    /** Where `auth` resumes each room. */
    positions() {
        const known = [...this.#rooms.values()].filter((room) => room.seq !== null);
        return Object.fromEntries(known.map((room) => [room.id, room.seq]));
    }

    /** Takes in the `rooms` of an `auth` reply; a room that is missing there has to be joined. */
    resumed(replies) {
        for (const room of this.#rooms.values()) {
            const reply = replies[room.id];
            if (!reply || reply.err) room.isLive = false;
            else room.joined(reply);
        }
    }

    /** The connection is live: whatever is not up to date catches up. */
    catchUp() {
        for (const room of this.#rooms.values()) {
            if (!room.isLive) this.#join(room);
            else this.#fill(room);
        }
        for (const [id, seq] of this.#unsentReads) this.#sendRead(this.#rooms.get(id), seq);
    }

    /** The store is another one than before. */
    reset() {
        this.#unsentReads.clear();
        for (const room of this.#rooms.values()) room.reset();
    }

    receive(event) {
        const room = this.#rooms.get(event.room);
        if (!room) return;
        switch (event.ev) {
            case "behind":
                room.isLive = false;
                this.#join(room);
                return;
            case "gone":
                room.refused(event.reason);
                return;
        }
        if (room.receive(event, this.#clock.now()) === "gap") this.#join(room);
        if (event.ev === "typing" && event.on) {
            this.#clock.setTimeout(() => room.expireTyping(this.#clock.now()), TYPING_CHECK_MS);
        }
    }

    /** Joins until the room is live. A lost connection ends it; the next one begins again. */
    async #join(room) {
        if (this.#joining.has(room)) return;
        this.#joining.add(room);
        try {
            for (let attempt = 1; this.#isFollowed(room) && this.#connection(); attempt += 1) {
                try {
                    if (!(await this.#joinPage(room))) break;
                    attempt = 0;
                } catch (error) {
                    const delayMs = this.#afterRefusal(room, error, attempt);
                    if (delayMs === null) return;
                    await new Promise((resolve) => this.#clock.setTimeout(resolve, delayMs));
                }
            }
        } finally {
            this.#joining.delete(room);
        }
        this.#fill(room);
    }

    async #joinPage(room) {
        const after = room.seq ?? this.#plans.get(room.id).from;
        const reply = await this.#connection().request({ op: "join", room: room.id, after, limit: PAGE });
        const more = room.joined(reply);
        if (more && reply.events.length === 0) throw new HubError("timeout", "an empty page that is not the last");
        return more;
    }

    /** How long to wait before joining again; null to give up. */
    #afterRefusal(room, error, attempt) {
        const verdict = afterError(error, attempt, this.#random);
        switch (verdict.next) {
            case "wait":
                return this.#connection() ? 0 : null;
            case "retry":
                return verdict.delayMs;
            case "fail":
                room.refused(error.code);
                return null;
        }
    }

    /** A room that began at its head shows a page of what was before. */
    #fill(room) {
        const wanted = this.#plans.get(room.id)?.history && room.seq !== null && room.items.length === 0;
        if (wanted && !room.timeline.isComplete) this.loadHistory(room);
    }

    loadHistory(room, limit = 50) {
        if (room.seq === null || room.timeline.isComplete || !this.#connection()) return Promise.resolve(false);
        const running = this.#paging.get(room);
        if (running) return running;
        const paging = this.#loadPage(room, limit).finally(() => this.#paging.delete(room));
        this.#paging.set(room, paging);
        return paging;
    }

    async #loadPage(room, limit) {
        const { timeline } = room;
        try {
            const page = await this.#connection().request({
                op: "history",
                room: room.id,
                before: timeline.from,
                limit,
            });
            if (room.timeline !== timeline) return false;
            room.addHistory(page);
            return true;
        } catch {
            return false;
        }
    }

    read(room, seq) {
        if (!room || room.id === null || seq <= room.read) return;
        room.markRead(seq, seq >= room.seq ? 0 : room.unread);
        this.#unsentReads.set(room.id, seq);
        this.#sendRead(room, seq);
    }

    async #sendRead(room, seq) {
        try {
            const reply = await this.#connection()?.request({ op: "read", room: room.id, seq });
            if (!reply) return;
            if (this.#unsentReads.get(room.id) === seq) this.#unsentReads.delete(room.id);
            room.markRead(reply.seq, reply.unread);
        } catch {
            // It stays among the unsent ones and goes out with the next connection.
        }
    }

    #isFollowed(room) {
        return this.#rooms.get(room.id) === room;
    }
}
