/** Replies that agents use again and again: loaded once, found by what is typed after `/`. */
import { fold } from "../ui/arabic.js";
import { h } from "../ui/dom.js";

/** A list that is older is loaded again when somebody types `/`. */
const FRESH_MS = 60_000;

/** As many as a list shows at once. */
const MAX_SHOWN = 8;

/** A text that is nothing but `/` and the beginning of a shortcut. */
const SHORTCUT = /^\/(\S*)$/;

export class CannedReplies {
    #rest;
    #now;
    #loaded = null;
    #at = -Infinity;

    /** @param {{cannedReplies: () => Promise<Array>, renderReply: (id, room) => Promise<object>}} rest */
    constructor(rest, now = () => performance.now()) {
        this.#rest = rest;
        this.#now = now;
    }

    /** @returns {Promise<Array<{id, shortcut, text}>>} what fits best first */
    async find(query) {
        if (this.#loaded === null || this.#now() - this.#at > FRESH_MS) {
            this.#at = this.#now();
            this.#loaded = this.#rest.cannedReplies();
            // What failed is asked for again with the next key.
            this.#loaded.catch(() => (this.#loaded = null));
        }
        return matching(await this.#loaded, query);
    }

    /** For `Suggestions`, in the conversation `room`. */
    source(app, room, composer) {
        return {
            label: app.t("composer.replies"),
            matchOf: (text) => SHORTCUT.exec(text)?.[1] ?? null,
            find: (query) => this.find(query),
            parts: ({ shortcut, text }) => [
                h("bdi.suggestion-key", {}, `/${shortcut}`),
                h("span.suggestion-text", { dir: "auto" }, text),
            ],
            choose: ({ id }) => this.#fill(id, app, room, composer()),
        };
    }

    /** Puts a reply into the line, to be read before it is sent. */
    async #fill(id, { t, toast }, room, composer) {
        try {
            const { text, missing } = await this.render(id, room);
            composer.value = text;
            if (missing.length > 0) toast(t("composer.missing", { names: missing.join(", ") }));
        } catch (error) {
            toast(t("error.other", { code: error.code }));
        }
        composer.focus();
    }

    /** @returns {Promise<{text, missing: string[]}>} the text for a customer's room */
    render = (id, room) => this.#rest.renderReply(id, room);
}

/** Those whose shortcut begins with what was typed, then those that hold it; of equals, Arabic first. */
export function matching(replies, query) {
    const wanted = fold(query);
    const rank = ({ shortcut, text_ar, text_en }) => {
        if (fold(shortcut).startsWith(wanted)) return 0;
        return fold(`${shortcut} ${text_ar ?? ""} ${text_en ?? ""}`).includes(wanted) ? 1 : -1;
    };
    return replies
        .map((reply) => ({ reply, rank: rank(reply), isArabic: reply.text_ar !== null }))
        .filter((entry) => entry.rank >= 0)
        .sort((a, b) => a.rank - b.rank || b.isArabic - a.isArabic || compare(a.reply, b.reply))
        .slice(0, MAX_SHOWN)
        .map(({ reply }) => ({ id: reply.id, shortcut: reply.shortcut, text: reply.text_ar ?? reply.text_en }));
}

const compare = (a, b) => a.shortcut.localeCompare(b.shortcut, "ar");
