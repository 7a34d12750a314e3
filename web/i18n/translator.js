/**
 * Words and numbers in one language: looks them up and formats with Intl.
 *
 * A value is a string with `{name}` places, or a map of plural categories of which the one for
 * `n` is taken. A missing key shows itself, so that it is seen and not guessed.
 *
 * @param {{lang, dir, locale, words}} language ar.js or en.js
 * @param {object} [more] words of one page that others need not load
 */
export function translator({ lang, dir, locale, words: shared }, more) {
    const words = { ...shared, ...more };
    const plural = new Intl.PluralRules(locale);
    const t = (key, values = {}) => {
        const entry = words[key];
        if (entry === undefined) return key;
        const text = typeof entry === "string" ? entry : (entry[plural.select(values.n)] ?? entry.other);
        return text.replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
    };
    return { lang, dir, locale, t };
}

/** The language of ours for a tag such as `ar` or `en-GB`; Arabic when it is none. */
export const languageOf = (tag) => (/^en\b/i.test(tag ?? "") ? "en" : "ar");
