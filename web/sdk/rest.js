/**
 * The REST routes beside the socket (docs/protocol.md). Errors are `HubError`s with the code of
 * the problem document; a request that never got an answer is `network`.
 */
import { HubError } from "./errors.js";

const API = "/api/v1";

export class Rest {
    #origin;
    #fetch;
    #token;

    /**
     * @param {string} origin of the hub
     * @param {(options: {refused?: string}) => Promise<string>} token the bearer token; `refused`
     *   names one that the hub has just turned away
     */
    constructor(origin, { token, fetch = globalThis.fetch.bind(globalThis) }) {
        this.#origin = origin;
        this.#token = token;
        this.#fetch = fetch;
    }

    /** What docs/rest.md describes, at a path below `/api/v1`. */
    get = (path, options) => this.#authorized("GET", path, options);

    /**
     * Makes, changes or removes something.
     * @param {number} [options.version] the hub refuses with `stale` when it is at another by now
     */
    send(method, path, value, { version, headers = {}, ...options } = {}) {
        const content = value === undefined ? {} : json(value);
        const guard = version === undefined ? {} : { "If-Match": `"v${version}"` };
        return this.#authorized(method, path, {
            ...options,
            body: content.body,
            headers: { ...content.headers, ...guard, ...headers },
        });
    }

    /** Makes something of a file. @param {{type: string}} options the media type of the file, and those of `call` */
    sendFile = (path, file, { type, ...options }) =>
        this.#authorized("POST", path, { ...options, body: file, headers: { "Content-Type": type } });

    /** What the hub measures, in Prometheus' text format. */
    metrics = (options) =>
        this.#authorized("GET", "/metrics", {
            ...options,
            root: "",
            headers: { Accept: "text/plain" },
            read: (response) => response.text(),
        });

    me = () => this.#authorized("GET", "/auth/me");
    staff = async () => (await this.#authorized("GET", "/staff")).staff;
    rooms = async () => (await this.#authorized("GET", "/rooms")).rooms;
    createRoom = (room) => this.#authorized("POST", "/rooms", json(room));
    addMember = (room, user) => this.#authorized("PUT", memberPath(room, user));
    removeMember = (room, user) => this.#authorized("DELETE", memberPath(room, user));

    /** Those that one may use; more than a page of them is not offered. */
    cannedReplies = async () => (await this.#authorized("GET", "/canned-replies?usable=true&limit=200")).items;

    /** The text for a conversation, and which variables have no value. */
    renderReply = (id, room) =>
        this.#authorized("POST", `/canned-replies/${encodeURIComponent(id)}/render`, json({ room }));

    labels = async () => (await this.#authorized("GET", "/labels?limit=200")).items;

    /** Where colleagues mentioned one, the latest first. @param {{unread?, limit?, cursor?}} query */
    mentions = (query) => this.#authorized("GET", `/mentions?${new URLSearchParams(query)}`);

    /** What WhatsApp has approved. */
    templates = async () => (await this.#authorized("GET", "/whatsapp/templates")).templates;

    /** To whom a conversation can be handed. */
    teams = async () => (await this.#authorized("GET", "/teams?limit=200")).items;
    routingAgents = async () => (await this.#authorized("GET", "/routing/agents")).agents;

    /** A conversation as a file. @returns {Promise<Blob>} */
    transcript(room, { format = "text", notes = false } = {}) {
        const query = `format=${format}${notes ? "&notes=true" : ""}`;
        return this.#authorized("GET", `/conversations/${encodeURIComponent(room)}/transcript?${query}`, {
            headers: { Accept: "*/*" },
            read: (response) => response.blob(),
        });
    }

    /**
     * Has a conversation sent to the address of its customer.
     * @param {string} key makes it happen once, however often it is asked for
     */
    mailTranscript(room, key) {
        const { body, headers } = json({});
        return this.#authorized("POST", `/conversations/${encodeURIComponent(room)}/transcript`, {
            body,
            headers: { ...headers, "Idempotency-Key": key },
        });
    }

    /** Makes these the labels of a conversation. */
    putLabels = (room, labels) =>
        this.#authorized("PUT", `/conversations/${encodeURIComponent(room)}/labels`, json({ labels }));

    /** A visitor says how it was. */
    rate = (room, answer) => this.#authorized("POST", `/conversations/${encodeURIComponent(room)}/rating`, json(answer));

    /** What everybody may know of the shop: its hours, and whether it is open. */
    widgetSettings = () => this.call("GET", "/widget/settings");

    /** Stores a file. @returns {Promise<{id, name, type, size, url, width?, height?}>} */
    upload(file, name) {
        const type = file.type || "application/octet-stream";
        return this.#authorized("POST", `/attachments?name=${encodeURIComponent(name)}`, {
            body: file,
            headers: { "Content-Type": type },
        });
    }

    /** A staff token works for minutes only: when it is turned away, ask once for another. */
    async #authorized(method, path, options = {}) {
        const token = await this.#token({});
        try {
            return await this.call(method, path, { ...options, token });
        } catch (error) {
            if (error.status !== 401) throw error;
            const next = await this.#token({ refused: token });
            if (next === token) throw error;
            return this.call(method, path, { ...options, token: next });
        }
    }

    /** One request, without any retry. `signal` ends the waiting for it: `left`. */
    async call(method, path, options = {}) {
        const { token, body, headers = {}, root = API, signal, read = (response) => response.json() } = options;
        const authorization = token ? { Authorization: `Bearer ${token}` } : {};
        try {
            const response = await this.#fetch(this.#origin + root + path, {
                method,
                body,
                signal,
                headers: { Accept: "application/json", ...authorization, ...headers },
            });
            if (!response.ok) throw await problem(response);
            return response.status === 204 ? {} : await read(response);
        } catch (cause) {
            if (cause instanceof HubError) throw cause;
            if (signal?.aborted) throw new HubError("left", "nobody waits for it any more");
            throw new HubError("network", String(cause?.message ?? cause));
        }
    }
}

/** A JSON body. */
export const json = (value) => ({
    body: JSON.stringify(value),
    headers: { "Content-Type": "application/json" },
});

const memberPath = (room, user) => `/rooms/${encodeURIComponent(room)}/members/${encodeURIComponent(user)}`;

async function problem(response) {
    const document = await response.json().catch(() => ({}));
    const after = Number(response.headers.get("Retry-After"));
    const isTemporary = response.status === 429 || response.status >= 500;
    const code = response.status === 415 ? "unsupported" : (document.code ?? codeOf(response.status));
    return new HubError(code, document.detail ?? document.title, {
        status: response.status,
        fields: Array.isArray(document.errors) ? document.errors : [],
        retryMs: isTemporary ? (after > 0 ? after * 1_000 : 2_000) : undefined,
    });
}

/** For answers of a proxy that knows nothing of our codes. */
function codeOf(status) {
    if (status === 401) return "unauthorized";
    if (status === 403) return "forbidden";
    if (status === 404) return "not_found";
    if (status === 413) return "too_large";
    if (status === 429) return "rate_limited";
    return status >= 500 ? "unavailable" : "bad_request";
}
