/** A row of filters over a list; what is chosen stands in the address, so that a link leads to the same. */
import { h } from "../../ui/dom.js";

const PATIENCE_MS = 300;

/**
 * @param {object} app
 * @param {Array<{name, label, kind: "search" | "choice" | "text" | "day", options?}>} fields
 * @param {URLSearchParams} query what the address says
 * @param {(values: object) => void} onChange
 * @param {{label?: string}} [options] what they filter, where there is more than one row of them
 */
export function filters({ t }, fields, query, onChange, { label } = {}) {
    const inputs = fields.map((field) => ({ field, input: inputOf(field, query.get(field.name) ?? "") }));
    const values = () => Object.fromEntries(inputs.map(({ field, input }) => [field.name, input.value.trim()]));
    let timer = null;
    const later = () => {
        clearTimeout(timer);
        timer = setTimeout(now, PATIENCE_MS);
    };
    const now = () => {
        clearTimeout(timer);
        clear.hidden = Object.values(values()).every((value) => value === "");
        onChange(values());
    };
    const clear = h(
        "button.link",
        {
            type: "button",
            hidden: Object.values(values()).every((value) => value === ""),
            on: {
                click: () => {
                    for (const { input } of inputs) input.value = "";
                    now();
                    inputs[0].input.focus();
                },
            },
        },
        t("filter.clear"),
    );
    for (const { field, input } of inputs) {
        if (field.kind === "choice" || field.kind === "day") input.addEventListener("change", now);
        else input.addEventListener("input", later);
    }
    const element = h(
        "form.filters",
        {
            role: "search",
            "aria-label": label,
            on: {
                submit: (event) => {
                    event.preventDefault();
                    now();
                },
            },
        },
        ...inputs.map(({ field, input }) => h("label.filter", {}, h("span", {}, field.label), input)),
        clear,
    );
    return { element, values: values() };
}

function inputOf({ name, kind, options, placeholder, list }, value) {
    if (kind === "choice") {
        const select = h("select.input", { name }, ...options.map((option) => h("option", { value: option.value }, option.label)));
        select.value = options.some((option) => option.value === value) ? value : "";
        return select;
    }
    const type = { search: "search", day: "date", text: "text" }[kind];
    const input = h("input.input", { name, type, placeholder, list, dir: kind === "text" ? "auto" : null });
    input.value = value;
    return input;
}
