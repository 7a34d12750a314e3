/** Several of many, with a search when they are many; options of one `group` stand under its name. */
import { bdi, h } from "../../ui/dom.js";

const SEARCH_FROM = 8;

export function checksInput({ t }, spec, { onChange }) {
    const rows = spec.options.map(({ value, label, hint, group = null }) => {
        const input = h("input", { type: "checkbox", value, disabled: spec.isReadOnly });
        const row = h("label.choice", {}, input, h("span", {}, bdi(label), hint ? h("small", {}, hint) : null));
        return { value, input, row, group, text: `${label} ${hint ?? ""} ${group ?? ""}`.toLocaleLowerCase() };
    });
    const search = h("input.input", {
        type: "search",
        placeholder: t("form.search"),
        "aria-label": t("form.search"),
        hidden: rows.length < SEARCH_FROM,
    });
    const groups = groupsOf(rows);
    search.addEventListener("input", () => {
        const wanted = search.value.trim().toLocaleLowerCase();
        for (const { row, text } of rows) row.hidden = !text.includes(wanted);
        for (const { element, members } of groups) if (element) element.hidden = members.every(({ row }) => row.hidden);
    });
    const list = h("div.checks", {}, ...groups.flatMap(({ element, members }) => element ?? members.map(({ row }) => row)));
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

/** Rows in their order, those of one group together; `element` is null for those without one. */
function groupsOf(rows) {
    const names = [...new Set(rows.map(({ group }) => group))];
    return names.map((name) => {
        const members = rows.filter(({ group }) => group === name);
        const element =
            name === null
                ? null
                : h(
                      "div.checks-group",
                      { role: "group", "aria-label": name },
                      h("span.checks-name", { "aria-hidden": "true" }, name),
                      ...members.map(({ row }) => row),
                  );
        return { element, members };
    });
}
