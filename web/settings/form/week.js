/** Opening hours as the API keeps them, and as rows of times. Pure. */

export const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Rows of `{day, spans: [{from, to}]}` with times as a time box takes them: midnight at the end is `00:00`. */
export function rowsOf(text) {
    const week = text ? JSON.parse(text) : {};
    return DAYS.map((day) => ({ day, spans: spansOf(week[day]) }));
}

export const spansOf = (spans) => (spans ?? []).map(({ from, to }) => ({ from, to: to === "24:00" ? "00:00" : to }));

/** Back, in the order in which equal weeks are equal texts. */
export function textOf(rows) {
    const sorted = rows.toSorted((a, b) => (a.day < b.day ? -1 : 1));
    return JSON.stringify(Object.fromEntries(sorted.map(({ day, spans }) => [day, bodyOf(spans)])));
}

export const bodyOf = (spans) => spans.map(({ from, to }) => ({ from, to: to === "00:00" ? "24:00" : to }));

/** Where a new span begins: an hour after the last one ended, or in the morning. */
export function nextSpan(spans) {
    const last = spans.at(-1);
    if (!last) return { from: "09:00", to: "17:00" };
    const hour = Math.min(22, Number(last.to.slice(0, 2)) + 1);
    const write = (each) => `${String(each).padStart(2, "0")}:00`;
    return { from: write(hour), to: write(hour + 1) };
}
