/** When the shop is open, day by day. */
import { h } from "../../ui/dom.js";
import { spanRows } from "./span-rows.js";
import { DAYS, rowsOf, textOf } from "./week.js";

export function weekInput(app, spec, { onChange }) {
    const { t } = app;
    const element = h("div.week", {});
    let rows = rowsOf("");
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
        focus: () => element.querySelector("input, button")?.focus(),
    };

    function draw() {
        element.replaceChildren(
            ...DAYS.map((day, index) =>
                h(
                    "div.week-day",
                    { role: "group", "aria-label": t(`week.${day}`) },
                    h("span.week-name", {}, t(`week.${day}`)),
                    spanRows(app, t(`week.${day}`), rows[index].spans, (spans) => take(index, spans), spec),
                    index === 0 && !spec.isReadOnly
                        ? h("button.link", { type: "button", on: { click: copy } }, t("week.copy"))
                        : "",
                ),
            ),
        );
    }

    function take(index, spans) {
        rows = rows.with(index, { ...rows[index], spans });
        tell();
    }

    /** Most weeks are alike from day to day. */
    function copy() {
        rows = rows.map((row) => (row.spans.length > 0 || row.day === "sunday" ? { ...row, spans: rows[0].spans } : row));
        tell();
        draw();
        element.querySelector("button.link")?.focus();
    }

    function tell() {
        shown = textOf(rows);
        onChange(shown);
    }
}
