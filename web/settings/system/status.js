/** Whether everything works that the hub depends on, and what it is doing right now. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { Poll } from "../../ui/poll.js";
import { Checks } from "./checks.js";
import { Figures } from "./figures.js";
import { readMetrics } from "./metrics.js";

/** Every look asks the services, and is written to the audit log: not more often than somebody needs. */
const CHECKS_MS = 60_000;
const FIGURES_MS = 5_000;

export async function open(app) {
    const { t, rest } = app;
    const checks = new Checks(app);
    const figures = new Figures(app);
    const away = h("p.notice-line", { role: "status", hidden: true }, icon("alert"), h("span", {}, t("status.page.away")));
    const told = (error) => (away.hidden = error === null);
    const polls = [
        new Poll(CHECKS_MS, (signal) => rest.get("/system/status", { signal }), (found) => checks.take(found), told),
        new Poll(FIGURES_MS, (signal) => rest.metrics({ signal }), (text) => figures.take(readMetrics(text)), told),
    ];
    const close = () => polls.forEach((poll) => poll.stop());
    try {
        const [found, text] = await Promise.all(polls.map((poll) => poll.first()));
        checks.take(found);
        figures.take(readMetrics(text));
    } catch (error) {
        close();
        throw error;
    }
    const again = h("button.button.is-plain.is-small", { type: "button", on: { click: () => polls[0].now() } }, t("status.again"));
    return {
        title: t("section.status"),
        tools: [again],
        element: h("div", {}, h("p.lead", {}, t("status.page.lead")), away, checks.element, figures.element),
        close,
    };
}
