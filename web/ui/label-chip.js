/** A label: a dot in its colour, and its name. */
import { bdi, h } from "./dom.js";

export function labelChip({ id, color }, name) {
    const dot = h("span.label-dot");
    // Set by script, not as an attribute: the page's policy refuses those.
    dot.style.background = color;
    return h("span.tag.label-chip", { data: { label: id } }, dot, bdi(name));
}
