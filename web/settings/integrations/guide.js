/** How a service is connected, step by step, with the addresses that it must be told. */
import { h } from "../../ui/dom.js";
import { copyLine } from "../parts/copy-line.js";

/** How many steps each has: `guide.<type>.<n>` in the catalogue. */
const STEPS = {
    whatsapp: 4,
    sms: 3,
    email: 4,
    google_calendar: 3,
    slack: 3,
    seha: 2,
    tatman: 2,
    zid: 4,
    openai: 2,
};

/** Where a service sends what it has to tell. */
const ADDRESSES = {
    whatsapp: "/api/v1/whatsapp/webhook",
    sms: "/api/v1/twilio/webhook",
    email: "/api/v1/sendgrid/webhook",
    zid: "/api/v1/zid/webhook/WEBHOOK_ID",
};

export function guide(app, type) {
    const { t } = app;
    const address = ADDRESSES[type];
    return h(
        "section.panel",
        { "aria-labelledby": "guide-title" },
        h("h2", { id: "guide-title" }, t("guide.title")),
        h(
            "ol.steps",
            {},
            ...Array.from({ length: STEPS[type] ?? 0 }, (_, step) => h("li", { dir: "auto" }, t(`guide.${type}.${step + 1}`))),
        ),
        address && h("p.field-hint", {}, t("guide.address")),
        address && copyLine(app, location.origin + address, t("guide.address")),
    );
}
