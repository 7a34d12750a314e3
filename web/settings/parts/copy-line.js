/** Something to be copied as it is: an address, a link, a code. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";

const SAID_MS = 2_000;

export function copyLine({ t, announcer }, text, label) {
    const input = h("input.input", { type: "text", readonly: true, dir: "ltr", value: text, "aria-label": label });
    input.addEventListener("focus", () => input.select());
    const words = h("span", {}, t("copy.do"));
    const button = h("button.button.is-plain.is-small", { type: "button", on: { click: copy } }, icon("copy"), words);
    return h("div.copy-line", {}, input, button);

    async function copy() {
        let isDone = true;
        try {
            await navigator.clipboard.writeText(text);
        } catch {
            // Not a safe origin, or not allowed: it is marked, and the person copies it.
            isDone = false;
            input.focus();
            input.select();
        }
        const said = t(isDone ? "copy.done" : "copy.marked");
        words.textContent = said;
        announcer.say(said);
        setTimeout(() => (words.textContent = t("copy.do")), SAID_MS);
    }
}
