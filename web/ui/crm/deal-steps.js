/** Winning, losing and reopening a deal: from its card and from its page. */
import { showDialog } from "../dialog.js";
import { h } from "../dom.js";
import { formActions, textField } from "../form-parts.js";
import { isolate } from "../isolate.js";

const MOST = 500;
const NEXT = { open: ["won", "lost"], won: ["open"], lost: ["open"] };

/** What may become of a deal. Pure. */
export const nextOf = (state) => NEXT[state] ?? [];

/**
 * What is to be sent for a step; a lost deal needs a reason, which is asked for.
 * @returns {Promise<?object>} null when it was thought better of
 */
export async function stepOf({ t }, deal, state) {
    if (state !== "lost") return { state };
    const reason = await showDialog(t("deals.lose.ask", { title: isolate(deal.title) }), (done) => {
        const message = h("p.form-message", { role: "alert" });
        const field = textField(t("deals.lost_reason"), "reason", "", { maxlength: MOST, "aria-required": "true" });
        const area = field.querySelector("textarea");
        return [
            h(
                "form.dialog-form",
                {
                    novalidate: true,
                    on: {
                        submit: (event) => {
                            event.preventDefault();
                            // One line, as the API wants it.
                            const text = area.value.replace(/\s+/g, " ").trim();
                            if (text !== "") return done(text);
                            message.textContent = t("deals.lose.why");
                            area.setAttribute("aria-invalid", "true");
                            area.focus();
                        },
                    },
                },
                field,
                message,
                formActions(t, t("deals.to.lost"), done),
            ),
        ];
    });
    return reason === null ? null : { state, lost_reason: reason };
}
