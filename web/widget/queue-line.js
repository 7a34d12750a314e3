/** Where a waiting customer stands in the line, and how long it will probably take. */
import { h } from "../ui/dom.js";

const MINUTE_MS = 60_000;

/** @returns {?string} one sentence or two; null for somebody who does not wait */
export function queueText(place, t) {
    if (!place?.position) return null;
    const where = place.position === 1 ? t("widget.queue.next") : t("widget.queue.place", { n: place.position });
    if (!place.wait) return `${where} ${t("widget.queue.unknown")}`;
    const [from, to] = [place.wait.from_ms, place.wait.to_ms].map((time) => Math.round(time / MINUTE_MS));
    const key = from < 1 ? "widget.queue.upTo" : "widget.queue.between";
    return `${where} ${t(key, { from, to, n: to })}`;
}

export class QueueLine {
    element = h("p.queue-line", { role: "status", hidden: true });
    #t;

    constructor(t) {
        this.#t = t;
    }

    show(place) {
        const text = queueText(place, this.#t);
        this.element.hidden = text === null;
        if (text !== this.element.textContent) this.element.textContent = text ?? "";
    }
}
