/** What went wrong and what still does: open incidents first, and how many there were day by day. */
import { barChart } from "../../ui/chart.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { Poll } from "../../ui/poll.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { perDay } from "./per-day.js";

const EVERY_MS = 15_000;
const DAYS = 14;
const STATES = ["firing", "pending", "recovered"];
const RULES = ["integration_health", "outbox_queue", "webhook_queue", "webhook_silence", "free_disk", "error_rate"];
/** Channels and senders of webhooks whose service has another name. */
const SERVICES = { mail: "email", sendgrid: "email", twilio: "sms", calendar: "google_calendar" };
const OF_SERVICES = new Set(["integration_health", "outbox_queue", "webhook_queue", "webhook_silence"]);

export async function open(app, { query }) {
    const { t, format } = app;
    const poll = new Poll(EVERY_MS, (signal) => app.rest.get("/alerts?limit=200", { signal }), take);
    const summary = h("div.summary", { role: "status" });
    const days = h("figure.days", {});
    const list = new PagedList(app, { path: "/alerts", row: (alert) => row(app, alert), none: t("alerts.none") });
    const chosen = filters(app, fields(t), query, (values) => {
        app.note("alerts", [], values);
        list.show(values);
    });
    draw(await poll.first());
    await list.show(chosen.values);
    return {
        title: t("section.alerts"),
        element: h("div", {}, h("p.lead", {}, t("alerts.lead")), summary, days, chosen.element, list.element),
        close() {
            poll.stop();
            list.close();
        },
    };

    function take(page) {
        draw(page);
        list.refresh();
    }

    function draw({ items }) {
        const firing = items.filter(({ state }) => state === "firing").length;
        summary.dataset.state = firing > 0 ? "bad" : "good";
        summary.replaceChildren(icon(firing > 0 ? "alert" : "check"), h("strong", {}, t("alerts.firing", { n: firing })));
        const counts = perDay(items.map(({ started_at: at }) => at), DAYS);
        const sum = counts.reduce((all, { n }) => all + n, 0);
        days.replaceChildren(
            barChart(
                counts.map(({ n }) => n),
                {
                    label: t("alerts.days", { n: sum }),
                    hints: counts.map(({ day, n }) => `${format.day(day)} · ${t("alerts.count", { n })}`),
                },
            ),
            h("figcaption", {}, t("alerts.days", { n: sum })),
        );
    }
}

const fields = (t) => [
    {
        name: "state",
        kind: "choice",
        label: t("alerts.state"),
        options: [{ value: "", label: t("filter.all") }, ...STATES.map((value) => ({ value, label: t(`alerts.state.${value}`) }))],
    },
    {
        name: "rule",
        kind: "choice",
        label: t("alerts.rule"),
        options: [{ value: "", label: t("filter.all") }, ...RULES.map((value) => ({ value, label: t(`alerts.rule.${value}`) }))],
    },
];

function row({ t, lang, format, may }, alert) {
    const { state, rule, subject } = alert;
    const service = SERVICES[subject] ?? subject;
    const isLinked = OF_SERVICES.has(rule) && may("settings:read");
    const time = (key, at) => at && h("span", {}, `${t(key)} `, h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)));
    const times = [
        time("alerts.started", alert.started_at),
        time("alerts.recovered", alert.recovered_at),
        alert.told_at ? time("alerts.told", alert.told_at) : state === "firing" && h("span", {}, t("alerts.untold")),
    ].filter(Boolean);
    return h(
        "li.row.alert-row",
        { data: { state } },
        h("span.dot", { data: { outcome: { firing: "error", pending: "limited", recovered: "ok" }[state] } }),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("strong", {}, bdi(lang === "en" ? alert.title_en : alert.title)),
                h("span.chip", { data: { state } }, t(`alerts.state.${state}`)),
            ),
            h("p", { dir: "auto" }, lang === "en" ? alert.message_en : alert.message),
            h("p.row-more", {}, ...times.flatMap((each, index) => (index > 0 ? [" · ", each] : [each]))),
        ),
        isLinked && h("a.link", { href: writeRoute("integrations", [service]) }, t("alerts.open")),
    );
}
