/** The conversations of the inbox that are in the document (see scrolling-rows.js). */
import { arrange } from "../ui/dom.js";
import { Gaps } from "../ui/gaps.js";
import { runsOf } from "../ui/window-of-rows.js";

export class DrawnConversations {
    list;
    runs = [];
    #shown;
    #row;
    #conversations = [];
    #tail = [];
    /** room → `{index, shown, element}` */
    #drawn = new Map();
    #gaps = new Gaps();

    /**
     * @param {HTMLElement} list
     * @param {{shown: (conversation) => object, row: (shown: object) => HTMLElement}} drawing `shown` is all that a
     *   row depends on: with the same values it stays
     */
    constructor(list, { shown, row }) {
        this.list = list;
        this.#shown = shown;
        this.#row = row;
    }

    /**
     * What there is to show.
     * @param {HTMLElement[]} tail what comes after all conversations
     */
    take(conversations, tail) {
        [this.#conversations, this.#tail] = [conversations, tail];
    }

    /** What is shown is no longer true, though nobody said so. */
    outdate() {
        for (const drawn of this.#drawn.values()) drawn.shown = {};
    }

    show(span) {
        // Only a row that has the focus stays, and gets it back: elsewhere somebody may be writing.
        const focused = this.list.querySelector("a:focus")?.dataset.room;
        const place = focused === undefined ? -1 : this.#conversations.findIndex(({ room }) => room === focused);
        this.runs = runsOf(span, place === -1 ? [] : [place]);
        const before = this.#drawn;
        this.#drawn = new Map();
        const nodes = [];
        for (const [run, { first, end }] of this.runs.entries()) {
            nodes.push(this.#gaps.at(run));
            for (let index = first; index < end; index += 1) nodes.push(this.#draw(index, before));
        }
        arrange(this.list, [...nodes, this.#gaps.at(this.runs.length), ...this.#tail]);
        const row = focused && this.#drawn.get(focused)?.element.firstElementChild;
        // A row that moved has lost it.
        if (row && row !== document.activeElement) row.focus({ preventScroll: true });
    }

    get nodes() {
        return [...this.#drawn.values()].map(({ element }) => element);
    }

    heights() {
        return [...this.#drawn.values()].map(({ index, element }) => [index, element.getBoundingClientRect().height]);
    }

    space(places) {
        this.#gaps.fit(places, this.runs);
    }

    #draw(index, before) {
        const conversation = this.#conversations[index];
        const { room } = conversation;
        const shown = this.#shown(conversation);
        const kept = before.get(room);
        const isSame = kept && Object.keys(shown).every((key) => kept.shown[key] === shown[key]);
        const element = isSame ? kept.element : renewed(kept?.element, this.#row(shown));
        element.ariaSetSize = String(this.#conversations.length);
        element.ariaPosInSet = String(index + 1);
        this.#drawn.set(room, { index, shown, element });
        return element;
    }
}

/** The row that is there, showing what the fresh one does: whoever is about to click it still has it. */
function renewed(row, fresh) {
    if (!row) return fresh;
    const [link, freshLink] = [row.firstElementChild, fresh.firstElementChild];
    for (const { name } of [...link.attributes]) {
        if (!freshLink.hasAttribute(name)) link.removeAttribute(name);
    }
    for (const { name, value } of freshLink.attributes) link.setAttribute(name, value);
    link.replaceChildren(...freshLink.childNodes);
    return row;
}
