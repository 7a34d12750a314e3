/** The fields of a deal, and how its values travel. */
import { stageOptions } from "../../ui/crm/stages.js";
import { amountOf, amountText, dayText, momentOf } from "../../ui/values.js";
import { contactField } from "../parts/contact-lookup.js";
import { ownerField } from "../parts/staff.js";

export const FIRST = { contact: null, title: "", stage: null, amount: "", currency: "SAR", expected_close_at: "", owner: null };

export function dealGroups(app, { staff, pipelines, kept }) {
    const { t } = app;
    const text = (name, more) => ({ name, kind: "text", label: t(`deals.${name}`), maxLength: 200, ...more });
    return [
        {
            fields: [
                text("title", { isRequired: true }),
                kept === null && contactField(app, { name: "contact", label: t("leads.contact"), isRequired: true }),
                {
                    name: "stage",
                    kind: "choice",
                    label: t("deals.stage"),
                    options: stageOptions(app, pipelines),
                    hint: t("deals.stage.hint"),
                },
                text("amount", { kind: "money", maxLength: 20, hint: t("products.price.hint") }),
                text("currency", { isCode: true, maxLength: 3 }),
                text("expected_close_at", { kind: "day", maxLength: null }),
                ownerField(app, staff, kept?.owner),
            ].filter(Boolean),
        },
    ];
}

/** What the form shows of a deal. Pure, for tests. */
export const valuesOf = ({ title, stage, amount, currency, expected_close_at: close, owner }) => ({
    title,
    stage,
    amount: amountText(amount, currency),
    currency,
    expected_close_at: dayText(close),
    owner,
});

/**
 * The body of a request: a stage is sent with its pipeline, an amount in the currency of the form. Pure, for tests.
 * @param {Array<{value, pipeline}>} stages
 */
export function bodyOf(changed, values, stages) {
    const body = { ...changed };
    if ("stage" in body) {
        const found = stages.find(({ value }) => value === body.stage);
        if (found) body.pipeline = found.pipeline;
        else delete body.stage;
    }
    if ("expected_close_at" in body) body.expected_close_at = momentOf(body.expected_close_at);
    if ("amount" in body || "currency" in body) body.amount = amountOf("amount", values.amount, values.currency, { isRequired: false }) ?? 0;
    if (body.contact === null) delete body.contact;
    return body;
}
