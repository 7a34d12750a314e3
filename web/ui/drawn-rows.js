/**
 * The rows of a conversation that are in the document (see scrolling-rows.js). Only what changed is drawn
 * anew, and nobody loses what they are at: a row that has the focus, that somebody has selected from, whose
 * menu is open or that plays stays, wherever the list has been scrolled to.
 */
import { bubble } from "./bubble.js";
import { arrange, h } from "./dom.js";
import { DraftBubble } from "./draft-bubble.js";
import { Gaps } from "./gaps.js";
import { notice } from "./notice.js";
import { layOutAt } from "./rows.js";
import { selectedRange } from "./selection.js";
import { runsOf } from "./window-of-rows.js";

/** Of a longer selection only the ends stay in the document. */
const MOST_SELECTED = 1_000;

export class DrawnRows {
    list = h("ol.messages");
    /** What the assistant is writing, while it is. */
    draft = null;
    runs = [];
    #options;
    #context;
    #rows = [];
    /** key → `{index, row, signature, element, day, nodes}` */
    #drawn = new Map();
    #gaps = new Gaps();
    /** Rows that somebody has selected from. */
    #selected = new Set();

    /**
     * @param {object} options
     * @param {object} options.context see bubble.js
     * @param {() => boolean} options.isComplete nothing older exists
     * @param {() => void} options.redraw
     */
    constructor(options) {
        this.#options = options;
        this.#context = options.context;
    }

    /** All rows there are. */
    set rows(rows) {
        this.#rows = rows;
    }

    show(span, isFresh) {
        const before = this.#drawn;
        this.#selected = this.#findSelected();
        this.runs = runsOf(span, this.#held(span));
        this.#drawn = new Map();
        const nodes = [];
        for (const [place, { first, end }] of this.runs.entries()) {
            nodes.push(this.#gaps.at(place));
            for (let index = first; index < end; index += 1) {
                const { key } = this.#rows[index];
                const kept = before.get(key);
                const entry = kept && !isFresh ? kept : this.#entry(index, kept);
                entry.index = index;
                this.#drawn.set(key, entry);
                nodes.push(...entry.nodes);
            }
        }
        nodes.push(this.#gaps.at(this.runs.length));
        const { draft } = this;
        if (draft && !this.#drawn.has(`d:${draft.run}`)) this.draft = null;
        this.#keepFocus(before, () => arrange(this.list, nodes));
    }

    get nodes() {
        return [...this.#drawn.values()].flatMap(({ nodes }) => nodes);
    }

    /** Also says where in the whole each row is. */
    space(places) {
        this.#gaps.fit(places, this.runs);
        const size = String(this.#options.isComplete() ? this.#rows.length : -1);
        for (const { element, index } of this.#drawn.values()) {
            if (element === null) continue;
            if (element.ariaSetSize !== size) element.ariaSetSize = size;
            const place = String(index + 1);
            if (element.ariaPosInSet !== place) element.ariaPosInSet = place;
        }
    }

    heights() {
        const heightOf = (node) => node.getBoundingClientRect().height;
        return [...this.#drawn.values()].map(({ index, nodes }) => [index, nodes.reduce((sum, node) => sum + heightOf(node), 0)]);
    }

    /** The element of a row that is drawn. */
    element(key) {
        return this.#drawn.get(key)?.element ?? null;
    }

    #entry(index, kept) {
        const row = layOutAt(this.#rows, index);
        const signature = this.#signature(row);
        const isSame = kept && signature.every((part, place) => part === kept.signature[place]);
        const words = row.day ? this.#context.format.day(row.item.at) : null;
        const day = words === null ? null : kept?.day?.textContent === words ? kept.day : h("li.day", {}, h("span", {}, words));
        // A tick or a corner can wait for whoever is about to copy the words; other words cannot.
        const waits = kept && !isSame && this.#selected.has(row.key) && kept.row.item === row.item;
        if (waits) document.addEventListener("selectionchange", this.#options.redraw, { once: true });
        const element = isSame || waits ? kept.element : this.#element(row);
        const nodes = [day, element].filter((node) => node !== null);
        return { index, row, signature: waits ? kept.signature : signature, element, day, nodes };
    }

    #element(row) {
        switch (row.kind) {
            case "notice":
                return notice(row, this.#context);
            case "draft":
                this.draft = new DraftBubble(row, this.#context);
                return this.draft.element;
            default:
                return bubble(row, this.#context);
        }
    }

    /** Everything an element shows; equal signatures mean that it can stay. */
    #signature({ kind, item, room, opens, closes }) {
        if (kind === "notice") return [kind, item];
        if (kind === "draft") return [kind, item.run, opens, closes];
        if (kind === "pending") return [kind, item.state, item.body, opens, closes, this.#context.isOnline()];
        const isOpen = item.kind === "interactive" && this.#context.isOpenOffer?.({ item, room });
        const quoted = item.reply_to == null ? null : room.timeline.message(item.reply_to);
        return [kind, item, opens, closes, room.isMine(item) ? room.progressOf(item) : null, quoted, isOpen];
    }

    /** The rows out of reach that stay, by their index; a draft does, because it grows where it is. */
    #held(span) {
        const near = new Set();
        for (let index = span.first; index < span.end; index += 1) near.add(this.#rows[index].key);
        const held = [];
        for (const [key, { element }] of this.#drawn) {
            if (element === null || near.has(key) || !(this.#selected.has(key) || isInUse(element))) continue;
            const index = this.#rows.findIndex((row) => row.key === key);
            if (index !== -1) held.push(index);
        }
        const draft = this.#rows.findLastIndex(({ kind }) => kind === "draft");
        return draft === -1 ? held : [...held, draft];
    }

    #findSelected() {
        const range = selectedRange(this.list);
        if (range === null) return new Set();
        const touched = [...this.#drawn].filter(([, { element }]) => element !== null && range.intersectsNode(element));
        const keys = touched.map(([key]) => key);
        return new Set(keys.length > MOST_SELECTED ? [keys[0], keys.at(-1)] : keys);
    }

    /** Whoever had the focus in a row that is drawn anew has it there again; if it is gone, in the list. */
    #keepFocus(before, change) {
        const focused = this.list.getRootNode().activeElement;
        const isHere = focused !== null && this.list.contains(focused);
        change();
        if (!isHere || this.list.contains(focused)) return;
        const [key] = [...before].find(([, { element }]) => element?.contains(focused)) ?? [];
        const alike = [...(this.element(key)?.querySelectorAll(focused.localName) ?? [])].find(
            (each) => each.className === focused.className && each.ariaLabel === focused.ariaLabel,
        );
        (alike ?? this.list.closest(".scroller")).focus({ preventScroll: true });
    }
}

function isInUse(element) {
    if (element.matches(":focus-within") || element.querySelector("[aria-expanded=true]")) return true;
    return [...element.querySelectorAll("audio, video")].some((each) => each.currentTime > 0 && !each.ended);
}
