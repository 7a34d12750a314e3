/** How a service has been lately: the score, what took it down, what left over it, and what alerts say. */
import { ring } from "../../ui/chart.js";
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { healthOf } from "./state.js";

export function health({ t, lang, format }, integration, alerts) {
    const { health_score: score, health_reasons: reasons, sends_last_hour: sends } = integration;
    const state = healthOf(score);
    return h(
        "section.panel.health",
        { "aria-labelledby": "health-title" },
        h("h2", { id: "health-title" }, t("health.title")),
        h(
            "div.health-head",
            {},
            ring(score, { label: score === null ? t("health.unknown") : t("health.score", { n: score }), state }),
            h("strong", {}, t(`health.${state}`)),
        ),
        h(
            "ul.card-facts",
            {},
            ...alerts.map((alert) => line("bell", "bad", lang === "en" ? alert.message_en : alert.message)),
            ...reasons.map((reason) => line("alert", "warn", t(`health.reason.${reason}`))),
            sends && line("send", "plain", t("health.sends", { sent: format.number(sends.sent), failed: format.number(sends.failed) })),
        ),
        h("p.field-hint", {}, t("health.how")),
    );
}

const line = (image, kind, text) => h("li", { data: { kind } }, icon(image), h("span", { dir: "auto" }, text));
