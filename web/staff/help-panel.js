/** A text of the language model while it grows, and what can be done with it. Nothing happens to it without a click. */
import { h, iconButton } from "../ui/dom.js";
import { icon } from "../ui/icons.js";

const KNOWN_ERRORS = ["rate_limited", "conflict", "too_large", "unavailable", "busy", "offline", "not_found"];
const COPIED_MS = 2_000;

export class HelpPanel {
    element;
    #t;
    #announcer;
    #onClose;
    #help = null;
    #wish = null;
    #title = h("strong");
    #state = h("span.help-state", { role: "status", "aria-live": "polite" });
    #quote = h("p.help-quote", { dir: "auto" });
    #text = document.createTextNode("");
    #line = h("p.help-text", { dir: "auto", tabindex: 0 }, this.#text);
    #missing = h("p.help-missing", { dir: "auto" });
    #actions = h("div.help-actions");

    /** @param {() => void} onClose gives the focus back to where people write */
    constructor({ t, announcer }, onClose) {
        this.#t = t;
        this.#announcer = announcer;
        this.#onClose = onClose;
        this.element = h(
            "section.help",
            { hidden: true, "aria-label": t("help.menu"), on: { keydown: (event) => this.#key(event) } },
            h(
                "header.help-head",
                {},
                icon("spark"),
                this.#title,
                this.#state,
                iconButton(icon("close"), t("help.close"), () => this.close(), { data: { help: "close" } }),
            ),
            this.#quote,
            this.#line,
            this.#missing,
            this.#actions,
        );
    }

    /**
     * @param {{kind: string, quote?: string, begin: () => Help, uses: Array<{key, run: (text) => void}>}} wish
     *   `begin` asks, also once more; `uses` are what the finished text is for, the likeliest first
     */
    open(wish) {
        this.#help?.stop();
        this.#wish = wish;
        const help = wish.begin();
        this.#help = help;
        this.#title.textContent = this.#t(`help.title.${wish.kind}`);
        this.#quote.textContent = wish.quote ?? "";
        this.#quote.hidden = !wish.quote;
        this.#text.data = "";
        this.element.dataset.kind = wish.kind;
        this.element.hidden = false;
        help.addEventListener("change", () => {
            if (help === this.#help) this.#draw();
        });
        this.#draw();
    }

    close() {
        if (this.element.hidden) return;
        this.leave();
        this.#onClose();
    }

    /** As `close`, when nobody is here any more. */
    leave() {
        this.#help?.stop();
        this.#help = null;
        this.element.hidden = true;
    }

    #draw() {
        const { state, text, missing, error, isOver } = this.#help;
        this.element.dataset.state = state;
        this.#grow(text);
        this.#line.setAttribute("aria-busy", String(!isOver));
        this.#missing.textContent = missing.length > 0 ? this.#t("help.missing", { pieces: missing.join("، ") }) : "";
        this.#missing.hidden = missing.length === 0;
        this.#say(error ? this.#reason(error.code) : this.#t(`help.${state}`));
        // While it grows there is one thing to do, and it stays where it is.
        if (isOver || !this.#actions.querySelector("[data-help=stop]")) this.#actions.replaceChildren(...this.#buttons());
        if (state === "done") this.#announcer.say(text);
    }

    /** What is on screen stays as it is, also where somebody has selected it; the end of a long text is in sight. */
    #grow(text) {
        const { scrollHeight, scrollTop, clientHeight } = this.#line;
        const wasAtEnd = scrollHeight - scrollTop - clientHeight < 24;
        const shown = this.#text.data;
        if (text.startsWith(shown)) this.#text.appendData(text.slice(shown.length));
        else this.#text.data = text;
        this.#line.hidden = text === "";
        if (wasAtEnd && !this.#help.isOver) this.#line.scrollTop = this.#line.scrollHeight;
    }

    #say(text) {
        if (this.#state.textContent !== text) this.#state.textContent = text;
    }

    #reason(code) {
        return this.#t(`help.error.${KNOWN_ERRORS.includes(code) ? code : "other"}`, { code });
    }

    #buttons() {
        const { isOver, text } = this.#help;
        if (!isOver) return [this.#button("stop", () => this.#help.stop(), true)];
        const uses = text === "" ? [] : this.#wish.uses;
        return [
            ...uses.map(({ key, run }, place) => this.#button(key, (button) => run(text, button), place > 0)),
            this.#button("again", () => this.open(this.#wish), true),
        ];
    }

    #button(key, run, isPlain) {
        const button = h(
            isPlain ? "button.button.is-small.is-plain" : "button.button.is-small",
            { type: "button", data: { help: key }, on: { click: () => run(button) } },
            this.#t(`help.${key}`),
        );
        return button;
    }

    /** Copies, and says so on the button. */
    async copy(text, button) {
        await navigator.clipboard.writeText(text);
        button.textContent = this.#t("help.copied");
        this.#say(this.#t("help.copied"));
        setTimeout(() => (button.textContent = this.#t("help.copy")), COPIED_MS);
    }

    #key(event) {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.close();
    }
}
