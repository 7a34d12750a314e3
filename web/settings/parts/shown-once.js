/** Something that was just made and is shown this once, to be copied: a link, a secret. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { copyLine } from "./copy-line.js";

/**
 * @param {string} text to be copied as it is
 * @param {string} title what it is
 * @param {string} hint what to do with it
 */
export function shownOnce(app, text, title, hint) {
    return h(
        "div.link-panel",
        { role: "status", tabindex: -1 },
        h("strong", {}, icon("check"), title),
        copyLine(app, text, title),
        h("p.field-hint", {}, hint),
    );
}
