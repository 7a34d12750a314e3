/** A list of the API, a page at a time: says what it is doing, and asks for more when asked to. */
import { h } from "./dom.js";
import { failureWords } from "./problems.js";

export class PagedList {
    element = h("div.paged", {});
    #app;
    #options;
    #rows;
    #foot = h("div.paged-foot", { role: "status" });
    #query = {};
    #next = null;
    #pages = 0;
    #leaving = new AbortController();

    /**
     * @param {object} app
     * @param {object} options
     * @param {string} options.path below `/api/v1`
     * @param {(item) => Node} options.row
     * @param {string} options.none what is said of an empty list
     * @param {(items: object[]) => void} [options.onPage] hears of each first page
     * @param {(list: HTMLElement) => boolean} [options.isRead] whether what is shown must stay while somebody reads it
     */
    constructor(app, options) {
        this.#app = app;
        this.#options = { limit: 50, ...options };
        this.#rows = h(options.tag ?? "ul.rows", {});
        this.element.append(this.#rows, this.#foot);
    }

    /** @param {object} query filters; empty ones are left out */
    async show(query = this.#query) {
        this.#leaving.abort();
        this.#leaving = new AbortController();
        this.#query = query;
        this.#pages = 0;
        await this.#load(null);
    }

    /** Asks for the first page again, unless more than that is shown, or somebody reads it. */
    async refresh() {
        if (!this.#mayRefresh()) return;
        const { signal } = this.#leaving;
        try {
            const page = await this.#ask(null, signal);
            if (signal.aborted || !this.#mayRefresh()) return;
            // A redraw must not take the focus away from whoever is on a row.
            const focused = this.#rows.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
            this.#take(page, null);
            if (focused) this.#rows.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
        } catch {
            // What is shown stays, and the next look comes soon.
        }
    }

    close() {
        this.#leaving.abort();
    }

    #mayRefresh() {
        return this.#pages === 1 && !this.#options.isRead?.(this.element);
    }

    async #load(cursor) {
        const { t } = this.#app;
        const { signal } = this.#leaving;
        this.#foot.replaceChildren(h("span.pulse"), h("span", {}, t("settings.loading")));
        try {
            const page = await this.#ask(cursor, signal);
            if (!signal.aborted) this.#take(page, cursor);
        } catch (error) {
            if (signal.aborted) return;
            const again = h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#load(cursor) } }, t("settings.retry"));
            this.#foot.replaceChildren(h("span", { role: "alert" }, failureWords(t, error)), again);
        }
    }

    #ask(cursor, signal) {
        const given = Object.entries({ limit: this.#options.limit, ...this.#query, cursor }).filter(([, value]) => value);
        return this.#app.rest.get(`${this.#options.path}?${new URLSearchParams(given)}`, { signal });
    }

    #take({ items, next }, cursor) {
        const { t } = this.#app;
        const rows = items.map((item) => this.#options.row(item));
        const isMore = cursor !== null;
        if (isMore) this.#rows.append(...rows);
        else this.#rows.replaceChildren(...rows);
        this.#pages = isMore ? this.#pages + 1 : 1;
        this.#next = next;
        const more = h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#load(this.#next) } }, t("list.more"));
        const isEmpty = !isMore && items.length === 0;
        this.#foot.replaceChildren(...(isEmpty ? [h("p.blank", {}, this.#options.none)] : next ? [more] : []));
        if (isMore) focusFirst(rows[0]);
        else this.#options.onPage?.(items);
    }
}

/** Whoever asked for more goes on reading there. */
function focusFirst(row) {
    if (!row) return;
    const target = row.querySelector("a, button, summary") ?? row;
    if (target === row) row.setAttribute("tabindex", "-1");
    target.focus();
}
