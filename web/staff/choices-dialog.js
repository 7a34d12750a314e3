/** Composes a message from which a customer on WhatsApp can choose: buttons, a list, or a link. */
import { showDialog } from "../ui/dialog.js";
import { h } from "../ui/dom.js";
import { choice, field, formActions, textField } from "../ui/form-parts.js";

const KINDS = ["buttons", "list", "link"];

/** WhatsApp's limits, in characters. */
const MAX = { text: 1_024, button: 20, row: 24, note: 72, url: 2_000 };

const MAX_BUTTONS = 3;
const MAX_ROWS = 10;

/** @returns {Promise<object | null>} the body of a message of kind `interactive` */
export function composeChoices({ t }, text) {
    return showDialog(t("choices.title"), (done) => {
        const kinds = KINDS.map((kind, index) =>
            choice("radio", "kind", kind, t(`choices.${kind}`), { isChecked: index === 0 }),
        );
        const parts = h("div.dialog-form");
        const form = h(
            "form.dialog-form",
            { on: { change: adapt, submit: send } },
            textField(t("choices.text"), "text", text, { required: true, maxlength: MAX.text }),
            h("fieldset.choices.is-kinds", {}, h("legend", {}, t("choices.kind")), ...kinds),
            parts,
            formActions(t, t("composer.send"), done),
        );
        adapt();
        return [form];

        function adapt(event) {
            if (event && event.target.name !== "kind") return;
            parts.replaceChildren(...fieldsOf(new FormData(form).get("kind"), t));
        }

        function send(event) {
            event.preventDefault();
            const body = bodyOf(new FormData(form));
            if (body) done(body);
        }
    });
}

function fieldsOf(kind, t) {
    switch (kind) {
        case "buttons":
            return Array.from({ length: MAX_BUTTONS }, (_, index) =>
                field(t("choices.button", { n: index + 1 }), "title", {
                    maxlength: MAX.button,
                    required: index === 0,
                }),
            );
        case "list":
            return [
                field(t("choices.list.button"), "button", { maxlength: MAX.button, required: true }),
                h("fieldset.choice-rows", {}, h("legend", {}, t("choices.rows")), ...rows(t)),
            ];
        default:
            return [
                field(t("choices.link.title"), "title", { maxlength: MAX.button, required: true }),
                field(t("choices.link.url"), "url", {
                    type: "url",
                    dir: "ltr",
                    maxlength: MAX.url,
                    required: true,
                    placeholder: "https://",
                }),
            ];
    }
}

function rows(t) {
    return Array.from({ length: MAX_ROWS }, (_, index) => {
        const label = t("choices.row", { n: index + 1 });
        const note = t("choices.row.note", { n: index + 1 });
        return h(
            "div.choice-row",
            {},
            h("input", { name: "title", dir: "auto", maxlength: MAX.row, placeholder: label, "aria-label": label }),
            h("input", { name: "note", dir: "auto", maxlength: MAX.note, placeholder: note, "aria-label": note }),
        );
    });
}

/** What a filled form says; null while something is missing. @param {FormData} data */
export function bodyOf(data) {
    const all = (name) => data.getAll(name).map((value) => value.trim());
    const text = data.get("text").trim();
    const titles = all("title");
    const notes = all("note");
    const named = titles
        .map((title, index) => ({ id: String(index + 1), title, ...(notes[index] ? { description: notes[index] } : {}) }))
        .filter(({ title }) => title !== "");
    if (text === "" || named.length === 0) return null;
    switch (data.get("kind")) {
        case "buttons":
            return { text, buttons: named };
        case "list":
            return { text, list: { button: data.get("button").trim(), sections: [{ rows: named }] } };
        default:
            return { text, link: { title: titles[0], url: data.get("url").trim() } };
    }
}
