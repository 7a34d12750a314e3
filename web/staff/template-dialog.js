/** Chooses a template and fills it in, with the message as the customer will read it. */
import { showDialog } from "../ui/dialog.js";
import { h } from "../ui/dom.js";
import { choice, closeAction, field, formActions } from "../ui/form-parts.js";
import { fill } from "./templates.js";

/** A parameter may not be longer (WhatsApp's limit of a body). */
const MAX_VALUE = 1_024;

/** @returns {Promise<{name, language, params?} | null>} the body of a message of kind `template` */
export async function chooseTemplate({ t, templates, toast }) {
    let known;
    try {
        known = await templates.load();
    } catch (error) {
        toast(t("error.other", { code: error.code }));
        return null;
    }
    return showDialog(t("template.title"), (done) => {
        if (known.length === 0) return [h("p", {}, t("template.none")), closeAction(t, done)];
        const list = known.map(({ name, language, body }, index) =>
            choice("radio", "template", String(index), name, { hint: `${language} · ${body}`, isChecked: index === 0 }),
        );
        const values = h("div.dialog-form");
        const preview = h("p.dialog-preview", { dir: "auto", "aria-live": "polite", "aria-label": t("template.preview") });
        const form = h(
            "form.dialog-form",
            { on: { change: adapt, input: show, submit: send } },
            h("fieldset.choices.is-scrolled", {}, h("legend", {}, t("template.choose")), ...list),
            values,
            preview,
            formActions(t, t("composer.send"), done),
        );
        adapt();
        return [form];

        function chosen() {
            return known[Number(new FormData(form).get("template"))];
        }

        function written() {
            return [...values.querySelectorAll("input")].map((input) => input.value.trim());
        }

        function adapt(event) {
            if (event && event.target.name !== "template") return;
            const inputs = chosen().parameters.map((name) =>
                field(t("template.value", { name }), "value", { required: true, maxlength: MAX_VALUE }),
            );
            values.replaceChildren(...inputs);
            show();
        }

        function show() {
            preview.textContent = fill(chosen(), written());
        }

        function send(event) {
            event.preventDefault();
            const { name, language } = chosen();
            const body = written();
            if (body.includes("")) return;
            done({ name, language, ...(body.length > 0 ? { params: { body } } : {}) });
        }
    });
}
