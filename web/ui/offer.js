/**
 * A message that offers something to choose: buttons, a list, or a link.
 *
 * Who may choose gets real buttons, as long as the offer is open; for everybody else it is something to read.
 */
import { bdi, h } from "./dom.js";
import { richText } from "./rich-text.js";
import { webAddress } from "./sources.js";

/**
 * The offer that waits for a choice: the last one after everything that this person has written. Pure.
 * @param {object[]} items of a room, in their order
 * @returns {?number} its seq
 */
export function openOffer(items, isMine) {
    for (let index = items.length - 1; index >= 0; index -= 1) {
        const item = items[index];
        if (item.ev !== undefined || item.deleted) continue;
        if (isMine(item)) return null;
        if (item.kind === "interactive" && !item.body.link) return item.seq;
    }
    return null;
}

/**
 * @param {{text, header?, footer?, buttons?, list?, link?}} body
 * @param {?(choice: {id: string, title: string}) => void} choose null for who only reads
 */
export function offer({ text, header, footer, buttons, list, link }, choose) {
    const sections = buttons ? [{ rows: buttons }] : (list?.sections ?? []);
    return h(
        "div.card.is-offer",
        {},
        header && h("strong", { dir: "auto" }, header),
        richText(text),
        ...sections.map((section) => choices(section, choose)),
        link && page(link),
        footer && h("small.card-note", { dir: "auto" }, footer),
    );
}

function choices({ title, rows }, choose) {
    return [title && h("small.card-note", { dir: "auto" }, title), h("ul.options", {}, ...rows.map((row) => h("li", {}, choice(row, choose))))];
}

function choice({ id, title, description }, choose) {
    const words = [bdi(title), description && h("small", { dir: "auto" }, description)];
    if (!choose) return h("span.option", {}, ...words);
    return h("button.option", { type: "button", on: { click: () => choose({ id, title }) } }, ...words);
}

function page({ title, url }) {
    const href = webAddress(url);
    if (!href) return h("span.option", {}, bdi(title));
    return h("a.option", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, bdi(title));
}
