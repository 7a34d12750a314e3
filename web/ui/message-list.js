/**
 * The scrolling list of a conversation. It stays at the end when the reader is there, and keeps the place
 * when older messages come in above. Ten thousand messages scroll like ten: see scrolling-rows.js.
 */
import { coalesced, h, iconButton } from "./dom.js";
import { DrawnRows } from "./drawn-rows.js";
import { icon } from "./icons.js";
import { ScrollingRows } from "./scrolling-rows.js";

/** Older messages are asked for before the reader reaches the first one, by so many CSS pixels. */
const OLDER_PX = 1_600;

export class MessageList {
    element;
    /** Draws soon; many calls in one turn are one drawing. */
    redraw = coalesced(() => this.#draw());
    #options;
    #rows = [];
    #drawn;
    #scroller;
    #scrolling;
    #toEnd;
    #lead = null;

    /**
     * @param {object} options
     * @param {() => object[]} options.rows
     * @param {() => boolean} options.isComplete nothing older exists
     * @param {() => void} options.onOlder the reader nears the top
     * @param {() => void} options.onEnd the end is on screen
     * @param {object} options.context see bubble.js
     */
    constructor(options) {
        this.#options = options;
        const { isComplete } = options;
        const context = { ...options.context, onJump: (seq, room) => this.jumpTo(seq, room) };
        const { t } = context;
        this.#drawn = new DrawnRows({ context, isComplete, redraw: this.redraw });
        const { list } = this.#drawn;
        this.#scroller = h("div.scroller", { tabindex: 0, role: "region", "aria-label": t("message.list") }, list);
        this.#toEnd = iconButton(icon("down"), t("message.toEnd"), () => this.scrollToEnd(), {
            class: "icon-button to-end",
            hidden: true,
        });
        this.element = h("div.message-list", {}, this.#scroller, this.#toEnd);
        this.#scrolling = new ScrollingRows(this.#scroller, this.#drawn, { follows: "end", told: () => this.#moved() });
        list.addEventListener("click", (event) => this.#tapped(event));
    }

    /** Something before the first message, such as a greeting. */
    set lead(element) {
        if (this.#lead) this.#scrolling.unwatch(this.#lead);
        this.#lead?.remove();
        this.#lead = element;
        if (!element) return;
        this.#scroller.prepend(element);
        this.#scrolling.watch(element);
    }

    get isAtEnd() {
        return this.#scrolling.isAtEnd;
    }

    focus() {
        this.#scroller.focus({ preventScroll: true });
    }

    scrollToEnd() {
        this.#scrolling.toEnd();
    }

    /** What the assistant is writing has changed; mostly there is just more of it. */
    grow(draft) {
        const shown = this.#drawn.draft;
        if (draft === null || draft.run !== shown?.run) this.redraw();
        else shown.show(draft.text);
    }

    /** Shows the message and marks it for a moment. True when it is loaded. */
    jumpTo(seq, room) {
        const index = this.#rows.findIndex((row) => row.item.seq === seq && row.room === room);
        if (index === -1) return false;
        this.#scrolling.reveal(index);
        const element = this.#drawn.element(this.#rows[index].key);
        if (element === null) return false;
        element.classList.remove("is-found");
        void element.offsetWidth;
        element.classList.add("is-found");
        return true;
    }

    #draw() {
        this.#rows = this.#drawn.rows = this.#options.rows();
        this.#scrolling.draw(this.#rows.map(({ key }) => key));
    }

    /** On a touch screen a tap on a message shows its tools; another tap, or one elsewhere, hides them. */
    #tapped({ target }) {
        const message = target.closest("a, button") ? null : target.closest(".message");
        const shown = this.#drawn.list.querySelector(".shows-tools");
        shown?.classList.remove("shows-tools");
        if (message === null || message === shown) return;
        message.classList.add("shows-tools");
        message.scrollIntoView({ block: "nearest" });
    }

    #moved() {
        if (this.#scroller.clientHeight === 0) return;
        this.#toEnd.hidden = this.isAtEnd;
        if (this.isAtEnd) this.#options.onEnd();
        if (this.#scrolling.above < OLDER_PX && !this.#options.isComplete()) this.#options.onOlder();
    }
}
