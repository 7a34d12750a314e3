/** What can become of an order, and what it is owed. Pure. */
export const STATES = ["new", "preparing", "ready", "in_delivery", "delivered", "canceled", "refunded"];
export const PAYMENTS = ["unpaid", "paid", "refunded"];
export const SOURCES = ["manual", "zid"];

const NEXT = {
    new: ["preparing", "ready", "in_delivery", "delivered", "canceled"],
    preparing: ["ready", "in_delivery", "delivered", "canceled"],
    ready: ["in_delivery", "delivered", "canceled"],
    in_delivery: ["delivered", "canceled"],
    delivered: ["refunded"],
    canceled: ["refunded"],
    refunded: [],
};

/** Where an order may go next; what was not paid is not refunded. */
export const nextOf = ({ state, payment }) => (NEXT[state] ?? []).filter((next) => next !== "refunded" || payment !== "unpaid");

/**
 * What a paid order that stands is owed.
 * @returns {?{count: number, why: string}} null for nothing. `why` is what the hub says it waits for; `soon` when it is on
 *   its way, and `by_hand` for orders that the hub does not deliver by itself
 */
export function owedOf({ source, state, payment, codes }) {
    const count = codes.wanted - codes.delivered;
    if (count <= 0 || payment !== "paid" || state === "canceled" || state === "refunded") return null;
    if (source === "manual") return { count, why: "by_hand" };
    return { count, why: codes.waits_for ?? "soon" };
}

/** What cannot be taken back is asked first. */
export const isGrave = (next) => next === "canceled" || next === "refunded" || next === "delivered";
