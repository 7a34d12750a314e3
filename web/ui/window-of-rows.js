/**
 * Which rows of a long list are in the document, and where each of them stands. Pure: keys and pixels only.
 *
 * A row that was drawn has its measured height, any other one an estimate. So what comes in above, or turns
 * out higher than was thought, would move what the reader looks at. It does not: one row, the pin, keeps its
 * place, and the difference becomes `slack`, by which all rows stand beside where they would stand from the
 * first one on. Slack is settled by scrolling as far, which ends a scroll that is going on; so it can wait
 * until the list rests.
 */

/** How high a row is thought to be before any was measured. */
const FIRST_ESTIMATE_PX = 64;

/** Rows that stand above zero cannot be shown; closer to it than this, slack is settled while the list moves. */
const EDGE_PX = 240;

export class WindowOfRows {
    #keys = [];
    #heights = new Float64Array(0);
    /** Row `n` goes from `#tops[n]` to `#tops[n + 1]`, without the slack. */
    #tops = new Float64Array(1);
    #slack = 0;

    get count() {
        return this.#keys.length;
    }

    /** Where the last row ends. */
    get bottom() {
        return this.top(this.count);
    }

    top(index) {
        return this.#tops[index] + this.#slack;
    }

    indexOf(key) {
        return this.#keys.indexOf(key);
    }

    /** The first row that ends below `y`; the last one when all end above it. */
    at(y) {
        let [low, high] = [0, Math.max(0, this.count - 1)];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.top(middle + 1) > y) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /**
     * The row that stays where it is: the first one that begins on screen, else the one that fills it. The first of
     * all only if it must be: what comes in above takes its heading away, and with it what it begins with.
     */
    pin(top, bottom) {
        if (this.count === 0) return null;
        const index = this.at(top);
        const next = index + 1;
        const isBegun = this.top(index) < top || index === 0;
        return isBegun && next < this.count && this.top(next) < bottom ? next : index;
    }

    /** The rows between two heights, from `first` up to but without `end`; none of them stands above zero. */
    span(top, bottom) {
        if (this.count === 0) return { first: 0, end: 0 };
        let first = this.at(Math.max(0, top));
        if (this.top(first) < 0) first += 1;
        return { first, end: Math.max(first, Math.min(this.count, this.at(bottom) + 1)) };
    }

    /**
     * Takes the rows as they are now; those known already keep their heights.
     * @param {string[]} keys in order, each once
     * @param {?number} pin the row that keeps its place, by its index so far; if it is gone, one beside it
     * @returns {?number} its index from now on; null when there is none
     */
    keep(keys, pin = null) {
        const old = { keys: this.#keys, heights: this.#heights, tops: this.#tops };
        const least = Math.min(old.keys.length, keys.length);
        let head = 0;
        while (head < least && old.keys[head] === keys[head]) head += 1;
        let tail = 0;
        while (tail < least - head && old.keys.at(-1 - tail) === keys.at(-1 - tail)) tail += 1;
        if (head === keys.length && head === old.keys.length) return pin;
        const places = new Map();
        for (let index = head; index < keys.length - tail; index += 1) places.set(keys[index], index);
        const heights = new Float64Array(keys.length).fill(this.#estimate);
        heights.set(old.heights.subarray(0, head));
        heights.set(old.heights.subarray(old.keys.length - tail), keys.length - tail);
        for (let index = head; index < old.keys.length - tail; index += 1) {
            const place = places.get(old.keys[index]);
            if (place !== undefined) heights[place] = old.heights[index];
        }
        [this.#keys, this.#heights] = [keys, heights];
        this.#add();
        if (pin === null) return null;
        const placeOf = (index) => {
            if (index < head) return index;
            if (index >= old.keys.length - tail) return index + keys.length - old.keys.length;
            return places.get(old.keys[index]);
        };
        const kept = nearest(pin, old.keys.length, (index) => placeOf(index) !== undefined);
        if (kept === null) return null;
        this.#slack += old.tops[kept] - this.#tops[placeOf(kept)];
        return placeOf(kept);
    }

    /**
     * Takes what was measured. Tells whether anything is another height than before.
     * @param {Iterable<[number, number]>} heights index and height
     */
    measure(heights, pin = null) {
        const before = pin === null ? 0 : this.#tops[pin];
        let isChanged = false;
        for (const [index, height] of heights) {
            if (height === this.#heights[index]) continue;
            isChanged = true;
            this.#heights[index] = height;
        }
        if (!isChanged) return false;
        this.#add();
        if (pin !== null) this.#slack += before - this.#tops[pin];
        return true;
    }

    /** Whether slack would show: a blank above the first row, or rows that the reader has nearly reached. */
    mustSettle(viewTop) {
        if (this.#slack > 0) return viewTop < this.#slack;
        return this.#slack < 0 && viewTop < EDGE_PX;
    }

    /** Puts the rows where they stand from the first one on. Returns how far to scroll for it. */
    settle() {
        const way = 0 - this.#slack;
        this.#slack = 0;
        return way;
    }

    /** The mean of all; a row keeps the estimate of the moment when it came until it is measured. */
    get #estimate() {
        return this.count === 0 ? FIRST_ESTIMATE_PX : this.#tops[this.count] / this.count;
    }

    #add() {
        const tops = new Float64Array(this.count + 1);
        let sum = 0;
        for (let index = 0; index < this.count; index += 1) tops[index + 1] = sum += this.#heights[index];
        this.#tops = tops;
    }
}

/** From `start` on, then back from it: the first index that is wanted; null when there is none. */
function nearest(start, count, isWanted) {
    for (let index = start; index < count; index += 1) if (isWanted(index)) return index;
    for (let index = Math.min(start, count) - 1; index >= 0; index -= 1) if (isWanted(index)) return index;
    return null;
}

/**
 * The rows of a span and those that must stay besides it, as runs without a hole: `[{first, end}]`, in order.
 * @param {Iterable<number>} held
 */
export function runsOf({ first, end }, held) {
    const indices = new Set(held);
    for (let index = first; index < end; index += 1) indices.add(index);
    const runs = [];
    for (const index of [...indices].sort((a, b) => a - b)) {
        if (runs.at(-1)?.end === index) runs.at(-1).end += 1;
        else runs.push({ first: index, end: index + 1 });
    }
    return runs;
}

/** The heights of what is missing before each run, and after the last one. */
export function gapsOf(places, runs) {
    let bottom = 0;
    const gaps = runs.map(({ first, end }) => {
        const gap = Math.max(0, places.top(first) - bottom);
        bottom += gap + places.top(end) - places.top(first);
        return gap;
    });
    return [...gaps, Math.max(0, places.bottom - bottom)];
}
