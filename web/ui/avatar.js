/** A round mark for a person: initials on a colour that is always theirs, with their presence. Others have a sign. */
import { h } from "./dom.js";
import { hueOf, initials } from "./format.js";
import { icon } from "./icons.js";

const HUES = 6;

/** @param {{id: string, kind?: string, name?: string}} person @param {?string} presence online, away, busy */
export function avatar(person, presence = null) {
    if (person.kind === "assistant" || person.kind === "system") {
        const mark = icon(person.kind === "assistant" ? "spark" : "chat");
        return h("span.avatar.is-assistant", { "aria-hidden": "true", data: { presence } }, mark);
    }
    const letters = initials(person.name);
    const hue = hueOf(person.id === "agent" ? person.name : person.id, HUES);
    return h(
        "span.avatar",
        { "aria-hidden": "true", data: { hue, presence } },
        letters ? h("span.letters", {}, letters) : icon("person"),
    );
}
