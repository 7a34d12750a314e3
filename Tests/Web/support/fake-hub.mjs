/**
 * The other side of a WebSocket, for one visitor's conversation: a log with dense seq, sends that
 * are deduplicated by `mid`, and a switch for everything that can go wrong on the way.
 */
export class FakeHub {
    /** The committed events. */
    log = [];
    sockets = [];
    /** Every frame received, of all sockets. */
    received = [];
    epoch = "e1";
    room = "r_1";
    token = "t_1";
    isDown = false;
    /** Commits, but the reply gets lost. */
    losesReplies = false;
    /** Accepts bytes and says nothing any more. */
    isSilent = false;
    /** Errors for the next writes, first to last. */
    errors = [];
    pageLimit = 200;

    get WebSocket() {
        const hub = this;
        return class {
            constructor(url) {
                this.url = url;
                this.isLive = false;
                queueMicrotask(() => hub.#opened(this));
            }
            send(text) {
                hub.#received(this, JSON.parse(text));
            }
            close(code) {
                this.closedWith = code;
                hub.#gone(this);
            }
        };
    }

    get open() {
        return this.sockets;
    }

    /** Commits an event and pushes it to whoever is live. */
    commit(fields) {
        const event = { room: this.room, seq: this.log.length + 1, at: "2026-11-21T08:00:00.000Z", ...fields };
        this.log.push(event);
        this.push(event);
        return event;
    }

    say(text, mid = `s${this.log.length}`) {
        const by = { kind: "staff", id: "agent", name: "نورة" };
        return this.commit({ ev: "msg", mid, by, kind: "text", body: { text } });
    }

    push(frame) {
        for (const socket of this.sockets) if (socket.isLive) this.#deliver(socket, frame);
    }

    /** Closes every socket, as the hub does. */
    close(code) {
        for (const socket of [...this.sockets]) {
            this.#gone(socket);
            socket.onclose?.({ code, reason: "" });
        }
    }

    sends() {
        return this.received.filter(({ op }) => op === "send");
    }

    #opened(socket) {
        if (this.isDown) return socket.onclose?.({ code: 1006, reason: "" });
        this.sockets.push(socket);
        this.#deliver(socket, {
            ev: "hello",
            v: 1,
            conn: "c",
            node: "n",
            ping_ms: 25_000,
            max: 65_536,
            epoch: this.epoch,
        });
    }

    #gone(socket) {
        this.sockets = this.sockets.filter((each) => each !== socket);
        socket.isLive = false;
    }

    #deliver(socket, frame) {
        if (this.isSilent) return;
        socket.onmessage?.({ data: JSON.stringify(frame) });
    }

    #received(socket, frame) {
        this.received.push(frame);
        if (this.isSilent) return;
        queueMicrotask(() => {
            const reply = this.#answer(socket, frame);
            if (!reply || frame.id === undefined || !this.sockets.includes(socket)) return;
            if (this.losesReplies && frame.op === "send") return;
            this.#deliver(socket, { re: frame.id, ...reply });
            if (reply.close) {
                this.#gone(socket);
                socket.onclose?.({ code: reply.close, reason: "" });
            }
        });
    }

    #answer(socket, frame) {
        switch (frame.op) {
            case "auth":
                return this.#auth(socket, frame);
            case "join":
                return { ok: this.#join(socket, frame.after) };
            case "send":
                return this.#send(frame);
            case "read":
                return { ok: { seq: frame.seq, unread: 0 } };
            case "ping":
                return { ok: { pong: true } };
            default:
                return { ok: {} };
        }
    }

    #auth(socket, frame) {
        if (frame.token && frame.token !== this.token) return { err: { code: "unauthorized", msg: "" }, close: 4001 };
        const join = this.#join(socket, frame.rooms?.[this.room] ?? 0);
        return {
            ok: {
                visitor: "v_1",
                token: this.token,
                room: this.room,
                name: "",
                verified: false,
                rooms: { [this.room]: join },
            },
        };
    }

    #join(socket, after) {
        const events = this.log.slice(after, after + this.pageLimit);
        const live = after + events.length >= this.log.length;
        socket.isLive = live;
        return { room: this.room, head: this.log.length, events, live, read: 0, unread: 0, agents_read: 0 };
    }

    #send({ mid, kind, body }) {
        const error = this.errors.shift();
        if (error) return { err: error };
        const known = this.log.find((event) => event.mid === mid);
        if (known) return { ok: { seq: known.seq, at: known.at, dup: true } };
        const event = this.commit({ ev: "msg", mid, by: { kind: "visitor", id: "v_1", name: "" }, kind, body });
        return { ok: { seq: event.seq, at: event.at, dup: false } };
    }
}
