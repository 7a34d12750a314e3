/** Days on which the shop is closed, or keeps other hours. */
import { h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { spanRows } from "./span-rows.js";
import { bodyOf, spansOf } from "./week.js";

export function holidaysInput(app, spec, { onChange }) {
    const { t } = app;
    const element = h("div.holidays", {});
    let days = [];
    let shown = null;
    return {
        element,
        show(text) {
            if (text === shown) return;
            shown = text;
            days = text ? JSON.parse(text) : [];
            draw();
        },
        focus: () => element.querySelector("input, button")?.focus(),
    };

    function draw() {
        element.replaceChildren(
            ...days.map((day, index) => row(day, index)),
            spec.isReadOnly
                ? ""
                : h("button.button.is-plain.is-small", { type: "button", on: { click: add } }, icon("plus"), t("holiday.add")),
        );
    }

    function row(day, index) {
        const change = (members) => {
            days = days.with(index, { ...days[index], ...members });
            tell();
        };
        const date = h("input.input", {
            type: "date",
            value: day.date,
            required: true,
            readonly: spec.isReadOnly,
            "aria-label": t("holiday.date"),
            on: { change: ({ target }) => target.value && change({ date: target.value }) },
        });
        const name = h("input.input", {
            value: day.name_ar ?? "",
            dir: "auto",
            maxlength: 100,
            readonly: spec.isReadOnly,
            placeholder: t("holiday.name"),
            "aria-label": t("holiday.name"),
            on: { input: ({ target }) => change({ name_ar: target.value }) },
        });
        const yearly = h("input", {
            type: "checkbox",
            checked: day.yearly === true,
            disabled: spec.isReadOnly,
            on: { change: ({ target }) => change({ yearly: target.checked }) },
        });
        return h(
            "div.holiday",
            { role: "group", "aria-label": day.name_ar || day.date },
            date,
            name,
            h("label.choice", {}, yearly, h("span", {}, t("holiday.yearly"))),
            spanRows(app, day.name_ar || day.date, spansOf(day.spans), (spans) => change({ spans: bodyOf(spans) }), spec),
            !spec.isReadOnly && iconButton(icon("trash"), t("holiday.remove", { name: day.name_ar || day.date }), () => remove(index)),
        );
    }

    function add() {
        const last = days.at(-1)?.date ?? new Date().toISOString().slice(0, 10);
        const next = new Date(`${last}T00:00:00Z`);
        next.setUTCDate(next.getUTCDate() + 1);
        days = [...days, { date: next.toISOString().slice(0, 10), name_ar: "" }];
        tell();
        draw();
        element.querySelectorAll(".holiday input[type=date]")[days.length - 1].focus();
    }

    function remove(index) {
        days = days.toSpliced(index, 1);
        tell();
        draw();
        element.querySelector(".button")?.focus();
    }

    /** The hub wants rising dates; whoever types need not. Members in the order of `valuesOf`. */
    function tell() {
        const rising = days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
        shown = JSON.stringify(
            rising.map((day) => Object.fromEntries(Object.entries(day).sort(([a], [b]) => (a < b ? -1 : 1)))),
        );
        onChange(shown);
    }
}
