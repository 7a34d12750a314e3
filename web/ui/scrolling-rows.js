/**
 * A long list that scrolls: only rows near the reader are in the document. What is read stays where it is
 * when rows come in above, pictures load, or the window changes.
 *
 * Where the rows stand is reckoned by window-of-rows.js; which elements they have is up to `drawn`:
 *
 * - `list`: the element of all rows, within the scroller or the scroller itself
 * - `show(span, isFresh)`: puts the rows of `{first, end}` into it; `isFresh` when they may show something else
 * - `runs`: what is in it now, as `[{first, end}]`
 * - `nodes`: the elements of those rows
 * - `heights()`: `[index, height]` of them; the box of a row is all the place that it takes
 * - `space(places)`: gives the gaps between them the heights of what is missing
 */
import { WindowOfRows } from "./window-of-rows.js";

/** Closer to the end than this counts as being there, in CSS pixels. */
const END_PX = 80;

/** Rows are drawn this far beyond what is on screen, and further ones as soon as half of it is used up. */
const AHEAD_PX = 1_000;
const NEED_PX = AHEAD_PX / 2;

/** Rows that turn out lower than was thought leave room for more; it is filled in so many goes. */
const MOST_GOES = 6;

/** A list has come to rest when it has not moved for so long. */
const REST_MS = 150;

export class ScrollingRows {
    /** The last row is on screen, or nearly. */
    isAtEnd;
    #scroller;
    #drawn;
    #follows;
    #told;
    #places = new WindowOfRows();
    #sizes = new ResizeObserver(() => this.#resized());
    #sized = new Set();
    /** Where the scroller was last seen, and where the list begins in it. */
    #scrollTop = 0;
    #origin = 0;
    /** What the reader sees of the list: from `top` on, `height` of it. */
    #view = { top: 0, height: 0 };
    /** Somebody is scrolling. */
    #isMoving = false;
    #resting = null;

    /**
     * @param {HTMLElement} scroller
     * @param {object} drawn see above
     * @param {object} options
     * @param {"top" | "end"} options.follows a reader who is there stays there, and sees what is new
     * @param {() => void} options.told the reader may be somewhere else
     */
    constructor(scroller, drawn, { follows, told }) {
        this.#scroller = scroller;
        this.#drawn = drawn;
        this.#follows = follows;
        this.isAtEnd = follows === "end";
        this.#told = told;
        scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
        this.watch(scroller);
    }

    /** Something else in the scroller may change its size. */
    watch(element) {
        this.#sizes.observe(element, { box: "border-box" });
    }

    unwatch(element) {
        this.#sizes.unobserve(element);
    }

    /** How far what is above and below the reader reaches. */
    get above() {
        return this.#view.top - this.#places.top(0);
    }

    get below() {
        return this.#places.bottom - this.#view.top - this.#view.height;
    }

    /** The rows are these now, and may show something else than before. */
    draw(keys) {
        this.#look();
        const pin = this.#places.keep(keys, this.#pin());
        this.#show({ isFresh: true, pin });
    }

    toEnd() {
        this.isAtEnd = true;
        this.#show();
    }

    /** Brings a row to the middle. */
    reveal(index) {
        this.isAtEnd = false;
        this.#show({ aim: () => (this.#places.top(index) + this.#places.top(index + 1) - this.#view.height) / 2 });
        this.#findEnd();
        this.#told();
    }

    /**
     * Puts the rows near the reader into the document, and the reader where they are to be.
     * @param {{isFresh?: boolean, aim?: ?() => number, pin?: ?number}} [how] `aim`: where the view is to begin;
     *   null for the place that the reader has, which is that of the `pin`
     */
    #show({ isFresh = false, aim = this.#followed, pin = null } = {}) {
        for (let go = 0; go < MOST_GOES; go += 1) {
            this.#aim(aim);
            // Before others are drawn: none of those was seen yet.
            const held = aim ? null : go === 0 && pin !== null ? pin : this.#pin();
            const { top, height } = this.#view;
            this.#drawn.show(this.#places.span(top - AHEAD_PX, top + height + AHEAD_PX), isFresh && go === 0);
            this.#drawn.space(this.#places);
            this.#measure(held);
            if (this.#isCovered() && this.#fitsIn() && (aim || !this.#places.mustSettle(this.#view.top))) break;
        }
        this.#watchRows();
        if (aim) this.#aim(aim);
        this.#fit(aim);
    }

    #top = () => -this.#origin;
    #end = () => this.#places.bottom - this.#view.height;

