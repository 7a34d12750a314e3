/**
 * A list of small things under one name: numbers of a person, steps of a program, stages.
 *
 * Its value is the JSON text of the rows, so that equal lists are equal values; members that have no
 * column, such as ids, are kept. The field says beside `columns` what a row is called (`row`, with a
 * place `{n}`), what adding one is called (`add`), what a new row holds (`first`), how many there may
 * be (`max`), and whether their order matters (`isOrdered`).
 */
import { bdi, h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";

/** The rows of a value. Pure. */
export const rowsOf = (text) => JSON.parse(text || "[]");

/** What the rows say, for comparing: texts and numbers, no ids. Pure. */
export const rowWords = (text) =>
    rowsOf(text).map(({ id, ...row }) => Object.values(row).filter((value) => value !== null && value !== "").join(" "));

export function rowsInput({ t }, spec, { onChange }) {
    const list = h("ul.row-list", {});
    const add = h(
        "button.button.is-plain.is-small",
        { type: "button", on: { click: append } },
        icon("plus"),
        spec.add,
    );
    const element = h("div.rows-input", {}, list, !spec.isReadOnly && add);
    let rows = [];
    let shown = null;
    return {
        element,
        show(text) {
            // What was typed here comes back unchanged, and a redraw would take the focus away.
            if (text === shown) return;
            shown = text;
            rows = rowsOf(text);
            draw();
        },
        focus: () => (list.querySelector("input, select") ?? add).focus(),
    };

    function draw() {
        const none = h("li.field-hint", {}, spec.none ?? t("form.empty"));
        list.replaceChildren(...(rows.length === 0 && spec.isReadOnly ? [none] : rows.map((row, index) => line(row, index))));
        add.hidden = rows.length >= (spec.max ?? Infinity);
    }

    function line(row, index) {
        const name = spec.row(index + 1);
        const isLast = index === rows.length - 1;
        const step = (image, words, by, isOff) =>
            iconButton(icon(image), words, () => shift(index, by), { disabled: isOff, data: { shift: by } });
        return h(
            "li.input-row",
            {},
            h(
                "div.input-cells",
                { role: "group", "aria-label": name },
                ...spec.columns.map((column) => cell(column, row, index)),
            ),
            !spec.isReadOnly && [
                spec.isOrdered && step("up", t("rows.up", { name }), -1, index === 0),
                spec.isOrdered && step("down", t("rows.down", { name }), 1, isLast),
                iconButton(icon("trash"), t("rows.remove", { name }), () => remove(index)),
            ],
        );
    }

    function cell({ name, label, kind = "text", options, isCode, isWide, maxLength, placeholder }, row, index) {
        const props = { "aria-label": label, name: `${spec.name}.${name}` };
        const value = row[name];
        if (kind === "choice") {
            const select = h(
                "select.input",
                { ...props, disabled: spec.isReadOnly },
                ...options.map((option) => h("option", { value: option.value }, option.label)),
            );
            select.value = value;
            select.addEventListener("change", () => change(index, name, select.value));
            return select;
        }
        if (spec.isReadOnly) return h("span.input-text", {}, bdi(String(value ?? "–"), isCode ? "ltr" : "auto"));
        const isNumber = kind === "number";
        const input = h(isWide ? "input.input.is-wide" : "input.input", {
            ...props,
            type: isNumber ? "number" : "text",
            min: isNumber ? 0 : null,
            dir: isCode || isNumber ? "ltr" : "auto",
            maxlength: maxLength,
            placeholder: placeholder ?? label,
            value: value ?? "",
            autocomplete: "off",
        });
        input.addEventListener("input", () => {
            change(index, name, isNumber ? (input.value === "" ? null : Number(input.value)) : input.value);
        });
        return input;
    }

    function change(index, name, value) {
        rows = rows.with(index, { ...rows[index], [name]: value });
        tell();
    }

    function append() {
        rows = [...rows, { ...spec.first }];
        tell();
        draw();
        list.lastElementChild.querySelector("input, select").focus();
    }

    function remove(index) {
        rows = rows.toSpliced(index, 1);
        tell();
        draw();
        (list.children[Math.min(index, rows.length - 1)]?.querySelector("input, select") ?? add).focus();
    }

    function shift(index, by) {
        const moved = rows[index];
        rows = rows.toSpliced(index, 1).toSpliced(index + by, 0, moved);
        tell();
        draw();
        const buttons = list.children[index + by].querySelectorAll("[data-shift]");
        // At the end of the way the other direction is left.
        [...buttons].sort((a) => (a.dataset.shift === String(by) ? -1 : 1)).find((button) => !button.disabled)?.focus();
    }

    function tell() {
        shown = JSON.stringify(rows);
        onChange(shown);
    }
}
