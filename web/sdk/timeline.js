/**
 * The messages and notices of one room that are known here, in order of `seq`.
 *
 * Two sources meet in it: live events (dense, each once) and pages of history (older messages,
 * already folded up to `as_of`). An event that is older than the page which brought its target is
 * skipped; one that came before its target was loaded is kept and applied when the page arrives.
 * No I/O, no time.
 */
import { foldMessage, isNotice, openMessage } from "./fold.js";

/** Events kept for targets that are not loaded; a page is never older than the last of so many. */
const MAX_ORPHANS = 500;

export class Timeline {
    /** seq → message */
    #messages = new Map();
    /** seq → up to which seq that message is folded */
    #foldedTo = new Map();
    /** seq → notice event */
    #notices = new Map();
    /** An answer of the assistant → the last that its `run` events said of it */
    #runs = new Map();
    /** mid → seq */
    #mids = new Map();
    #orphans = [];
    /** Null when it has to be made anew. */
    #sorted = null;
    /** Somebody was given it, so that it may not change. */
    #isShared = false;

    /** Everything from this seq on is here. */
    from;

    constructor(from) {
        this.from = from;
    }

    /** Nothing older exists. */
    get isComplete() {
        return this.from <= 1;
    }

    message(seq) {
        return this.#messages.get(seq);
    }

    byMid(mid) {
        return this.#messages.get(this.#mids.get(mid));
    }

    /** The answer that the assistant is at; null when none is known to go on. */
    get openRun() {
        let last = null;
        for (const event of this.#runs.values()) if (event.seq > (last?.seq ?? 0)) last = event;
        return last === null || this.isOver(last.run) ? null : last.run;
    }

    /** The answer has ended, or its message is here; that has the `mid` of the start without `-start`. */
    isOver(run) {
        const last = this.#runs.get(run);
        if (last?.state !== "started") return last !== undefined;
        return this.byMid(last.mid.replace(/-start$/, ""))?.by.kind === "assistant";
    }

    /** Messages and notices in rising seq. The array is the same until something changes, and never changes itself. */
    items() {
        this.#sorted ??= [...this.#messages.values(), ...this.#notices.values()].sort((a, b) => a.seq - b.seq);
        this.#isShared = true;
        return this.#sorted;
    }

    /** Applies one durable event. Tells whether anything visible changed. */
    apply(event) {
        if (event.ev === "msg") {
            if (this.#messages.has(event.seq)) return false;
            this.#put(openMessage(event), event.seq);
            return true;
        }
        if (isNotice(event)) {
            if (this.#notices.has(event.seq)) return false;
            this.#note(event);
            return true;
        }
        return event.target === undefined ? false : this.#applyToTarget(event);
    }

    /** Takes in a reply of `history`: a page that ends right before `from`. */
    addPage({ messages, notices = [], as_of: asOf, more }) {
        for (const message of messages) {
            if (!this.#messages.has(message.seq)) this.#put(message, asOf);
        }
        for (const notice of notices) {
            if (!this.#notices.has(notice.seq)) this.#note(notice);
        }
        const seqs = [messages[0]?.seq, notices[0]?.seq].filter((seq) => seq !== undefined);
        this.from = more ? Math.min(this.from, ...seqs) : 1;
        this.#sorted = null;
        const orphans = this.#orphans;
        this.#orphans = [];
        for (const event of orphans) this.#applyToTarget(event);
    }

    #note(event) {
        this.#notices.set(event.seq, event);
        if (event.ev === "run" && event.seq > (this.#runs.get(event.run)?.seq ?? 0)) this.#runs.set(event.run, event);
        this.#append(event);
    }

    #put(message, foldedTo) {
        this.#messages.set(message.seq, message);
        this.#foldedTo.set(message.seq, foldedTo);
        if (message.mid) this.#mids.set(message.mid, message.seq);
        this.#append(message);
    }

    /** What comes live comes last; only what does not asks for sorting. */
    #append(item) {
        if (this.#sorted === null) return;
        if (item.seq > (this.#sorted.at(-1)?.seq ?? 0)) this.#own().push(item);
        else this.#sorted = null;
    }

    /** Puts a message in the place of what it was. */
    #replace(message) {
        this.#messages.set(message.seq, message);
        if (this.#sorted === null) return;
        const place = this.#sorted.findLastIndex(({ seq }) => seq === message.seq);
        this.#own()[place] = message;
    }

    /** The sorted items, to be changed. */
    #own() {
        if (this.#isShared) this.#sorted = [...this.#sorted];
        this.#isShared = false;
        return this.#sorted;
    }

    #applyToTarget(event) {
        const message = this.#messages.get(event.target);
        if (!message) {
            if (event.target < this.from) {
                this.#orphans.push(event);
                if (this.#orphans.length > MAX_ORPHANS) this.#orphans.shift();
            }
            return false;
        }
        if (event.seq <= this.#foldedTo.get(message.seq)) return false;
        const folded = foldMessage(message, event);
        this.#foldedTo.set(message.seq, event.seq);
        if (folded === message) return false;
        this.#replace(folded);
        return true;
    }
}
