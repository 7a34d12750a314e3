/** Dates, sizes and names as people read them, in the language of a catalogue. */
import { minorDigits } from "./money.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MICROS = 1_000_000;

export function formatter({ locale, t }) {
    const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
    const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
    const fullDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
    const calendarDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    const shortDay = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
    const moment = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short" });
    const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const units = ["minute", "hour", "day"].map((unit) => [
        unit,
        new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }),
    ]);
    const unit = Object.fromEntries(units);

    return {
        time: (at) => clock.format(new Date(at)),
        moment: (at) => moment.format(new Date(at)),
        number: (n) => number.format(n),

        /** The name of a language that a browser asked for (BCP 47); what is none stands as it is. */
        language(tag) {
            try {
                return new Intl.DisplayNames(locale, { type: "language" }).of(tag);
            } catch {
                return tag;
            }
        },

        /** An amount in the minor unit of its currency. */
        money: (minor, currency) =>
            new Intl.NumberFormat(locale, { style: "currency", currency }).format(minor / 10 ** minorDigits(currency)),

        /** A day of a calendar, `2026-11-22`, which is the same day everywhere. */
        date: (day) => calendarDay.format(new Date(`${day}T00:00:00Z`)),

        /** Millionths of a currency, with the digits that small amounts need. */
        cost(micros, currency) {
            const digits = micros > 0 && micros < MICROS ? { maximumFractionDigits: 4 } : {};
            return new Intl.NumberFormat(locale, { style: "currency", currency, ...digits }).format(micros / MICROS);
        },

        /** The heading of a day in a conversation. */
        day(at, now = new Date()) {
            const date = new Date(at);
            const age = daysBetween(date, now);
            if (age === 0) return t("day.today");
            if (age === 1) return t("day.yesterday");
            return date.getFullYear() === now.getFullYear() ? weekday.format(date) : fullDay.format(date);
        },

        /** The time column of a list: a time today, a date before. */
        brief(at, now = new Date()) {
            const date = new Date(at);
            const age = daysBetween(date, now);
            if (age === 0) return clock.format(date);
            return age === 1 ? t("day.yesterday") : shortDay.format(date);
        },

        /** A moment in short, with its time: of today the time alone. */
        stamp(at, now = new Date()) {
            const time = clock.format(new Date(at));
            return isSameDay(at, now) ? time : `${this.brief(at, now)} ${time}`;
        },

        /** How long something has lasted, in its largest unit. */
        span(since, now = Date.now()) {
            const ms = Math.max(0, now - Date.parse(since));
            if (ms < MINUTE_MS) return t("time.now");
            if (ms < HOUR_MS) return unit.minute.format(Math.floor(ms / MINUTE_MS));
            if (ms < DAY_MS) return unit.hour.format(Math.floor(ms / HOUR_MS));
            return unit.day.format(Math.floor(ms / DAY_MS));
        },

        size(bytes) {
            if (bytes < 1_000) return t("size.bytes", { n: number.format(bytes) });
            if (bytes < 1_000_000) return t("size.kilo", { n: number.format(bytes / 1_000) });
            return t("size.mega", { n: number.format(bytes / 1_000_000) });
        },
    };
}

/** Whether two moments fall on the same day here. */
export const isSameDay = (a, b) => new Date(a).toDateString() === new Date(b).toDateString();

function daysBetween(date, now) {
    const midnight = (each) => new Date(each.getFullYear(), each.getMonth(), each.getDate()).getTime();
    return Math.round((midnight(now) - midnight(date)) / DAY_MS);
}

/** One or two letters for an avatar. Arabic letters do not join across the gap. */
export function initials(name) {
    const words = String(name ?? "")
        .trim()
        .split(/\s+/)
        .filter(Boolean);
    const letters = words.map((word) => firstLetter(word)).filter(Boolean);
    if (letters.length === 0) return "";
    return letters.length === 1 ? letters[0] : `${letters[0]}\u200c${letters[1]}`;
}

/** `العتيبي` is filed under ع: the article says nothing about a name. */
function firstLetter(word) {
    const bare = /^ال\p{L}{2,}/u.test(word) ? word.slice(2) : word;
    return /\p{L}|\p{N}/u.exec(bare)?.[0].toLocaleUpperCase() ?? "";
}

/** A stable number from 0 to `count - 1` for a person, to give each their colour. */
export function hueOf(id, count) {
    let sum = 7;
    for (const letter of String(id)) sum = (sum * 31 + letter.codePointAt(0)) % 997;
    return sum % count;
}

/** The name of something that has one in Arabic and perhaps one in English. */
export const nameIn = (lang, { name_ar, name_en }) => (lang === "en" ? (name_en ?? name_ar) : name_ar);