    get #followed() {
        if (this.#follows === "end") return this.isAtEnd ? this.#end : null;
        return this.#view.top <= -this.#origin ? this.#top : null;
    }

    #aim(aim) {
        if (aim) {
            this.#places.settle();
            this.#view.top = Math.max(-this.#origin, Math.min(aim(), this.#end()));
        } else if (!this.#isMoving || this.#places.mustSettle(this.#view.top)) {
            this.#view.top += this.#places.settle();
        }
    }

    /** Moves the scroller if the place of the reader is not where it stands. */
    #fit(aim) {
        if (!this.#fitsIn()) this.#view.top += this.#places.settle();
        this.#drawn.space(this.#places);
        if (this.#scroller.clientHeight > 0) {
            const wanted = this.#origin + this.#view.top;
            if (aim === this.#end) this.#scroller.scrollTop = this.#scroller.scrollHeight;
            else if (Math.abs(wanted - this.#scroller.scrollTop) >= 1) this.#scroller.scrollTop = wanted;
        }
        this.#look();
        this.#told();
    }

    /** Sees where the scroller is; while it is hidden, what was seen last holds. */
    #look() {
        const { scrollTop, clientHeight } = this.#scroller;
        if (clientHeight === 0) return;
        if (scrollTop !== this.#scrollTop) this.#findEnd();
        this.#scrollTop = scrollTop;
        this.#view = { top: scrollTop - this.#origin, height: clientHeight };
    }

    /** The row that keeps its place; of those that are drawn if any of them is on screen, since others are only reckoned. */
    #pin() {
        const { top, height } = this.#view;
        const bottom = top + height;
        const seen = this.#drawn.runs.find((run) => this.#places.top(run.end) > top && this.#places.top(run.first) < bottom);
        return this.#places.pin(seen ? Math.max(top, this.#places.top(seen.first)) : top, bottom);
    }

    /** Takes what the rows measure. Tells whether anything is another size than before. */
    #measure(pin) {
        if (this.#scroller.clientHeight === 0) return false;
        const { list } = this.#drawn;
        const inset = list.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
        const origin = list === this.#scroller ? 0 : inset + this.#scroller.scrollTop;
        const isMoved = origin !== this.#origin;
        this.#origin = origin;
        return this.#places.measure(this.#drawn.heights(), pin) || isMoved;
    }

    /** Whoever scrolls on finds what is there, where it is. */
    #isReady() {
        return this.#isCovered() && !this.#places.mustSettle(this.#view.top);
    }

    #isCovered() {
        const { top, height } = this.#view;
        const { first, end } = this.#places.span(top - NEED_PX, top + height + NEED_PX);
        return first === end || this.#drawn.runs.some((run) => run.first <= first && end <= run.end);
    }

    /** What turned out higher than was thought may reach above zero, where nothing can be shown. */
    #fitsIn() {
        const [run] = this.#drawn.runs;
        return run === undefined || this.#places.top(run.first) >= 0;
    }

    #watchRows() {
        const nodes = new Set(this.#drawn.nodes);
        for (const node of this.#sized) if (!nodes.has(node)) this.unwatch(node);
        for (const node of nodes) if (!this.#sized.has(node)) this.watch(node);
        this.#sized = nodes;
    }

    /** Something in the list, or the list itself, has another size: a picture, a font, the window. */
    #resized() {
        const { scrollTop, clientHeight } = this.#scroller;
        if (clientHeight === 0) return;
        // A scroll of this frame is seen here first; its event will tell nothing new.
        if (scrollTop !== this.#scrollTop) this.#moves();
        const { height } = this.#view;
        this.#look();
        if (this.#measure(this.#pin()) || height !== this.#view.height) {
            const aim = this.#followed;
            this.#aim(aim);
            this.#fit(aim);
        }
        // Not now: what is drawn while sizes are told would be told of in the next frame, with an error.
        if (!this.#isReady()) requestAnimationFrame(() => this.#show());
    }

    #scrolled() {
        const { scrollTop, clientHeight } = this.#scroller;
        if (clientHeight === 0 || scrollTop === this.#scrollTop) return;
        this.#moves();
        this.#look();
        // Who nears the end is not pulled there.
        if (this.#isReady()) this.#told();
        else this.#show({ aim: null });
    }

    #moves() {
        this.#isMoving = true;
        clearTimeout(this.#resting);
        this.#resting = setTimeout(() => this.#rested(), REST_MS);
    }

    #findEnd() {
        const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
        this.isAtEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    }

    #rested() {
        this.#isMoving = false;
        this.#look();
        this.#show({ aim: null });
    }
}
