/** What the shop holds of one person: to be handed to them, or to be overwritten for good. */
import { act } from "../../ui/actions.js";
import { showDialog } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { field, formActions } from "../../ui/form-parts.js";
import { isolate } from "../../ui/isolate.js";
import { Download } from "../system/download.js";

/** @param {() => void} forget what was typed about them must not ask whether it shall be saved */
export function personalData(app, contact, forget) {
    const { t, rest } = app;
    const path = `/crm/contacts/${encodeURIComponent(contact.id)}`;
    const download = new Download(app);
    return h(
        "section.panel",
        { "aria-labelledby": "personal-title" },
        h("h2", { id: "personal-title" }, t("personal.title")),
        h("p.field-hint", {}, t("personal.text")),
        h(
            "div.form-actions",
            {},
            h(
                "button.button.is-plain",
                { type: "button", on: { click: () => download.start(`${path}/export`, {}, `${contact.id}.json`) } },
                t("personal.export"),
            ),
            h("button.button.is-danger", { type: "button", on: { click: erase } }, t("personal.erase")),
        ),
        download.element,
    );

    async function erase() {
        if (!(await sure())) return;
        const isDone = await act(app, () => rest.send("POST", `${path}/erase`, { confirm: contact.id }), { done: t("personal.erased") });
        if (!isDone) return;
        forget();
        app.go("contacts");
    }

    /** Nothing brings the data back: one slip of the finger must not be enough. */
    function sure() {
        return showDialog(t("personal.erase.ask", { name: isolate(contact.name) }), (done) => {
            const message = h("p.form-message", { role: "alert" });
            const name = field(t("personal.erase.name"), "name", { autocomplete: "off" });
            return [
                h(
                    "form.dialog-form",
                    {
                        on: {
                            submit: (event) => {
                                event.preventDefault();
                                if (name.querySelector("input").value.trim() === contact.name.trim()) return done(true);
                                message.textContent = t("personal.erase.wrong");
                                name.querySelector("input").focus();
                            },
                        },
                    },
                    h("p", {}, t("personal.erase.text")),
                    name,
                    message,
                    formActions(t, t("personal.erase"), done),
                ),
            ];
        });
    }
}
