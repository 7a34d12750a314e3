/**
 * A secret that is never shown: it is there, or is replaced, or goes.
 *
 * What the hub shows of it is a mask. It is not put into a box to type in: a mask that somebody has
 * typed into would be taken for the secret.
 */
import { h, iconButton, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { isMask } from "./mask.js";

export class SecretInput {
    element = h("div.secret");
    #t;
    #spec;
    #wiring;
    #kept = "";
    #input;

    constructor({ t }, spec, wiring) {
        this.#t = t;
        this.#spec = spec;
        this.#wiring = wiring;
        this.#input = h("input.input", {
            id: wiring.id,
            type: "password",
            name: spec.name,
            dir: "ltr",
            // Browsers offer the password of the page itself for anything else.
            autocomplete: "new-password",
            spellcheck: "false",
            placeholder: spec.placeholder,
            readonly: spec.isReadOnly,
            "aria-describedby": wiring.described,
            "aria-required": spec.isRequired ? "true" : null,
            // An empty box after "change" is no wish to remove what is there.
            on: { input: () => wiring.onChange(this.#input.value || this.#kept) },
        });
        this.#draw("typed");
    }

    /** @param {string} kept what the hub shows of what it has: a mask, or nothing */
    show(value, kept) {
        this.#kept = isMask(kept) ? kept : "";
        const isTyped = !isMask(value) && Boolean(value);
        if (this.#input.value !== (isTyped ? value : "")) this.#input.value = isTyped ? value : "";
        if (isMask(value)) this.#draw("kept");
        else this.#draw(this.#kept && !value ? "gone" : "typed");
    }

    focus() {
        (this.element.querySelector("input") ?? this.element.querySelector("button"))?.focus();
    }

    #draw(state) {
        this.element.dataset.state = state;
        this.element.replaceChildren(...this.#parts(state));
    }

    #parts(state) {
        const t = this.#t;
        const button = (words, act, props = {}) =>
            h("button.link", { type: "button", on: { click: act }, ...props }, t(words));
        if (state === "kept") {
            return [
                h("span.secret-mask", {}, icon("lock"), h("bdi", { dir: "ltr" }, this.#kept)),
                !this.#spec.isReadOnly &&
                    button("secret.change", () => this.#change(), {
                        id: this.#wiring.id,
                        "aria-describedby": this.#wiring.described,
                    }),
                !this.#spec.isReadOnly && button("secret.remove", () => this.#remove()),
            ].filter(Boolean);
        }
        if (state === "gone") {
            return [h("span.secret-gone", {}, t("secret.gone")), button("secret.undo", () => this.#restore())];
        }
        const isShown = this.#input.type === "text";
        const label = t(isShown ? "secret.hide" : "secret.show");
        return [
            h(
                "span.secret-box",
                {},
                this.#input,
                iconButton(icon(isShown ? "hide" : "eye"), label, () => this.#reveal(), { "aria-pressed": String(isShown) }),
            ),
            this.#kept && button("secret.undo", () => this.#restore()),
        ].filter(Boolean);
    }

    #change() {
        this.#input.value = "";
        this.#draw("typed");
        this.#input.focus();
    }

    #remove() {
        this.#draw("gone");
        this.#wiring.onChange("");
        this.focus();
    }

    #restore() {
        this.#input.value = "";
        this.#wiring.onChange(this.#kept);
        this.#draw("kept");
        this.focus();
    }

    #reveal() {
        setAttribute(this.#input, "type", this.#input.type === "text" ? "password" : "text");
        this.#draw("typed");
        this.element.querySelector(".icon-button").focus();
    }
}
