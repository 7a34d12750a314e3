/** A label: a dot in its colour, and its name. */
import { bdi, h } from "./dom.js";

export function labelChip({ id, color }, name) {
    return h("span.tag.label-chip", { data: { label: id } }, labelDot(color), bdi(name));
}

export function labelDot(color) {
    const dot = h("span.label-dot");
    // Set by script, not as an attribute: the page's policy refuses those.
    dot.style.background = color;
    return dot;
}
