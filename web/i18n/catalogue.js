/**
 * Words and numbers in one language: looks up a catalogue (ar.js, en.js) and formats with Intl.
 *
 * A value is a string with `{name}` places, or a map of plural categories of which the one for
 * `n` is taken. A missing key shows itself, so that it is seen and not guessed.
 */
import ar from "./ar.js";
import en from "./en.js";

const catalogues = { ar, en };

export const languages = Object.keys(catalogues);

/**
 * The catalogue of a language tag such as `ar` or `en-GB`; Arabic when it is not ours.
 * @param {{ar: object, en: object}} [more] words of one page that others need not load
 */
export function catalogueOf(tag, more) {
    const { lang, dir, locale, words: shared } = catalogues[String(tag ?? "").slice(0, 2)] ?? ar;
    const words = { ...shared, ...more?.[lang] };
    const plural = new Intl.PluralRules(locale);
    const t = (key, values = {}) => {
        const entry = words[key];
        if (entry === undefined) return key;
        const text = typeof entry === "string" ? entry : (entry[plural.select(values.n)] ?? entry.other);
        return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
    };
    return { lang, dir, locale, t };
}
