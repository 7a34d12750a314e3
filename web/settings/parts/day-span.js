/** Days of here as moments, for lists that are filtered by time. Pure. */

/** @returns {{from: ?string, before: ?string}} the last day is part of the span; null where no day was chosen */
export function momentsOf({ from, to }) {
    const midnight = (day, later = 0) => {
        const [year, month, date] = day.split("-").map(Number);
        return new Date(year, month - 1, date + later).toISOString();
    };
    return { from: from ? midnight(from) : null, before: to ? midnight(to, 1) : null };
}
