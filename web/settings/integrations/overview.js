/** All services as cards: what each is for, whether it is connected, and how it has been lately. */
import { ring } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { Poll } from "../../ui/poll.js";
import { writeRoute } from "../router.js";
import { logo } from "./logo.js";
import { alertsOf, healthOf, stateOf } from "./state.js";

const EVERY_MS = 20_000;

export async function overview(app) {
    const { t } = app;
    const summary = h("p.lead", { role: "status" });
    const cards = h("ul.cards", {});
    const poll = new Poll(EVERY_MS, () => load(app), draw);
    draw(await poll.first());
    return {
        title: t("section.integrations"),
        element: h("div", {}, summary, cards),
        close: () => poll.stop(),
    };

    function draw({ services, alerts }) {
        const on = services.filter((each) => ["connected", "environment"].includes(stateOf(each))).length;
        summary.textContent = t("integrations.summary", { n: on, all: services.length });
        // A redraw must not take the focus away from whoever is on a card.
        const focused = cards.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
        cards.replaceChildren(...services.map((each) => card(app, each, alertsOf(each.type, alerts))));
        if (focused) cards.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    }
}

async function load({ rest, may }) {
    const [services, alerts] = await Promise.all([
        rest.get("/integrations"),
        may("status:read") ? rest.get("/alerts?state=firing&limit=200") : { items: [] },
    ]);
    return { services, alerts: alerts.items };
}

function card(app, integration, alerts) {
    const { t, lang } = app;
    const { type, health_score: score, taken_up: isTakenUp } = integration;
    const state = stateOf(integration);
    const title = lang === "en" ? integration.title_en : integration.title;
    return h(
        "li.card",
        { data: { type, state } },
        h(
            "div.card-head",
            {},
            logo(type),
            h(
                "div.card-name",
                {},
                h("a.card-link", { href: writeRoute("integrations", [type]) }, bdi(title)),
                h("span.chip", { data: { state } }, t(`integration.state.${state}`)),
            ),
            ring(score, {
                label: score === null ? t("health.unknown") : t("health.score", { n: score }),
                state: healthOf(score),
            }),
        ),
        h("p.card-text", {}, t(`integration.about.${type}`)),
        h("ul.card-facts", {}, ...facts(app, integration, state, isTakenUp, alerts)),
    );
}

function facts({ t, lang }, { missing, fields, upkeep, health_reasons: reasons }, state, isTakenUp, alerts) {
    const label = (name) => {
        const field = fields.find((each) => each.name === name);
        return lang === "en" ? field.label_en : field.label;
    };
    const fact = (image, kind, ...parts) => h("li", { data: { kind } }, icon(image), h("span", { dir: "auto" }, ...parts));
    return [
        ...alerts.map((alert) => fact("bell", "bad", lang === "en" ? alert.message_en : alert.message)),
        ...upkeep
            .filter((note) => note.state === "failing")
            .map((note) => fact("alert", "bad", lang === "en" ? note.message_en : note.message)),
        state === "partial" && fact("info", "warn", t("integration.missing", { names: missing.map(label).join(t("form.comma")) })),
        reasons.length > 0 &&
            fact("alert", "warn", t("health.reasons", { names: reasons.map((each) => t(`outcome.${each}`)).join(t("form.comma")) })),
        !isTakenUp && fact("clock", "warn", t("integration.pending")),
    ].filter(Boolean);
}
