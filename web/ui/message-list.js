/**
 * The scrolling list of a conversation. Draws only what changed, stays at the end when the reader
 * is there, keeps the place when older messages come in above.
 */
import { bubble } from "./bubble.js";
import { coalesced, h, iconButton } from "./dom.js";
import { DraftBubble } from "./draft-bubble.js";
import { icon } from "./icons.js";
import { notice } from "./notice.js";
import { layOut } from "./rows.js";

/** Closer to the end than this counts as being there, in CSS pixels. */
const END_PX = 80;

/** Older messages are asked for before the reader reaches the top. */
const TOP_PX = 240;

export class MessageList {
    element;
    /** Draws soon; many calls in one turn are one drawing. */
    redraw;
    #context;
    #options;
    #list = h("ol.messages");
    #scroller;
    #toEnd;
    #lead = null;
    #drawn = new Map();
    #draft = null;
    #isAtEnd = true;

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
        this.#context = { ...options.context, onJump: (seq, room) => this.jumpTo(seq, room) };
        const { t } = options.context;
        this.#scroller = h(
            "div.scroller",
            { tabindex: 0, role: "region", "aria-label": t("message.list") },
            this.#list,
        );
        this.#toEnd = iconButton(icon("down"), t("message.toEnd"), () => this.scrollToEnd(), {
            class: "icon-button to-end",
            hidden: true,
        });
        this.element = h("div.message-list", {}, this.#scroller, this.#toEnd);
        this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
        this.#list.addEventListener("click", (event) => this.#tapped(event));
        this.#list.addEventListener("load", () => this.#settle(), true);
        this.redraw = coalesced(() => this.#draw());
        new ResizeObserver(() => this.#settle()).observe(this.#scroller);
    }

    /** Something before the first message, such as a greeting. */
    set lead(element) {
        this.#lead?.remove();
        this.#lead = element;
        if (element) this.#scroller.prepend(element);
    }

    get isAtEnd() {
        return this.#isAtEnd;
    }

    focus() {
        this.#scroller.focus({ preventScroll: true });
    }

    scrollToEnd() {
        this.#isAtEnd = true;
        this.#settle();
    }

    /** What the assistant is writing has changed; mostly there is just more of it. */
    grow(draft) {
        if (draft === null || draft.run !== this.#draft?.run) return this.redraw();
        this.#draft.show(draft.text);
        this.#settle();
    }

    /** Shows the message and marks it for a moment. True when it is loaded. */
    jumpTo(seq, room) {
        const key = [...this.#drawn.values()].find(({ row }) => row.item.seq === seq && row.room === room);
        if (!key) return false;
        this.#isAtEnd = false;
        key.element.scrollIntoView({ block: "center" });
        key.element.classList.remove("is-found");
        void key.element.offsetWidth;
        key.element.classList.add("is-found");
        return true;
    }

    #draw() {
        const rows = layOut(this.#options.rows());
        const before = { height: this.#scroller.scrollHeight, top: this.#scroller.scrollTop };
        const firstKey = this.#drawn.keys().next().value;
        const drawn = new Map();
        const nodes = [];
        for (const row of rows) {
            const kept = this.#drawn.get(row.key);
            const signature = this.#signature(row);
            const isSame = kept && signature.every((part, index) => part === kept.signature[index]);
            const element = isSame ? kept.element : this.#element(row);
            drawn.set(row.key, { row, signature, element });
            if (row.day) nodes.push(this.#day(row, kept));
            if (element) nodes.push(element);
        }
        this.#drawn = drawn;
        const written = this.#draft;
        if (!rows.some(({ kind }) => kind === "draft")) this.#draft = null;
        const losesFocus = written !== null && written !== this.#draft && written.hasFocus;
        this.#place(nodes);
        if (losesFocus) this.#scroller.focus({ preventScroll: true });
        const isPrepended = firstKey !== undefined && drawn.keys().next().value !== firstKey && drawn.has(firstKey);
        if (!this.#isAtEnd && isPrepended) {
            this.#scroller.scrollTop = before.top + this.#scroller.scrollHeight - before.height;
        }
        this.#settle();
    }

    #element(row) {
        switch (row.kind) {
            case "notice":
                return notice(row, this.#context);
            case "draft":
                this.#draft = new DraftBubble(row, this.#context);
                return this.#draft.element;
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

    #day({ item }) {
        return h("li.day", {}, h("span", {}, this.#context.format.day(item.at)));
    }

    /** Puts the nodes in order; those in place already are not touched. */
    #place(nodes) {
        let at = this.#list.firstChild;
        for (const node of nodes) {
            if (node === at) at = at.nextSibling;
            else if (node.className === "day" && at?.className === "day" && at.textContent === node.textContent)
                at = at.nextSibling;
            else this.#list.insertBefore(node, at);
        }
        while (at) {
            const next = at.nextSibling;
            at.remove();
            at = next;
        }
    }

    /** On a touch screen a tap on a message shows its tools; another tap, or one elsewhere, hides them. */
    #tapped({ target }) {
        const message = target.closest("a, button") ? null : target.closest(".message");
        const shown = this.#list.querySelector(".shows-tools");
        shown?.classList.remove("shows-tools");
        if (message === null || message === shown) return;
        message.classList.add("shows-tools");
        message.scrollIntoView({ block: "nearest" });
    }

    #settle() {
        if (this.#isAtEnd) this.#scroller.scrollTop = this.#scroller.scrollHeight;
        this.#scrolled();
    }

    #scrolled() {
        const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
        if (clientHeight === 0) return;
        this.#isAtEnd = scrollHeight - scrollTop - clientHeight < END_PX;
        this.#toEnd.hidden = this.#isAtEnd;
        if (this.#isAtEnd) this.#options.onEnd();
        if (scrollTop < TOP_PX && !this.#options.isComplete()) this.#options.onOlder();
    }
}
