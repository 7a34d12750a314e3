/**
 * What a board of deals holds, apart from how it looks: which card stands in which column, what the columns come to,
 * and which moves the hub has not answered yet. Pure.
 *
 * Columns come by pages; a card that is put between two pages is shown where it belongs among those that are there.
 */

/** How cards stand in a column, by the name of the order at the API; those that are equal by their id. */
const ORDERS = {
    "-created_at": (a, b) => compare(b.created_at, a.created_at),
    "-amount": (a, b) => b.amount - a.amount,
    // Without a date last.
    expected_close_at: (a, b) => compare(a.expected_close_at ?? "~", b.expected_close_at ?? "~"),
};
const BACKWARDS = new Set(["-created_at", "-amount"]);

export class DealBoard {
    #filter;
    #order;
    #columns;
    #pending = new Map();
    #seen = new Map();

    /**
     * @param {string[]} stages ids, in order
     * @param {{pipeline: string, state: string, owner?: string}} filter what a card must be
     * @param {string} [sort] name of the order
     */
    constructor(stages, filter, sort = "-created_at") {
        this.#filter = filter;
        this.#order = sort;
        this.#columns = new Map(stages.map((stage) => [stage, { cards: [], next: undefined, sums: new Map() }]));
    }

    get stages() {
        return [...this.#columns.keys()];
    }

    cards = (stage) => this.#columns.get(stage).cards;

    /** Where the next page begins; undefined before the first, null after the last. */
    next = (stage) => this.#columns.get(stage).next;

    /** What a column comes to. @returns {{count: number, sums: Array<{currency, amount}>}} the largest sum first */
    total(stage) {
        const sums = [...this.#columns.get(stage).sums];
        return {
            count: sums.reduce((all, [, { count }]) => all + count, 0),
            sums: sums
                .filter(([, { count }]) => count > 0)
                .map(([currency, { amount }]) => ({ currency, amount }))
                .sort((a, b) => b.amount - a.amount || compare(a.currency, b.currency)),
        };
    }

    isPending = (id) => this.#pending.has(id);

    find(id) {
        for (const { cards } of this.#columns.values()) {
            const found = cards.find((card) => card.id === id);
            if (found) return found;
        }
        return null;
    }

    /** A page of a column. */
    take(stage, { items, next }) {
        this.#columns.get(stage).next = next;
        for (const deal of items) if (this.find(deal.id) === null && !this.#isOlder(deal)) this.#insert(deal);
    }

    /** What the hub says the columns come to. While a move is under way it may say the one or the other. */
    takeTotals(items) {
        if (this.#pending.size > 0) return;
        for (const column of this.#columns.values()) column.sums = new Map();
        for (const { pipeline, stage, state, currency, count, amount } of items) {
            if (pipeline !== this.#filter.pipeline || state !== this.#filter.state) continue;
            this.#columns.get(stage)?.sums.set(currency, { count, amount });
        }
    }

    /**
     * What is known of a deal by now, from whomever.
     * @returns {boolean} whether something is shown differently
     */
    put(deal) {
        const shown = this.find(deal.id);
        if (this.isPending(deal.id) || this.#isOlder(deal)) return false;
        this.#seen.set(deal.id, deal.version);
        if (shown?.version === deal.version || (shown === null && !this.#isAmongLoaded(deal))) return false;
        if (shown !== null) this.#remove(shown);
        if (this.#fits(deal)) this.#insert(deal);
        this.#count(shown, this.#fits(deal) ? deal : null);
        return true;
    }

    /**
     * Moves a card before the hub has said so.
     * @returns {?object} the deal as it was; null when it cannot be moved now
     */
    move(id, stage) {
        const deal = this.find(id);
        if (deal === null || this.isPending(id) || deal.stage === stage || !this.#columns.has(stage)) return null;
        this.#pending.set(id, deal);
        this.#remove(deal);
        const moved = { ...deal, stage };
        this.#insert(moved);
        this.#count(deal, moved);
        return deal;
    }

    /** The hub has done what was shown. */
    settle(deal) {
        this.#end(deal.id);
        this.put(deal);
    }

    /**
     * The hub has refused a move: the card goes back, or to where somebody else put it.
     * @param {?object} fresh the deal as it is by now; null when it is not known
     * @param {boolean} isGone whether there is no such deal any more
     */
    refuse(id, fresh = null, isGone = false) {
        this.#end(id);
        if (fresh !== null) this.put(fresh);
        else if (isGone) this.drop(id);
    }

    /** Takes a card away. */
    drop(id) {
        const shown = this.find(id);
        if (shown === null) return;
        this.#remove(shown);
        this.#count(shown, null);
    }

    /** The card stands as it did before the move. */
    #end(id) {
        const was = this.#pending.get(id);
        if (was === undefined) return;
        this.#pending.delete(id);
        const shown = this.find(id);
        if (shown !== null) this.#remove(shown);
        this.#insert(was);
        this.#count(shown, was);
    }

    #fits({ pipeline, stage, state, owner }) {
        const { pipeline: wanted, state: standing, owner: whose } = this.#filter;
        return pipeline === wanted && state === standing && this.#columns.has(stage) && (!whose || owner === whose);
    }

    /** Whether a card that is not shown stands before the end of what is loaded; else it comes with its page. */
    #isAmongLoaded(deal) {
        if (!this.#fits(deal)) return false;
        const { cards, next } = this.#columns.get(deal.stage);
        return next === null || (cards.length > 0 && this.#isBefore(deal, cards.at(-1)));
    }

    #isOlder = ({ id, version }) => version < (this.#seen.get(id) ?? this.find(id)?.version ?? 0);

    #insert(deal) {
        this.#seen.set(deal.id, deal.version);
        const { cards } = this.#columns.get(deal.stage);
        const at = cards.findIndex((card) => this.#isBefore(deal, card));
        cards.splice(at < 0 ? cards.length : at, 0, deal);
    }

    #isBefore(a, b) {
        const byOrder = ORDERS[this.#order](a, b);
        if (byOrder !== 0) return byOrder < 0;
        return BACKWARDS.has(this.#order) ? a.id > b.id : a.id < b.id;
    }

    #remove({ id, stage }) {
        const column = this.#columns.get(stage);
        column.cards = column.cards.filter((card) => card.id !== id);
    }

    #count(from, to) {
        if (from !== null) this.#add(from, -1);
        if (to !== null) this.#add(to, 1);
    }

    #add({ stage, currency, amount }, sign) {
        const { sums } = this.#columns.get(stage);
        const sum = sums.get(currency) ?? { count: 0, amount: 0 };
        sums.set(currency, { count: sum.count + sign, amount: sum.amount + sign * amount });
    }
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
