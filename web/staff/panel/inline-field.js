/** One value that is changed where it stands: a button that shows it, and in its place a box to write in. */
import { bdi, fill, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords, problemsOf, problemWords } from "../../ui/problems.js";

/** What was changed by somebody else meanwhile; `theirs` is their value. */
export class Clash extends Error {
    constructor(theirs) {
        super("clash");
        this.theirs = theirs;
    }
}

/**
 * @param {object} app
 * @param {object} field
 * @param {string} field.name of the member, as the hub calls it
 * @param {string} field.label
 * @param {"text" | "prose" | "choice"} [field.kind]
 * @param {() => string} field.value as it is edited
 * @param {() => Node | string} [field.shown] as it is read; the value when not given
 * @param {(value: string) => Promise} [field.save] left out for what may only be read. Throws `Clash`
 */
export function inlineField(app, { name, label, kind = "text", value, shown, save, options = [], maxLength, dir = "auto", hint }) {
    const { t } = app;
    const place = h("dd.inline-field", { data: { field: name } });
    rest();
    return [h("dt", {}, bdi(label)), place];

    function rest({ hasFocus = false } = {}) {
        const text = value();
        const words = text === "" ? h("span.is-empty", {}, t(save ? "panel.add" : "panel.none")) : (shown?.() ?? bdi(text, dir));
        if (!save) return fill(place, words);
        const button = h(
            "button.inline-value",
            { type: "button", "aria-label": t("panel.edit", { label }), title: t("panel.edit", { label }), data: { key: `field:${name}` }, on: { click: write } },
            icon("edit"),
        );
        fill(place, h("span.inline-text", {}, words), button);
        if (hasFocus) button.focus();
    }

    function write() {
        const id = `panel-${name.replace(/[^\w-]/g, "_")}`;
        const props = { id, dir, maxlength: maxLength, "aria-label": label, "aria-describedby": `${id}-say` };
        const input =
            kind === "choice"
                ? h("select.input", { ...props, dir: null, maxlength: null }, ...options.map(({ value: each, label: words }) => h("option", { value: each ?? "" }, words)))
                : kind === "prose"
                  ? h("textarea.input", { ...props, rows: 3 })
                  : h("input.input", { ...props, type: "text" });
        input.value = value();
        const say = h("p.inline-say", { id: `${id}-say`, role: "alert" });
        const done = h("button.button.is-small", { type: "submit" }, t("form.save"));
        const back = h("button.button.is-plain.is-small", { type: "button", on: { click: () => rest({ hasFocus: true }) } }, t("composer.cancel"));
        const form = h(
            "form.inline-form",
            { novalidate: true, on: { submit, keydown: (event) => event.key === "Escape" && (event.stopPropagation(), rest({ hasFocus: true })) } },
            input,
            hint && h("small", {}, hint),
            say,
            h("div.inline-actions", {}, done, back),
        );
        fill(place, form);
        input.focus();
        if (kind === "text") input.select();

        async function submit(event) {
            event.preventDefault();
            if (input.value.trim() === value().trim()) return rest({ hasFocus: true });
            done.disabled = true;
            say.textContent = "";
            input.removeAttribute("aria-invalid");
            try {
                await save(input.value.trim());
                rest({ hasFocus: true });
            } catch (error) {
                done.disabled = false;
                say.textContent = wordsFor(error);
                input.setAttribute("aria-invalid", "true");
                input.focus();
            }
        }

        function wordsFor(error) {
            if (error instanceof Clash) return error.theirs === "" ? t("panel.clash.empty") : t("panel.clash", { value: error.theirs });
            const { byField, others } = problemsOf(error);
            const [first] = [...byField.values(), ...others];
            return first ? problemWords(t, first) : failureWords(t, error);
        }
    }
}
