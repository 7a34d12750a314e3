/** How many of these moments fall on each of the last days here, the oldest first. Pure. */
export function perDay(moments, days, now = new Date()) {
    const key = (date) => `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
    const counts = new Map();
    for (const at of moments) {
        const day = key(new Date(at));
        counts.set(day, (counts.get(day) ?? 0) + 1);
    }
    return Array.from({ length: days }, (_, index) => {
        const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (days - 1 - index));
        return { day: day.toISOString(), n: counts.get(key(day)) ?? 0 };
    });
}
