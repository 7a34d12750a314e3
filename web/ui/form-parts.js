/** Parts that the forms of dialogs are made of. */
import { bdi, h } from "./dom.js";

/** One of several to choose; `type` is `radio` or `checkbox`. */
export function choice(type, name, value, label, { hint = null, isChecked = false } = {}) {
    const input = h("input", { type, name, value, checked: isChecked });
    return h("label.choice", {}, input, h("span", {}, bdi(label), hint ? h("small", {}, hint) : null));
}

/** A line to fill in, under its name. */
export function field(label, name, props = {}) {
    return h("label.field", {}, h("span", {}, label), h("input", { name, dir: "auto", ...props }));
}

/** Several lines to fill in, under their name. */
export function textField(label, name, value = "", props = {}) {
    const area = h("textarea", { name, dir: "auto", rows: 3, ...props });
    area.value = value;
    return h("label.field", {}, h("span", {}, label), area);
}

/** The row at the end of a form: what it does, and the way out. */
export function formActions(t, action, done) {
    return h(
        "div.dialog-actions",
        {},
        h("button.button", { type: "submit" }, action),
        h("button.button.is-plain", { type: "button", on: { click: () => done(null) } }, t("composer.cancel")),
    );
}

/** The row at the end of what only tells something. */
export function closeAction(t, done) {
    return h(
        "div.dialog-actions",
        {},
        h("button.button.is-plain", { type: "button", on: { click: () => done(null) } }, t("team.close")),
    );
}
