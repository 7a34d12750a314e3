/**
 * What a language model writes for one member of staff: a text that grows, and how it ends.
 *
 *     asking ─▶ writing ─▶ done | cancelled | failed
 *
 * Pieces may get lost on a slow link; the end brings the whole text. Nothing of it outlives its connection.
 */
import { beginDraft, growDraft } from "./draft.js";
import { HubError } from "./errors.js";

/** Emits `change`. */
export class Help extends EventTarget {
    state = "asking";
    text = "";
    /** Of a translation: codes, links and numbers that it should have and has not. */
    missing = [];
    /** Of `failed`: its `code`. */
    error = null;
    #draft = beginDraft(null);
    #stop;

    /** @param {() => void} stop asks the hub to end it */
    constructor(stop) {
        super();
        this.#stop = stop;
    }

    get isOver() {
        return !["asking", "writing"].includes(this.state);
    }

    /** Ends it; what was written so far stays. */
    stop() {
        if (this.isOver) return;
        this.#stop();
        this.end("cancelled");
    }

    receive({ off, t, state, missing, err }) {
        if (this.isOver) return;
        if (t !== undefined) this.#draft = growDraft(this.#draft, { run: null, off, t });
        this.text = this.#draft.text;
        this.missing = missing ?? [];
        if (state === undefined) this.#enter("writing");
        else this.end(state, err ? new HubError(err.code, err.msg) : null);
    }

    end(state, error = null) {
        if (this.isOver) return;
        this.error = error;
        if (error) this.text = "";
        this.#enter(state);
    }

    #enter(state) {
        this.state = state;
        this.dispatchEvent(new CustomEvent("change"));
    }
}

/** The help that was asked for on the connection of now. */
export class HelpBook {
    #connection;
    #open = new Map();
    /** Requests whose name the hub has not told yet, and what came for names that are not known. */
    #unnamed = 0;
    #early = [];

    /** @param {() => Promise<object>} connection waits for a live one */
    constructor(connection) {
        this.#connection = connection;
    }

    /** @returns {Help} which fails by itself when the hub refuses */
    begin(frame) {
        let cancel = () => {};
        const help = new Help(() => cancel());
        const begun = async () => {
            const connection = await this.#connection();
            if (help.isOver) return;
            this.#unnamed += 1;
            try {
                const id = (await connection.request({ op: "help", ...frame })).help;
                cancel = () => connection.request({ op: "cancel", help: id }).catch(() => {});
                // It may have been stopped before the hub had named it.
                if (help.isOver) cancel();
                else this.#begun(id, help);
            } finally {
                this.#unnamed -= 1;
                if (this.#unnamed === 0) this.#early = [];
            }
        };
        begun().catch((error) => help.end("failed", error));
        return help;
    }

    #begun(id, help) {
        this.#open.set(id, help);
        for (const event of this.#early) if (event.help === id) this.receive(event);
    }

    receive(event) {
        const help = this.#open.get(event.help);
        if (help) {
            help.receive(event);
            if (help.isOver) this.#open.delete(event.help);
        } else if (this.#unnamed > 0) {
            // A batch may bring the name and what follows at once.
            this.#early.push(event);
        }
    }

    /** The connection is gone, and with it what was written on it. */
    dropped() {
        for (const help of this.#open.values()) help.end("failed", new HubError("offline", "the connection was lost"));
        this.#open.clear();
        this.#early = [];
    }
}
