/**
 * What a form holds, apart from how it looks: what was there, what has been typed, and what somebody
 * else saved meanwhile. Pure.
 */
export class FormState {
    #base;
    #typed = new Map();
    #clashes = new Map();

    /** @param {object} values what is kept, by field */
    constructor(values) {
        this.#base = { ...values };
    }

    get names() {
        return Object.keys(this.#base);
    }

    get isDirty() {
        return this.#typed.size > 0;
    }

    /** Fields that are not as they are kept. */
    get changed() {
        return [...this.#typed.keys()];
    }

    value(name) {
        return this.#typed.has(name) ? this.#typed.get(name) : this.#base[name];
    }

    /** What is kept. */
    kept(name) {
        return this.#base[name];
    }

    set(name, value) {
        if (isSame(value, this.#base[name])) this.#typed.delete(name);
        else this.#typed.set(name, value);
    }

    get values() {
        return { ...this.#base, ...Object.fromEntries(this.#typed) };
    }

    /** Only what differs from what is kept: a merge patch. */
    get patch() {
        return Object.fromEntries(this.#typed);
    }

    /** It was saved, or given up. */
    reset(values) {
        this.#base = { ...values };
        this.#typed.clear();
        this.#clashes.clear();
    }

    /** The values that were sent are kept now as `values`; what was typed since then stays typed. */
    saved(sent, values) {
        const later = this.names.map((name) => [name, this.value(name)]).filter(([name, value]) => !isSame(value, sent[name]));
        this.reset(values);
        for (const [name, value] of later) this.set(name, value);
    }

    /**
     * Somebody else saved these values meanwhile. What was not touched here follows them. What was
     * touched stays as typed; where both changed the same field to something else, that is a clash.
     * @returns {Array<{name, was, mine, theirs}>}
     */
    rebase(values) {
        for (const [name, mine] of [...this.#typed]) {
            const [was, theirs] = [this.#base[name], values[name]];
            if (isSame(mine, theirs)) this.#typed.delete(name);
            else if (!isSame(was, theirs)) this.#clashes.set(name, { name, was, mine, theirs });
        }
        this.#base = { ...values };
        return this.clashes;
    }

    /** What both changed and nobody has decided yet. */
    get clashes() {
        return [...this.#clashes.values()];
    }

    /** Decides a clash. */
    take(name, isMine) {
        if (!isMine) this.#typed.delete(name);
        this.#clashes.delete(name);
    }
}

/** Lists are sets here: their order says nothing. */
export function isSame(a, b) {
    if (Array.isArray(a) && Array.isArray(b)) {
        return a.length === b.length && [...a].sort().every((each, index) => each === [...b].sort()[index]);
    }
    return (a ?? "") === (b ?? "");
}
