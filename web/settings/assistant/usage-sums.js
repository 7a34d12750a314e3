/** What the language model took, counted for people. Pure. */

const DAY_MS = 86_400_000;

/** The day of a moment where the shop is: `2026-11-22`. */
export const dayIn = (zone, at = Date.now()) =>
    new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(at));

/** The day so many days later, or earlier. */
export const dayLater = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Every day of a span, the first first, also those on which nothing was asked; at most `max`, the last ones. */
export function eachDay(items, from, to, max = 366) {
    const byDay = new Map(items.map((item) => [item.day, item]));
    const length = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
    if (!(length > 0)) return [];
    const count = Math.min(length, max);
    return Array.from({ length: count }, (_, index) => dayLater(to, index - count + 1)).map((day) => ({
        day,
        tokens: byDay.get(day)?.total.tokens ?? 0,
        answers: byDay.get(day)?.total.answers ?? 0,
        micros: byDay.get(day)?.total.cost_micros ?? 0,
        currency: byDay.get(day)?.currency ?? null,
    }));
}

/** All of it together, and by what for, the most first. Money of different currencies is not added up. */
export function sumsOf(items) {
    const total = { tokens: 0, answers: 0, costs: new Map() };
    const purposes = new Map();
    for (const { currency, total: day, purposes: parts } of items) {
        total.tokens += day.tokens;
        total.answers += day.answers;
        if (currency) total.costs.set(currency, (total.costs.get(currency) ?? 0) + day.cost_micros);
        for (const [purpose, { tokens }] of Object.entries(parts)) purposes.set(purpose, (purposes.get(purpose) ?? 0) + tokens);
    }
    return {
        ...total,
        costs: [...total.costs].map(([currency, micros]) => ({ currency, micros })).filter(({ micros }) => micros > 0),
        purposes: [...purposes].map(([purpose, tokens]) => ({ purpose, tokens })).sort((a, b) => b.tokens - a.tokens),
    };
}

/**
 * How far the budgets of the day and the month are used.
 * @param {Map<string, *>} settings by key
 * @param {object[]} month the days of this month
 * @param {string} today
 * @returns {Array<{period: "day" | "month", unit: "tokens" | "micros", used, bound, share}>} those that there are
 */
export function budgetsOf(settings, month, today) {
    const used = { day: sumsOf(month.filter(({ day }) => day === today)), month: sumsOf(month) };
    const currency = settings.get("assistant.currency");
    return ["day", "month"].flatMap((period) =>
        ["tokens", "micros"].flatMap((unit) => {
            const bound = settings.get(`assistant.${period}_budget_${unit}`) ?? 0;
            if (bound === 0) return [];
            const spent = used[period].costs.find((each) => each.currency === currency)?.micros ?? 0;
            const taken = unit === "tokens" ? used[period].tokens : spent;
            return [{ period, unit, used: taken, bound, share: Math.min(100, Math.round((taken / bound) * 100)) }];
        }),
    );
}
