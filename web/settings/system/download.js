/** Fetches a long file with a word on how far it is, and hands it to the browser; it can be left at any time. */
import { h } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { Waiting } from "../parts/waiting.js";

export class Download {
    element = h("div.download", {});
    #app;
    #leaving = null;

    constructor(app) {
        this.#app = app;
    }

    close() {
        this.#leaving?.abort();
    }

    /** @param {object} query empty ones are left out */
    async start(path, query, name) {
        const { t, rest, format, announcer } = this.#app;
        this.#leaving?.abort();
        const leaving = (this.#leaving = new AbortController());
        const far = h("span", {}, t("download.running"));
        const waiting = new Waiting(this.#app, far, () => leaving.abort());
        this.element.replaceChildren(waiting.element);
        try {
            const given = Object.entries(query).filter(([, value]) => value);
            const blob = await rest.get(`${path}?${new URLSearchParams(given)}`, {
                signal: leaving.signal,
                headers: { Accept: "*/*" },
                read: (response) => readAll(response, (bytes) => (far.textContent = t("download.far", { size: format.size(bytes) }))),
            });
            save(blob, name);
            this.element.replaceChildren(h("p.field-hint", {}, t("download.done", { size: format.size(blob.size) })));
            announcer.say(t("download.done", { size: format.size(blob.size) }));
        } catch (error) {
            const isLeft = error.code === "left";
            this.element.replaceChildren(isLeft ? "" : h("p.notice-line", { role: "alert" }, failureWords(t, error)));
        } finally {
            waiting.end();
            if (this.#leaving === leaving) this.#leaving = null;
        }
    }
}

/** The whole of an answer; `tell` hears how many bytes there are by now. */
export async function readAll(response, tell) {
    const parts = [];
    let bytes = 0;
    const reader = response.body.getReader();
    for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        bytes += value.byteLength;
        tell(bytes);
    }
    return new Blob(parts, { type: response.headers.get("Content-Type") ?? "" });
}

/** Hands a file to the browser. */
export function save(blob, name) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    URL.revokeObjectURL(link.href);
}
