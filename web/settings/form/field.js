/**
 * One field of a form: its name, what to fill in, what is there, and beside it what is wrong.
 *
 * A field is described by `{name, kind, label, hint, placeholder, isRequired, isReadOnly, options, rows, maxLength,
 * problems}`; `problems` names words of its own for codes of what is wrong with it.
 * Its `kind` is `text`, `prose`, `url`, `email`, `tel`, `digits`, `sender`, `number`, `money`, `day`, `moment`, `secret`, `choice`,
 * `switch`, `checks`, `color`, `week`, `holidays`, `rows` (see rows-input.js), `lookup` (see lookup-input.js).
 */
import { h, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { problemWords } from "../../ui/problems.js";
import { checksInput } from "./checks-input.js";
import { holidaysInput } from "./holidays-input.js";
import { lookupInput } from "./lookup-input.js";
import { rowsInput, rowWords } from "./rows-input.js";
import { SecretInput } from "./secret-input.js";
import { weekInput } from "./week-input.js";
import { rowsOf } from "./week.js";

/** Written from left to right in every language. */
const LATIN = new Set(["url", "email", "tel", "digits", "sender", "secret", "number", "money", "day", "moment"]);
/** Several controls under one name. */
const GROUPS = new Set(["checks", "week", "holidays", "rows"]);
const TYPES = { url: "url", email: "email", tel: "tel", number: "number", color: "color", day: "date", moment: "datetime-local" };
const MODES = { digits: "numeric", url: "url", email: "email", number: "numeric", money: "decimal" };

let made = 0;

export class Field {
    element;
    spec;
    #t;
    #input;
    #error;
    #clash = h("div.clash", { hidden: true, role: "group" });

    /**
     * @param {object} app
     * @param {object} spec
     * @param {(value) => void} onChange
     */
    constructor(app, spec, onChange) {
        const id = `f${(made += 1)}`;
        this.spec = spec;
        this.#t = app.t;
        this.#error = h("p.field-error", { id: `${id}-error`, hidden: true });
        const hint = spec.hint ? h("p.field-hint", { id: `${id}-hint` }, spec.hint) : null;
        const described = [hint && `${id}-hint`, `${id}-error`].filter(Boolean).join(" ");
        this.#input = inputOf(app, spec, { id, described, onChange });
        const isGroup = GROUPS.has(spec.kind);
        this.element = h(
            "div.form-field",
            {
                data: { field: spec.name, kind: spec.kind },
                ...(isGroup ? { role: "group", "aria-labelledby": `${id}-name`, "aria-describedby": described } : {}),
            },
            h(
                isGroup ? "span.field-name" : "label.field-name",
                isGroup ? { id: `${id}-name` } : { for: id },
                h("span", { dir: "auto" }, spec.label),
                spec.isRequired && h("span.field-mark", {}, app.t("form.required")),
            ),
            this.#input.element,
            hint,
            this.#error,
            this.#clash,
        );
    }

    /** @param {*} kept what the hub has, when that is another value */
    show(value, kept = value) {
        this.#input.show(value, kept);
    }

    focus() {
        this.#input.focus();
    }

    /** @param {?{code, detail}} problem null when nothing is wrong */
    complain(problem) {
        this.#error.hidden = problem === null;
        const words = problem === null ? "" : this.#problemWords(problem);
        this.#error.replaceChildren(...(problem === null ? [] : [icon("alert"), h("span", { dir: "auto" }, words)]));
        this.element.classList.toggle("is-wrong", problem !== null);
        for (const control of this.element.querySelectorAll("input, textarea, select")) {
            setAttribute(control, "aria-invalid", problem === null ? null : "true");
        }
    }

    #problemWords(problem) {
        const own = this.spec.problems?.[problem.code];
        return own ? this.#t(own, { detail: problem.detail }) : problemWords(this.#t, problem, this.spec.kind);
    }

    /** Shows two values that exclude each other, and asks which; null when that is decided. */
    showClash(clash, decide) {
        this.#clash.hidden = clash === null;
        this.#clash.replaceChildren();
        if (clash === null) return;
        const side = (isMine, name, value) =>
            h(
                "div.clash-side",
                {},
                h("span.clash-name", {}, this.#t(name)),
                h("bdi.clash-value", { dir: "auto" }, valueWords(this.#t, this.spec, value)),
                h(
                    "button.button.is-plain.is-small",
                    { type: "button", data: { take: isMine ? "mine" : "theirs" }, on: { click: () => decide(isMine) } },
                    this.#t(isMine ? "clash.keep" : "clash.take"),
                ),
            );
        this.#clash.setAttribute("aria-label", this.#t("clash.title"));
        this.#clash.append(side(false, "clash.theirs", clash.theirs), side(true, "clash.mine", clash.mine));
    }
}

/** What a value is called, for comparing. Never a secret. */
export function valueWords(t, { kind, options = [] }, value) {
    if (kind === "switch") return t(value ? "form.yes" : "form.no");
    if (kind === "secret") return value ? (value.startsWith("••••") ? value : t("secret.new")) : t("form.empty");
    const called = (one) => options.find((option) => option.value === one)?.label ?? String(one);
    if (kind === "week") return weekWords(t, value);
    if (kind === "rows") return rowWords(value).join(t("form.comma")) || t("form.empty");
    if (kind === "holidays") return JSON.parse(value).map(({ date }) => date).join(t("form.comma")) || t("form.empty");
    if (kind === "checks") return value.length > 0 ? value.map(called).join(t("form.comma")) : t("form.empty");
    return value === null || value === undefined || value === "" ? t("form.empty") : called(value);
}

function weekWords(t, value) {
    const open = rowsOf(value).filter(({ spans }) => spans.length > 0);
    const times = (spans) => spans.map(({ from, to }) => `${from}–${to}`).join(" ");
    return open.map(({ day, spans }) => `${t(`week.${day}`)} ${times(spans)}`).join(t("form.comma"));
}

function inputOf(app, spec, wiring) {
    switch (spec.kind) {
        case "secret":
            return new SecretInput(app, spec, wiring);
        case "checks":
            return checksInput(app, spec, wiring);
        case "week":
            return weekInput(app, spec, wiring);
        case "holidays":
            return holidaysInput(app, spec, wiring);
        case "rows":
            return rowsInput(app, spec, wiring);
        case "lookup":
            return lookupInput(app, spec, wiring);
        case "choice":
            return choiceInput(spec, wiring);
        case "switch":
            return switchInput(spec, wiring);
        default:
            return lineInput(spec, wiring);
    }
}

function lineInput(spec, { id, described, onChange }) {
    const isProse = spec.kind === "prose";
    const input = h(isProse ? "textarea.input" : "input.input", {
        id,
        name: spec.name,
        type: isProse ? null : (TYPES[spec.kind] ?? "text"),
        rows: isProse ? (spec.rows ?? 4) : null,
        inputmode: MODES[spec.kind],
        dir: LATIN.has(spec.kind) || spec.isCode ? "ltr" : "auto",
        maxlength: spec.maxLength,
        min: spec.min,
        max: spec.max,
        placeholder: spec.placeholder,
        readonly: spec.isReadOnly,
        autocomplete: "off",
        spellcheck: LATIN.has(spec.kind) || spec.isCode ? "false" : null,
        "aria-describedby": described,
        "aria-required": spec.isRequired ? "true" : null,
    });
    const read = () => {
        if (spec.kind !== "number") return input.value;
        return input.value === "" ? null : Number(input.value);
    };
    input.addEventListener("input", () => onChange(read()));
    return {
        element: input,
        show: (value) => {
            if (String(value ?? "") !== input.value) input.value = value ?? "";
        },
        focus: () => input.focus(),
    };
}

function choiceInput(spec, { id, described, onChange }) {
    const options = spec.options.map(({ value, label }) => h("option", { value: String(value ?? "") }, label));
    const input = h(
        "select.input",
        { id, name: spec.name, disabled: spec.isReadOnly, "aria-describedby": described },
        options,
    );
    input.addEventListener("change", () => onChange(spec.options[input.selectedIndex].value));
    return {
        element: input,
        show: (value) => (input.value = String(value ?? "")),
        focus: () => input.focus(),
    };
}

function switchInput(spec, { id, described, onChange }) {
    const input = h("input.switch", {
        id,
        type: "checkbox",
        role: "switch",
        name: spec.name,
        disabled: spec.isReadOnly,
        "aria-describedby": described,
    });
    input.addEventListener("change", () => onChange(input.checked));
    return {
        element: input,
        show: (value) => (input.checked = value === true),
        focus: () => input.focus(),
    };
}
