/**
 * The shop page in the visitor's language. The markup is Arabic and complete by itself; with
 * `?lang=en` the words are exchanged before the widget, whose script comes after this one, reads
 * its language.
 */
import { catalogueOf } from "../i18n/catalogue.js";
import words from "../i18n/home.js";
import { bdi } from "../ui/dom.js";
import { icon } from "../ui/icons.js";

const wanted = new URLSearchParams(location.search).get("lang") ?? "ar";
const { lang, dir, t } = catalogueOf(wanted, words);

for (const art of document.querySelectorAll("[data-icon]")) art.append(icon(art.dataset.icon));

if (lang !== "ar") {
    Object.assign(document.documentElement, { lang, dir });
    document.title = t("shop.title");
    for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
    for (const element of document.querySelectorAll("[data-price]")) {
        element.replaceChildren(bdi(t("shop.price", { n: element.dataset.price })));
    }
    for (const link of document.querySelectorAll("[data-keep-lang]")) link.href = `/?lang=${lang}`;
    const other = document.querySelector("[data-language]");
    Object.assign(other, { href: "/", lang: "ar", dir: "rtl", textContent: t("language.other") });
}

document.querySelector("script[src='/widget.js']").dataset.lang = lang;
