/** Both languages, for pages that change between them. The widget loads the one it needs. */
import ar from "./ar.js";
import en from "./en.js";
import { languageOf, translator } from "./translator.js";

const languages = { ar, en };

/**
 * The catalogue of a language tag; Arabic when it is not ours.
 * @param {{ar: object, en: object}} [more] words of one page that others need not load
 */
export function catalogueOf(tag, more) {
    const lang = languageOf(tag);
    return translator(languages[lang], more?.[lang]);
}
