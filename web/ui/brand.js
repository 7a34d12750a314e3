/**
 * The colours of a widget from the one that its shop chose. Pure, for tests.
 *
 * A shop may choose any colour, so what is written on it, and what is written in it, is made
 * readable: a contrast of 4.5 (WCAG 2.2, 1.4.3).
 */
const READABLE = 4.5;
const WHITE = [255, 255, 255];
const BLACK = [0, 0, 0];
/** The paper of tokens.css at night. */
const NIGHT = [0x17, 0x20, 0x1e];

/** Custom properties by name; none for what is no colour such as `#0b6e5f`. */
export function brandColours(colour) {
    const rgb = parse(colour);
    if (!rgb) return {};
    const on = contrast(rgb, WHITE) >= READABLE ? WHITE : farthest(rgb);
    return {
        "--brand": hex(rgb),
        "--brand-strong": hex(mixed(rgb, on === WHITE ? BLACK : WHITE, 0.2)),
        "--brand-soft": byDay(mixed(rgb, WHITE, 0.87), mixed(rgb, NIGHT, 0.75)),
        "--brand-ink": byDay(readable(rgb, WHITE, BLACK), readable(rgb, NIGHT, WHITE)),
        "--on-brand": hex(on),
        "--tick-read": on === WHITE ? "#8fe3ff" : "#0b3a7a",
    };
}

/** Of two colours, as WCAG defines it: 1 to 21. */
export function contrast(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
}

export function parse(colour) {
    const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour ?? "");
    return match ? match.slice(1).map((pair) => Number.parseInt(pair, 16)) : null;
}

/** Black or white: one of them is always readable. */
const farthest = (rgb) => (contrast(rgb, WHITE) >= contrast(rgb, BLACK) ? WHITE : BLACK);

/** The colour itself, or as much of `ink` in it as it takes to be read on `paper`. */
function readable(rgb, paper, ink) {
    let shade = rgb;
    for (let part = 0.05; contrast(shade, paper) < READABLE; part += 0.05) shade = mixed(rgb, ink, part);
    return shade;
}

const byDay = (day, night) => `light-dark(${hex(day)}, ${hex(night)})`;

const mixed = (from, to, part) => from.map((value, index) => Math.round(value + (to[index] - value) * part));

const hex = (rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

function luminance(rgb) {
    const [r, g, b] = rgb.map((value) => {
        const share = value / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
