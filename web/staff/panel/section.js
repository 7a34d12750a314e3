/**
 * One part of the panel that folds: asks for what it shows when it is opened, and remembers whether it is.
 *
 * A part that somebody writes in is not drawn anew under them; what came is shown when they are done.
 */
import { SafeStorage } from "../../sdk/storage.js";
import { fill, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";

const OPEN_KEY = "hub:staff:panel";
const storage = new SafeStorage();

/** Whether a part is open: as it was left, else as it begins. Pure. */
export const isOpenOf = (kept, id, isUsual) => kept?.[id] ?? isUsual;

export class Section {
    element;
    panel;
    /** What was shown last. */
    data;
    #id;
    #body = h("div.part-body");
    #count = h("span.part-count", { hidden: true });
    #isStale = true;
    /** News came while somebody wrote here. */
    #isLate = false;
    #turn = 0;
    #shown = null;

    /**
     * @param {object} panel
     * @param {{id: string, title: string, image: string, isOpen?: boolean}} options
     */
    constructor(panel, { id, title, image, isOpen = false }) {
        this.panel = panel;
        this.#id = id;
        const summary = h("summary.part-head", {}, icon(image), h("h3", {}, title), this.#count, icon("down"));
        this.element = h(
            "details.part",
            { data: { part: id }, open: isOpenOf(storage.get(OPEN_KEY), id, isOpen), on: { toggle: () => this.#toggled() } },
            summary,
            this.#body,
        );
        this.element.addEventListener("focusout", () => this.#caughtUp());
    }

    /** Asks the hub. @returns {Promise<object>} */
    async load() {}

    /** @returns {Array<Node | null | false>} */
    draw() {
        return [];
    }

    /** How many there are, said beside the name; null for no number. */
    count() {
        return null;
    }

    /** Asks again, now or when it is opened. */
    refresh() {
        this.#isStale = true;
        if (this.element.open) this.#load();
    }

    /** Draws what is known. */
    redraw() {
        const focused = this.#body.contains(document.activeElement) ? document.activeElement.closest("[data-key]")?.dataset.key : undefined;
        const hadFocus = this.#body.contains(document.activeElement);
        fill(this.#body, ...this.draw());
        const count = this.count();
        this.#count.hidden = !count;
        this.#count.textContent = count ? this.panel.app.format.number(count) : "";
        if (!hadFocus) return;
        const again = focused && this.#body.querySelector(`[data-key="${CSS.escape(focused)}"]`);
        (again || this.element.querySelector("summary")).focus();
    }

    /** Also once for a part that is open from the start. */
    #toggled() {
        storage.set(OPEN_KEY, { ...storage.get(OPEN_KEY), [this.#id]: this.element.open });
        if (this.element.open && this.#isStale) this.#load();
    }

    get #isWrittenIn() {
        const texts = [...this.#body.querySelectorAll("textarea")];
        return this.#body.querySelector(".inline-form") !== null || texts.some(({ value }) => value.trim() !== "");
    }

    /** Somebody left what they wrote in. */
    #caughtUp() {
        setTimeout(() => {
            if (this.#isLate && this.element.open && this.element.isConnected) this.#load();
        });
    }

    async #load() {
        this.#isLate = this.#isWrittenIn;
        if (this.#isLate) return;
        const { app, signal } = this.panel;
        const turn = (this.#turn += 1);
        this.#isStale = false;
        if (this.#shown === null) fill(this.#body, h("p.part-wait", { role: "status" }, h("span.pulse"), app.t("settings.loading")));
        try {
            const data = await this.load(signal);
            if (signal.aborted || turn !== this.#turn) return;
            const text = JSON.stringify(data);
            if (text === this.#shown) return;
            this.#isLate = this.#isWrittenIn;
            if (this.#isLate) return;
            this.#shown = text;
            this.data = data;
            this.redraw();
        } catch (error) {
            if (signal.aborted || turn !== this.#turn) return;
            this.#isStale = true;
            this.#shown = null;
            const again = h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#load() } }, app.t("settings.retry"));
            fill(this.#body, h("p.part-none", { role: "alert" }, failureWords(app.t, error)), again);
        }
    }
}

/** What a part says that has nothing to show, and what can be done about it. */
export const nothing = (words, ...ways) => h("div.part-none", {}, h("p", {}, words), ...ways);

/** A small button of a part. `key` finds it again after the part was drawn anew. */
export const action = (words, run, { key, label, isPlain = true } = {}) =>
    h(`button.button.is-small${isPlain ? ".is-plain" : ""}`, { type: "button", "aria-label": label, data: { key }, on: { click: run } }, words);

/** The way to the settings, which open beside the conversation. */
export const settingsLink = (words, place, props = {}) =>
    h("a.link", { href: `/settings${place}`, target: "_blank", rel: "noopener", ...props }, words);
