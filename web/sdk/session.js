/**
 * How each kind of person signs in on a connection: the `auth` op and what follows from its answer.
 */
import { HubError } from "./errors.js";

export class VisitorSession {
    path = "/api/v1/chat/ws/public";
    me = null;
    #identity;
    #profile;

    constructor(identity, profile) {
        this.#identity = identity;
        this.#profile = profile;
    }

    /** In a visitor's frames they are the only visitor there is. */
    isMine(by) {
        return by.kind === "visitor";
    }

    /** Adds to what is told of the visitor with the next `auth`. */
    introduce(profile) {
        this.#profile = { ...this.#profile, ...profile };
    }

    async token() {
        const { token } = this.#identity;
        if (token === null) throw new HubError("offline", "the hub has not made a visitor yet", { retryMs: 1_000 });
        return token;
    }

    async authenticate(connection, rooms) {
        const reply = await this.#auth(connection, rooms);
        this.#identity.keep(reply);
        this.me = { kind: "visitor", id: reply.visitor, name: reply.name, verified: reply.verified };
        return reply;
    }

    async #auth(connection, rooms) {
        const { token } = this.#identity;
        const frame = { op: "auth", rooms, ...(token ? { token } : {}) };
        try {
            return await connection.request({ ...frame, profile: this.#profile });
        } catch (error) {
            if (error.code !== "unauthorized" || !this.#profile.signature) throw error;
            // A wrong signature leaves the connection open: the chat goes on, unverified.
            const { user_id: _id, signature: _signature, ...profile } = this.#profile;
            this.#profile = profile;
            return connection.request({ ...frame, profile });
        }
    }

    /** The hub does not know the token: begin anew without one. */
    async renew() {
        if (this.#identity.token === null) return false;
        this.#identity.forget();
        return true;
    }

    async refresh() {}
}

export class StaffSession {
    path = "/api/v1/chat/ws";
    me = null;
    #identity;
    #sent;

    constructor(identity) {
        this.#identity = identity;
        const { user } = identity;
        if (user) this.me = { kind: "staff", ...user };
    }

    isMine(by) {
        return by.kind === "staff" && by.id === this.me?.id;
    }

    token(options) {
        return this.#identity.token(options);
    }

    async authenticate(connection, rooms) {
        const reply = await this.#auth(connection, { rooms });
        this.me = { kind: "staff", ...reply.user };
        return reply;
    }

    async #auth(connection, fields, refused) {
        this.#sent = await this.#identity.token({ refused });
        return connection.request({ op: "auth", token: this.#sent, ...fields });
    }

    /** The hub refused the token: is there a newer one, here or from the refresh route? */
    async renew() {
        try {
            await this.#identity.token({ refused: this.#sent });
            return true;
        } catch (error) {
            if (error.status === 401 || error.status === 403) return false;
            throw error;
        }
    }

    /** Puts a newer token in place on the open connection. */
    refresh(connection) {
        return this.#auth(connection, {}, this.#sent);
    }
}
