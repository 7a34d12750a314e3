/** Asks a new visitor who they are before the first message, where the shop wants to know. */
import { h } from "../ui/dom.js";

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^(\+|00)?\d{8,15}$/;

/** What was written in one field as the profile has it; null when it is neither of both. Pure. */
export function contactOf(text) {
    const value = text.trim();
    if (EMAIL.test(value)) return { email: value };
    const digits = westernDigits(value).replace(/[\s()-]/g, "");
    return PHONE.test(digits) ? { phone: digits } : null;
}

/** Arabic keyboards write ٠ to ٩, Persian ones ۰ to ۹. */
const westernDigits = (text) =>
    text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

export class Introduction {
    element;
    #t;
    #name;
    #contact;
    #problem = h("p.intro-problem", { role: "alert", id: "intro-problem", hidden: true });
    #done;

    /**
     * @param {{isRequired: boolean}} options
     * @param {(profile: object) => void} done with what was told, perhaps nothing
     */
    constructor(t, { isRequired }, done) {
        this.#t = t;
        this.#done = done;
        this.#name = h("input", { name: "name", dir: "auto", autocomplete: "name", maxlength: 100, required: isRequired });
        this.#contact = h("input", {
            name: "contact",
            dir: "auto",
            autocomplete: "email",
            maxlength: 200,
            required: isRequired,
            "aria-describedby": "intro-problem",
            on: { input: () => this.#complain(null) },
        });
        const skip = h("button.link", { type: "button", on: { click: () => done({}) } }, t("intro.skip"));
        this.element = h(
            "form.intro",
            { on: { submit: (event) => this.#submit(event) } },
            h("h3", {}, t("intro.title")),
            h("label.intro-field", {}, h("span", {}, t("intro.name")), this.#name),
            h("label.intro-field", {}, h("span", {}, t("intro.contact")), this.#contact),
            this.#problem,
            h("button.intro-start", { type: "submit" }, t("intro.start")),
            isRequired ? null : skip,
        );
    }

    focus() {
        this.#name.focus({ preventScroll: true });
    }

    #submit(event) {
        event.preventDefault();
        const text = this.#contact.value.trim();
        const contact = text === "" ? {} : contactOf(text);
        if (contact === null) {
            this.#complain("intro.contactWrong");
            this.#contact.focus();
            return;
        }
        const name = this.#name.value.trim();
        this.#done({ ...(name ? { name } : {}), ...contact });
    }

    #complain(key) {
        this.#problem.hidden = key === null;
        this.#problem.textContent = key === null ? "" : this.#t(key);
        this.#contact.setAttribute("aria-invalid", String(key !== null));
    }
}
