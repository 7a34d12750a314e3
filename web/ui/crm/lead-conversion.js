/** Makes a deal of a qualified lead: asks where it begins and what it is worth, with the lead's own answers filled in. */
import { makeMid } from "../../sdk/ids.js";
import { showDialog } from "../dialog.js";
import { h } from "../dom.js";
import { field, formActions } from "../form-parts.js";
import { problemsOf, problemWords, failureWords } from "../problems.js";
import { amountOf, amountText, momentOf } from "../values.js";
import { pipelinesOf, stageOptions } from "./stages.js";

/** @returns {Promise<?object>} the deal; null when nothing was made */
export async function convert(app, lead, name) {
    const { t, rest } = app;
    const stages = stageOptions(app, (await pipelinesOf(app)).filter(({ archived }) => !archived));
    const key = makeMid();
    return showDialog(t("convert.title"), (done) => {
        const stage = h("select.input", { name: "stage" }, ...stages.map(({ value, label }) => h("option", { value }, label)));
        const title = field(t("deals.title"), "title", { value: name ?? "", maxlength: 200 });
        const amount = field(t("convert.amount", { currency: lead.currency }), "amount", {
            value: amountText(lead.value, lead.currency),
            dir: "ltr",
            inputmode: "decimal",
        });
        const close = field(t("deals.expected_close_at"), "close", { type: "date", dir: null });
        const message = h("p.form-message", { role: "alert" });
        return [
            h(
                "form.dialog-form",
                { novalidate: true, on: { submit } },
                h("p", {}, t(lead.contact === null ? "convert.text.new" : "convert.text")),
                h("label.field", {}, h("span", {}, t("deals.stage")), stage),
                title,
                amount,
                close,
                message,
                formActions(t, t("leads.convert"), done),
            ),
        ];

        async function submit(event) {
            event.preventDefault();
            message.textContent = "";
            const value = (label) => label.querySelector("input").value.trim();
            const chosen = stages.find((each) => each.value === stage.value);
            try {
                const body = {
                    pipeline: chosen?.pipeline ?? null,
                    stage: chosen?.value ?? null,
                    title: value(title) || null,
                    amount: amountOf("amount", value(amount), lead.currency, { isRequired: false }),
                    expected_close_at: momentOf(value(close)),
                };
                done(await rest.send("POST", `/crm/leads/${encodeURIComponent(lead.id)}/convert`, body, { headers: { "Idempotency-Key": key } }));
            } catch (error) {
                message.textContent = wordsFor(error);
            }
        }

        function wordsFor(error) {
            const { byField, others } = problemsOf(error);
            const [first] = [...byField.values(), ...others];
            if (byField.has("amount")) return problemWords(t, byField.get("amount"), "money");
            return first ? problemWords(t, first) : failureWords(t, error);
        }
    });
}
