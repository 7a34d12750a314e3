/** The line where a message is written: text, emoji, files, voice, reply and edit banners, typing. */
import { h, iconButton, setAttribute } from "./dom.js";
import { emojiButton } from "./emoji.js";
import { icon } from "./icons.js";
import { attachMenu } from "./menu.js";
import { Suggestions } from "./suggestions.js";
import { canRecord, VoiceNote } from "./voice-note.js";

/** The protocol's limit of a text. */
const MAX_CHARACTERS = 8_000;

/** Without a key pressed for this long, typing has ended. */
const TYPING_IDLE_MS = 4_000;

export class Composer {
    element;
    #on;
    #t;
    #text;
    #file;
    #banner;
    #more = null;
    #help = null;
    #voice = null;
    #sendButton;
    #onCancel = null;
    #typingTimer = null;
    #suggestions = null;

    /**
     * @param {{send: (text) => void, file: (file) => void, typing: (on) => void, refused?: () => void, leave?: () => void,
     *   suggest?: Array, more?: () => Array, help?: {label, items: () => Array}}} on
     *   `suggest` are the sources of suggestions.js, `more` are the entries of a menu of other messages, `help` those of one
     *   that helps with the text; with `refused`, told when there is no microphone, voice notes can be recorded;
     *   `leave` is told of Escape
     */
    constructor(t, on) {
        this.#t = t;
        this.#on = on;
        this.#text = h("textarea.composer-text", {
            rows: 1,
            maxlength: MAX_CHARACTERS,
            placeholder: t("composer.placeholder"),
            "aria-label": t("composer.placeholder"),
            on: {
                input: () => this.#edited(),
                keydown: (event) => this.#key(event),
                blur: () => this.#left(),
                paste: (event) => this.#takeFiles(event.clipboardData?.files, event),
            },
        });
        this.#file = h("input", { type: "file", multiple: true, hidden: true, tabindex: -1 });
        this.#file.addEventListener("change", () => {
            this.#takeFiles(this.#file.files);
            this.#file.value = "";
        });
        this.#banner = h("div.composer-banner", { hidden: true });
        if (on.suggest) this.#suggestions = new Suggestions(this.#text, on.suggest);
        if (on.more) {
            this.#more = iconButton(icon("plus"), t("composer.more"), () => {}, { hidden: true, data: { menu: "more" } });
            attachMenu(this.#more, on.more);
        }
        if (on.help) {
            this.#help = iconButton(icon("spark"), on.help.label, () => {}, { hidden: true, data: { menu: "help" } });
            attachMenu(this.#help, on.help.items);
        }
        if (on.refused && canRecord()) {
            this.#voice = new VoiceNote(t, {
                file: (file) => this.#on.file(file),
                state: (isOn) => this.element.classList.toggle("is-recording", isOn),
                refused: on.refused,
            });
        }
        this.#sendButton = h(
            "button.send-button",
            { type: "submit", "aria-label": t("composer.send"), disabled: true },
            icon("send"),
        );
        this.element = h(
            "form.composer",
            {
                on: {
                    submit: (event) => this.#submit(event),
                    dragover: (event) => event.preventDefault(),
                    drop: (event) => this.#takeFiles(event.dataTransfer?.files, event),
                },
            },
            this.#banner,
            this.#suggestions?.element,
            this.#voice?.element,
            h(
                "div.composer-row",
                {},
                iconButton(icon("attach"), t("composer.attach"), () => this.#file.click(), {
                    class: "icon-button attach",
                }),
                this.#file,
                this.#more,
                this.#help,
                this.#text,
                emojiButton(t, (emoji) => this.insert(emoji)),
                this.#voice?.button,
                this.#sendButton,
            ),
        );
    }

    get value() {
        return this.#text.value;
    }

    set value(text) {
        this.#text.value = text;
        this.#fit();
    }

    /** Puts a text at the caret, or in place of everything. The browser's undo takes it back. */
    insert(text, { replaces = false } = {}) {
        this.focus();
        if (replaces) this.#text.select();
        if (!document.execCommand("insertText", false, text)) {
            this.#text.setRangeText(text, this.#text.selectionStart, this.#text.selectionEnd, "end");
        }
        this.#edited();
    }

    /** Puts a text in place of what stands between `from` and the caret. */
    complete(from, text) {
        this.#text.setSelectionRange(from, this.#text.selectionStart);
        this.insert(text);
    }

    focus() {
        this.#text.focus({ preventScroll: true });
    }

    /** Ends the recording of a voice note; what was said so far stays here to be sent. */
    stopRecording() {
        this.#voice?.stop();
    }

    /** Whether the menu of other messages is there. */
    set offersMore(isOn) {
        if (this.#more) this.#more.hidden = !isOn;
    }

    focusHelp() {
        this.#help?.focus({ preventScroll: true });
    }

    /** Whether the menu that helps with the text is there. */
    set offersHelp(isOn) {
        if (this.#help) this.#help.hidden = !isOn;
    }

    set placeholder(text) {
        this.#text.placeholder = text;
        setAttribute(this.#text, "aria-label", text);
    }

    /** Shows what the next message refers to, until it is sent or `cancel` is called. */
    showBanner(title, text, onCancel) {
        this.#onCancel = onCancel;
        this.#banner.replaceChildren(
            h("div.banner-text", {}, h("strong", {}, title), h("span", { dir: "auto" }, text)),
            iconButton(icon("close"), this.#t("composer.cancel"), () => this.cancel()),
        );
        this.#banner.hidden = false;
        this.focus();
    }

    cancel() {
        this.#banner.hidden = true;
        const onCancel = this.#onCancel;
        this.#onCancel = null;
        onCancel?.();
    }

    get hasBanner() {
        return !this.#banner.hidden;
    }

    #submit(event) {
        event.preventDefault();
        const text = this.#text.value.trim();
        if (text === "") return;
        this.value = "";
        this.#suggestions?.close();
        this.#typing(false);
        this.#on.send(text);
        this.focus();
    }

    #key(event) {
        if (this.#suggestions?.takesKey(event)) return;
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
        if (event.key !== "Escape") return;
        if (this.hasBanner) {
            event.stopPropagation();
            this.cancel();
        } else if (this.#on.leave) {
            this.#on.leave();
        }
    }

    #left() {
        this.#suggestions?.close();
        this.#typing(false);
    }

    #edited() {
        this.#fit();
        this.#suggestions?.look();
        this.#typing(this.#text.value.trim() !== "");
    }

    /** An empty line begins where the page begins; written text follows its own first letter. */
    #fit() {
        const isEmpty = this.#text.value.trim() === "";
        this.#sendButton.disabled = isEmpty;
        if (this.#voice) this.#voice.button.hidden = !isEmpty;
        setAttribute(this.#text, "dir", isEmpty ? null : "auto");
        this.#text.style.height = "auto";
        this.#text.style.height = `${this.#text.scrollHeight}px`;
    }

    #typing(on) {
        clearTimeout(this.#typingTimer);
        if (on) this.#typingTimer = setTimeout(() => this.#on.typing(false), TYPING_IDLE_MS);
        this.#on.typing(on);
    }

    #takeFiles(files, event) {
        if (!files || files.length === 0) return;
        event?.preventDefault();
        for (const file of files) this.#on.file(file);
    }
}
