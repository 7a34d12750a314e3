/**
 * Keeps in step with the hub where colleagues mentioned one: live, and after every reconnect and return to the page
 * whatever was missed or read elsewhere.
 *
 * Events: `change`, and `news` (detail: the mention), once for each mention that came while this page was open.
 */
import { coalesced } from "../ui/dom.js";
import { MentionModel } from "./mention-model.js";

/** More unread ones than this are shown as that many. */
const MAX_UNREAD = 100;
const PAGE = 50;

export class Mentions extends EventTarget {
    model = new MentionModel();
    #hub;
    #changed = coalesced(() => this.dispatchEvent(new Event("change")));

    constructor(hub) {
        super();
        this.#hub = hub;
        hub.addEventListener("mention", ({ detail }) => this.#arrived(detail.mention));
        hub.addEventListener("status", ({ detail }) => {
            if (detail.state === "live") this.refresh();
        });
        hub.addEventListener("epoch", () => {
            this.model.clear();
            this.#changed();
        });
        document.addEventListener("visibilitychange", () => {
            if (document.visibilityState === "visible" && hub.status.state === "live") this.refresh();
        });
    }

    /** A page of all of them, the latest first. @returns {Promise<{items: Array, next: string | null}>} */
    page(cursor = null) {
        return this.#hub.rest.mentions({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    }

    /** A room was read up to `seq`. */
    read(room, seq) {
        if (this.model.read(room, seq)) this.#changed();
    }

    async refresh() {
        const turn = this.model.begin();
        try {
            const { items } = await this.#hub.rest.mentions({ unread: true, limit: MAX_UNREAD });
            this.model.replace(items, turn);
            this.#changed();
        } catch {
            // What is known stays; the next connection asks again.
        }
    }

    #arrived(mention) {
        const isNews = this.model.take(mention);
        this.#changed();
        if (isNews) this.dispatchEvent(new CustomEvent("news", { detail: mention }));
    }
}

/** Where a mention stands, in words. */
export function placeOf(mention, { t, team }, customerOf) {
    if (mention.conversation !== null) return t("mentions.note", { name: customerOf(mention.customer) });
    if (mention.title) return mention.title;
    const room = team.get(mention.room);
    return room ? team.titleOf(room) : t("mentions.direct");
}
