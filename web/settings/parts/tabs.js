/** Pages of one section beside each other, as links. */
import { h, setAttribute } from "../../ui/dom.js";

/** @param {Array<{href: string, label: string, isHere: boolean}>} tabs */
export function tabLinks(label, tabs) {
    const items = tabs.map(({ href, label: words, isHere }) => {
        const link = h("a.tab-link", { href }, words);
        setAttribute(link, "aria-current", isHere ? "page" : null);
        return h("li", {}, link);
    });
    return h("nav", { "aria-label": label }, h("ul.tab-links", {}, ...items));
}
