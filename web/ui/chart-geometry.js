/** Where the marks of a small chart stand. Pure: numbers in, numbers out. Time runs along the line of reading. */

/**
 * Points of a line in a box of `width` × `height`, the oldest first.
 * @param {Array<number | null>} values null where nothing was measured
 * @param {object} box `{width, height, pad, min, max, isRtl}`; `min` and `max` follow the values when not given
 * @returns {Array<{x, y, value, index}>} without those that are null
 */
export function pointsOf(values, { width, height, pad = 3, min, max, isRtl = false }) {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return [];
    const [low, high] = range(known, min, max);
    const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0;
    return values.flatMap((value, index) => {
        if (value === null) return [];
        const along = values.length > 1 ? pad + index * step : width / 2;
        const share = high === low ? 0.5 : (clamp(value, low, high) - low) / (high - low);
        return [{ x: round(isRtl ? width - along : along), y: round(height - pad - share * (height - 2 * pad)), value, index }];
    });
}

/** The `d` of a path through points; a gap of unknown values breaks it. */
export function lineThrough(points) {
    return points
        .map(({ x, y, index }, at) => `${at > 0 && points[at - 1].index === index - 1 ? "L" : "M"}${x} ${y}`)
        .join("");
}

/** The `d` of what lies between a line without gaps and the floor of the box. */
export function areaUnder(points, height) {
    if (points.length < 2) return "";
    return `${lineThrough(points.map((point, index) => ({ ...point, index })))}L${points.at(-1).x} ${height}L${points[0].x} ${height}Z`;
}

/**
 * Bars that stand side by side, the oldest first.
 * @returns {Array<{x, y, width, height, value, index}>} one for each value; nothing is a bar without height
 */
export function barsOf(values, { width, height, gap = 2, max, isRtl = false }) {
    const most = Math.max(max ?? 0, ...values, 1);
    const slot = width / Math.max(values.length, 1);
    return values.map((value, index) => {
        const tall = (value / most) * height;
        const along = index * slot + gap / 2;
        const start = isRtl ? width - along - (slot - gap) : along;
        return { x: round(start), y: round(height - tall), width: round(slot - gap), height: round(tall), value, index };
    });
}

function range(values, min, max) {
    const low = min ?? Math.min(...values);
    const high = max ?? Math.max(...values);
    return [low, Math.max(low, high)];
}

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const round = (number) => Math.round(number * 10) / 10;
