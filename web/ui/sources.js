/** What an answer of the assistant rests on: links to articles, or their titles where customers have no page. */
import { bdi, h } from "./dom.js";
import { icon } from "./icons.js";

/** @returns {HTMLElement | null} */
export function sources(list, { t }) {
    if (!Array.isArray(list) || list.length === 0) return null;
    return h(
        "ul.sources",
        { "aria-label": t("message.sources") },
        ...list.map(({ title, url }) => h("li", {}, icon("file"), source(title, webAddress(url)))),
    );
}

function source(title, href) {
    return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, bdi(title)) : bdi(title);
}

/** Pure, for tests: only pages of the web are links, whatever the hub was told. */
export function webAddress(url) {
    try {
        const parsed = new URL(url);
        return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
    } catch {
        return null;
    }
}
