/** Modal dialogs on the platform's own element: focus, Escape and the backdrop come with it. */
import { h } from "./dom.js";

/** Shows a dialog; resolves with what `done` was called with, or null when it was dismissed. */
export function showDialog(title, fill) {
    return new Promise((resolve) => {
        const dialog = h("dialog.dialog", { "aria-label": title });
        let result = null;
        const done = (value) => {
            result = value;
            dialog.close();
        };
        dialog.append(h("h2", {}, title), ...fill(done, dialog));
        dialog.addEventListener("close", () => {
            dialog.remove();
            resolve(result);
        });
        dialog.addEventListener("click", (event) => {
            if (event.target === dialog) dialog.close();
        });
        document.body.append(dialog);
        dialog.showModal();
    });
}

/** Asks before something that cannot be undone. */
export async function confirm(t, question, action) {
    const answer = await showDialog(question, (done) => [
        h(
            "div.dialog-actions",
            {},
            h("button.button.is-danger", { type: "button", autofocus: true, on: { click: () => done(true) } }, action),
            h("button.button.is-plain", { type: "button", on: { click: () => done(false) } }, t("composer.cancel")),
        ),
    ]);
    return answer === true;
}
