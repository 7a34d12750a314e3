/** What every page for staff begins with: its language, and a way to the other one. */
import { catalogueOf } from "../i18n/catalogue.js";
import staff from "../i18n/staff.js";
import { SafeStorage } from "../sdk/storage.js";
import { formatter } from "./format.js";

const LANGUAGE_KEY = "hub:staff:lang";

/**
 * @param {string} title key of the page's name
 * @param {{ar: object, en: object}} [words] of this page alone
 */
export function openPage(title, words) {
    const storage = new SafeStorage();
    const wanted = new URLSearchParams(location.search).get("lang");
    if (wanted) storage.set(LANGUAGE_KEY, wanted);
    const more = { ar: { ...staff.ar, ...words?.ar }, en: { ...staff.en, ...words?.en } };
    const catalogue = catalogueOf(storage.get(LANGUAGE_KEY) ?? "ar", more);
    const { t, lang, dir } = catalogue;
    Object.assign(document.documentElement, { lang, dir });
    document.title = t(title);
    return {
        t,
        lang,
        format: formatter(catalogue),
        switchLanguage() {
            const url = new URL(location.href);
            url.searchParams.set("lang", lang === "ar" ? "en" : "ar");
            location.assign(url);
        },
    };
}
