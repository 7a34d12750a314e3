/** Small charts as SVG. What they show is also said in words: `label` is read in their place. */
import { areaUnder, barsOf, lineThrough, pointsOf } from "./chart-geometry.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * A line of values, the oldest first.
 * @param {Array<number | null>} values
 * @param {object} options `label`; `width`, `height`, `min`, `max`; `dots`: a word for each value, which
 *   becomes the dot's `data-state`; `hints`: what a dot says under the pointer
 */
export function lineChart(values, { label, width = 120, height = 32, min, max, dots, hints }) {
    const isRtl = document.documentElement.dir === "rtl";
    const points = pointsOf(values, { width, height, min, max, isRtl, pad: dots ? 5 : 2 });
    const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": label });
    svg.append(
        shape("path", { class: "chart-area", d: areaUnder(points, height) }),
        shape("path", { class: "chart-line", d: lineThrough(points) }),
    );
    const marked = dots ? points : points.slice(-1);
    for (const { x, y, index } of marked) {
        const dot = shape("circle", { class: "chart-dot", cx: x, cy: y, r: dots ? 3.2 : 2.2 });
        if (dots) dot.dataset.state = dots[index];
        if (hints) {
            const hint = shape("title", {});
            hint.textContent = hints[index];
            dot.append(hint);
        }
        svg.append(dot);
    }
    return svg;
}

/** A bar for each value, the oldest first; `hints` is what a bar says under the pointer. */
export function barChart(values, { label, width = 320, height = 64, hints }) {
    const isRtl = document.documentElement.dir === "rtl";
    const svg = shape("svg", {
        viewBox: `0 0 ${width} ${height}`,
        preserveAspectRatio: "none",
        class: "chart",
        role: "img",
        "aria-label": label,
    });
    for (const { index, value, ...bar } of barsOf(values, { width, height: height - 2, isRtl })) {
        const ground = shape("rect", { class: "chart-slot", x: bar.x, width: bar.width, y: 0, height, rx: 2 });
        const hint = shape("title", {});
        hint.textContent = hints?.[index] ?? "";
        ground.append(hint);
        svg.append(ground);
        if (value > 0) svg.append(shape("rect", { class: "chart-bar", ...bar, rx: 2 }));
    }
    return svg;
}

/** How full something is, from 0 to 100, as a ring with the number in it. */
export function ring(value, { label, state }) {
    const radius = 17;
    const round = 2 * Math.PI * radius;
    const svg = shape("svg", { viewBox: "0 0 44 44", class: "ring", role: "img", "aria-label": label });
    if (state) svg.dataset.state = state;
    svg.append(shape("circle", { class: "ring-ground", cx: 22, cy: 22, r: radius }));
    if (value !== null) {
        const dash = `${((round * value) / 100).toFixed(1)} ${round.toFixed(1)}`;
        svg.append(
            shape("circle", {
                class: "ring-value",
                cx: 22,
                cy: 22,
                r: radius,
                "stroke-dasharray": dash,
                transform: "rotate(-90 22 22)",
            }),
        );
    }
    const text = shape("text", { x: 22, y: 22, class: "ring-text" });
    text.textContent = value === null ? "–" : String(value);
    svg.append(text);
    return svg;
}

function shape(name, attributes) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
}
