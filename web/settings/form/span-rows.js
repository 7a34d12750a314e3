/** The stretches of one day in which the shop is open, as boxes of times. */
import { h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { nextSpan } from "./week.js";

/**
 * @param {object} app
 * @param {string} name whose stretches these are
 * @param {Array<{from, to}>} spans
 * @param {(spans) => void} onChange gets all of them
 * @param {{isReadOnly?: boolean}} [options]
 */
export function spanRows({ t }, name, spans, onChange, { isReadOnly = false } = {}) {
    const element = h("div.spans", {});
    draw();
    return element;

    function draw() {
        element.replaceChildren(
            ...spans.map((span, index) => row(span, index)),
            spans.length === 0 ? h("span.field-hint", {}, t("week.closed")) : "",
            isReadOnly
                ? ""
                : h("button.link", { type: "button", "aria-label": t("week.add.label", { name }), on: { click: add } }, t("week.add")),
        );
    }

    function row(span, index) {
        const box = (side) =>
            h("input.input.is-time", {
                type: "time",
                value: span[side],
                required: true,
                readonly: isReadOnly,
                "aria-label": t(`week.${side}`, { name }),
                on: {
                    change: (event) => {
                        if (event.target.value === "") event.target.value = span[side];
                        spans = spans.with(index, { ...spans[index], [side]: event.target.value });
                        onChange(spans);
                    },
                },
            });
        return h(
            "span.span",
            {},
            box("from"),
            h("span", { "aria-hidden": "true" }, "–"),
            box("to"),
            !isReadOnly && iconButton(icon("close"), t("week.remove", { name }), () => remove(index)),
        );
    }

    function add() {
        spans = [...spans, nextSpan(spans)];
        onChange(spans);
        draw();
        element.querySelectorAll("input")[2 * (spans.length - 1)].focus();
    }

    function remove(index) {
        spans = spans.toSpliced(index, 1);
        onChange(spans);
        draw();
        element.querySelector("button.link").focus();
    }
}
