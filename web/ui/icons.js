/** Line icons on a 24 × 24 grid, drawn in the colour of the text around them. */

const SVG = "http://www.w3.org/2000/svg";

const paths = {
    chat: "M4 5.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1h-8l-4.5 3.5v-3.5H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1zM8 10h8M8 13.5h5",
    close: "M6 6l12 12M18 6L6 18",
    down: "M6 9l6 6 6-6",
    send: "M4.5 12L20 4.5 15.5 20l-3.6-6.2zM11.9 13.8L20 4.5",
    attach: "M20 11.5l-7.8 7.8a5 5 0 0 1-7.1-7.1l8.2-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.1 8.1a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3",
    sent: "M5 12.5l4.5 4.5L19 7.5",
    both: "M2 12.5L6.5 17 16 7.5M11.5 16l1 1L22 7.5",
    clock: "M12 7v5l3 2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
    alert: "M12 7.5v5.5M12 16.3v.2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
    reply: "M10 6l-6 5.5 6 5.5v-3.5c5 0 8 1.5 10 4.5-.5-5-3.5-8.5-10-9z",
    edit: "M4 20l1-4.5L16 4.5l3.5 3.5-11 11zM13.5 7l3.5 3.5",
    trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v6M13.5 10.5v6",
    smile: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.5v.6M15 9.5v.6",
    search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20.5 20.5",
    back: "M14.5 5.5L8 12l6.5 6.5",
    info: "M12 11v5.5M12 7.6v.2M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z",
    people: "M9 5a3.2 3.2 0 1 1 0 6.4A3.2 3.2 0 0 1 9 5zM3 19c.4-3.2 2.8-5 6-5s5.6 1.8 6 5M15.5 5.4a3 3 0 0 1 0 5.6M17.5 14.4c2 .7 3.2 2.3 3.5 4.6",
    person: "M12 4.5a3.7 3.7 0 1 1 0 7.4 3.7 3.7 0 0 1 0-7.4zM5 20c.5-3.6 3.3-5.6 7-5.6s6.500 2 7 5.6",
    inbox: "M4 13.5L6.500 5h11L20 13.5V19H4zM4 13.500h4.500l1 2.500h5l1-2.500H20",
    plus: "M12 5v14M5 12h14",
    lock: "M6.500 10.500h11V20h-11zM9 10.500V8a3 3 0 0 1 6 0v2.500",
    hash: "M9.500 4L8 20M16 4l-1.500 16M4.500 9h16M3.500 15h16",
    file: "M7 3.500h7l4 4V20.500H7zM14 3.500v4h4",
    check: "M5 12.500l4.500 4.500L19 7.500",
    out: "M14 4.500H6v15h8M10.500 12h10M17 8.500l3.500 3.500-3.500 3.500",
    shield: "M12 3.500l7 2.500v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6zM9 12l2.200 2.200L15.200 10",
    bolt: "M13 3.500L5 13.500h6l-1 7 8-10h-6z",
    play: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM10 8.500l5.500 3.500-5.500 3.500z",
    phone: "M8 3.500h8v17H8zM11 17.500h2",
    gift: "M4.500 11h15v9h-15zM3.500 7.500h17V11h-17zM12 7.500V20M12 7.500C9 7.500 7.500 6 8 4.500s3.500-.5 4 3c.5-3.500 3.500-4.500 4-3s-1 3-4 3z",
    globe: "M12 3.500a8.500 8.500 0 1 1 0 17 8.500 8.500 0 0 1 0-17zM3.500 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17z",
    spark: "M11 4.500l1.800 4.700 4.700 1.800-4.700 1.800L11 17.500l-1.800-4.700L4.500 11l4.700-1.800zM18 15.500l.9 2.100 2.100.9-2.100.9-.9 2.100-.9-2.100-2.100-.9 2.100-.9z",
    stop: "M7 7h10v10H7z",
    moon: "M19 14.500A8 8 0 0 1 9.500 5a8 8 0 1 0 9.500 9.500z",
};

/** Icons that point along the line of reading turn round in right-to-left text. */
const directed = new Set(["back", "reply", "send", "out"]);

export function icon(name) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("class", directed.has(name) ? `icon icon-${name} is-directed` : `icon icon-${name}`);
    svg.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", paths[name]);
    svg.append(path);
    return svg;
}
