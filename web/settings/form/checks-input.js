/** Several of many, with a search when they are many. */
import { bdi, h } from "../../ui/dom.js";

const SEARCH_FROM = 8;

export function checksInput({ t }, spec, { onChange }) {
    const rows = spec.options.map(({ value, label, hint }) => {
        const input = h("input", { type: "checkbox", value, disabled: spec.isReadOnly });
        const row = h("label.choice", {}, input, h("span", {}, bdi(label), hint ? h("small", {}, hint) : null));
        return { value, input, row, text: `${label} ${hint ?? ""}`.toLocaleLowerCase() };
    });
    const search = h("input.input", {
        type: "search",
        placeholder: t("form.search"),
        "aria-label": t("form.search"),
        hidden: rows.length < SEARCH_FROM,
    });
    search.addEventListener("input", () => {
        const wanted = search.value.trim().toLocaleLowerCase();
        for (const { row, text } of rows) row.hidden = !text.includes(wanted);
    });
    const list = h("div.checks", {}, ...rows.map(({ row }) => row));
    if (rows.length === 0) list.append(h("p.field-hint", {}, spec.none ?? t("form.nothing")));
    list.addEventListener("change", () => onChange(rows.filter(({ input }) => input.checked).map(({ value }) => value)));
    return {
        element: h("div", {}, search, list),
        show(values) {
            for (const { input, value } of rows) input.checked = (values ?? []).includes(value);
        },
        focus: () => (rows.length < SEARCH_FROM ? rows[0]?.input : search)?.focus(),
    };
}
