/**
 * Keeps the inbox in step with the hub: pages of a filter on demand, `conv` events live, and after
 * every reconnect whatever changed since the last watermark.
 *
 * Events (EventTarget):
 * - `change`, with `detail.canWait` when all that is new was said or counted. That happens all the time in a busy shop;
 *   where a conversation belongs, and what this person asked for, does not.
 * - `news`, with the conversation, when somebody wrote in it or it became this person's: now, or while there was no
 *   connection
 */
import { coalesced } from "../ui/dom.js";
import { InboxCounts } from "./inbox-counts.js";
import { InboxModel, isNews, requestOf, staysInPlace } from "./inbox-model.js";

const PAGE = 50;

export class Inbox extends EventTarget {
    model = new InboxModel();
    counts;
    filter = "all";
    isLoading = false;
    #hub;
    #watermark = null;
    /** The latest change of what was there when all that followed began to come. */
    #since;
    #isStale = true;
    /** filter → the `before` of its next page; null when there is none */
    #next = new Map();
    #canWait = true;
    #tell = coalesced(() => {
        const detail = { canWait: this.#canWait };
        this.#canWait = true;
        this.dispatchEvent(new CustomEvent("change", { detail }));
    });

    constructor(hub) {
        super();
        this.#hub = hub;
        this.counts = new InboxCounts(() => hub.rest.get("/inbox/counts"), () => this.#changed({ canWait: true }));
        hub.addEventListener("conv", ({ detail }) => this.#receive(detail));
        hub.addEventListener("status", ({ detail }) => {
            if (detail.state !== "live") {
                this.#isStale = true;
                return;
            }
            this.counts.touch();
            if (this.#isStale) this.#catchUp();
        });
        hub.addEventListener("epoch", () => {
            this.model.clear();
            this.#next.clear();
            this.#watermark = null;
        });
    }

    get conversations() {
        return this.model.list(this.filter, this.#hub.me?.id);
    }

    get hasMore() {
        return this.#next.get(this.filter) != null;
    }

    choose(filter) {
        this.filter = filter;
        if (!this.#next.has(filter)) this.loadMore();
        this.#changed();
    }

    /** Takes in a summary. False when a later one is known. */
    take(conversation) {
        const known = this.model.get(conversation.room);
        if (!this.model.upsert(conversation)) return false;
        this.#changed({ canWait: known !== undefined && staysInPlace(known, conversation) });
        this.counts.touch();
        return true;
    }

    /** The next page of the filter. */
    async loadMore() {
        const { filter } = this;
        const before = this.#next.get(filter) ?? undefined;
        await this.#load({ filter: requestOf(filter), limit: PAGE, ...(before === undefined ? {} : { before }) }, (reply) => {
            for (const each of reply.conversations) this.model.upsert(each);
            this.#next.set(filter, reply.next);
            if (this.#watermark !== null) return;
            this.#watermark = reply.watermark;
            this.#since = this.model.latest;
        });
    }

    #receive(conversation) {
        const before = this.model.get(conversation.room) ?? null;
        if (!this.take(conversation) || !isNews(before, conversation, this.#hub.me?.id, this.#since)) return;
        this.dispatchEvent(new CustomEvent("news", { detail: conversation }));
    }

    #changed({ canWait = false } = {}) {
        this.#canWait &&= canWait;
        this.#tell();
    }

    async #catchUp() {
        this.#isStale = false;
        if (this.#watermark === null) return this.loadMore();
        let before;
        let watermark = null;
        do {
            const page = before === undefined ? {} : { before };
            const reply = await this.#load({ since: this.#watermark, limit: PAGE, ...page }, ({ conversations }) => {
                for (const each of conversations) this.#receive(each);
            });
            if (!reply) return;
            watermark ??= reply.watermark;
            before = reply.next ?? undefined;
        } while (before !== undefined);
        this.#watermark = watermark;
    }

    /** A failed load leaves the inbox stale; the next live connection begins again. */
    async #load(request, then) {
        this.isLoading = true;
        this.#changed();
        try {
            const reply = await this.#hub.inbox(request);
            then(reply);
            return reply;
        } catch {
            this.#isStale = true;
            return null;
        } finally {
            this.isLoading = false;
            this.#changed();
        }
    }
}
