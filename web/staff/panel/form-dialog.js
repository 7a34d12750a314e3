/** Asks for a few values in a dialog, sends them, and says at which of them the hub took offence. */
import { showDialog } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { formActions } from "../../ui/form-parts.js";
import { failureWords, problemsOf, problemWords } from "../../ui/problems.js";

const TYPES = { tel: "tel", email: "email", moment: "datetime-local", day: "date" };
/** What is written from left to right in every language. */
const LATIN = new Set(["tel", "email", "money"]);

/**
 * @param {object} app
 * @param {object} form
 * @param {string} form.title
 * @param {string} [form.lead] what it is for
 * @param {Array<{name, label, kind?, value?, options?, isRequired?, maxLength?, hint?}>} form.fields
 * @param {string} form.submit
 * @param {(values: object) => Promise} form.send values are texts
 * @param {(error) => ?string} [form.words] what a refusal means here; null for what it means everywhere
 * @returns {Promise} what `send` resolved with; null when it was thought better of
 */
export function askForm({ t }, { title, lead, fields, submit, send, words = () => null }) {
    return showDialog(title, (done) => {
        const rows = fields.map((field) => rowOf(t, field));
        const message = h("p.form-message", { role: "alert" });
        const form = h("form.dialog-form", { novalidate: true, on: { submit: tried } }, lead && h("p", {}, lead), ...rows.map(({ element }) => element), message, formActions(t, submit, done));
        const button = form.querySelector("[type=submit]");
        return [form];

        async function tried(event) {
            event.preventDefault();
            message.textContent = "";
            for (const row of rows) row.say("");
            const empty = rows.filter(({ field, value }) => field.isRequired && value() === "");
            for (const row of empty) row.say(t("problem.required"));
            if (empty.length > 0) return empty[0].focus();
            button.disabled = true;
            try {
                done(await send(Object.fromEntries(rows.map(({ field, value }) => [field.name, value()]))));
            } catch (error) {
                button.disabled = false;
                complain(error);
            }
        }

        function complain(error) {
            const special = words(error);
            const { byField, others } = problemsOf(error);
            const wrong = rows.filter(({ field }) => byField.has(field.name));
            for (const row of wrong) row.say(problemWords(t, byField.get(row.field.name), row.field.kind));
            if (special) message.textContent = special;
            else if (wrong.length === 0) message.textContent = others.length > 0 ? problemWords(t, others[0]) : failureWords(t, error);
            (wrong[0] ?? rows[0])?.focus();
        }
    });
}

function rowOf(t, field) {
    const { name, label, kind = "text", value = "", options = [], isRequired, maxLength, hint } = field;
    const props = { name, dir: LATIN.has(kind) ? "ltr" : "auto", maxlength: maxLength, "aria-required": isRequired ? "true" : null, "aria-describedby": `ask-${name}` };
    const input =
        kind === "choice"
            ? h("select.input", { ...props, dir: null, maxlength: null }, ...options.map((option) => h("option", { value: option.value ?? "" }, option.label)))
            : kind === "prose"
              ? h("textarea", { ...props, rows: 3 })
              : h("input", { ...props, type: TYPES[kind] ?? "text", inputmode: kind === "money" ? "decimal" : null, dir: TYPES[kind] === "date" || kind === "moment" ? null : props.dir });
    input.value = value ?? "";
    const error = h("span.field-say", { id: `ask-${name}`, role: "alert" }, "");
    const element = h("label.field", { data: { ask: name } }, h("span", {}, label, !isRequired && kind !== "choice" && h("span.field-free", {}, ` · ${t("panel.optional")}`)), input, hint && h("small", {}, hint), error);
    return {
        field,
        element,
        value: () => input.value.trim(),
        focus: () => input.focus(),
        say(text) {
            error.textContent = text;
            if (text) input.setAttribute("aria-invalid", "true");
            else input.removeAttribute("aria-invalid");
        },
    };
}
