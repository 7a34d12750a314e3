/** The goals of the customer, and how far they are. */
import { bdi, h } from "../../ui/dom.js";
import { nothing, Section, settingsLink } from "./section.js";

const MOST = 10;

export class GoalSection extends Section {
    constructor(panel) {
        super(panel, { id: "goals", title: panel.app.t("section.goals"), image: "target" });
    }

    async load(signal) {
        const { contact } = await this.panel.customer.get();
        if (contact === null) return { contact: null, goals: [] };
        const { items } = await this.panel.app.rest.get(`/progress-goals?${new URLSearchParams({ contact: contact.id, limit: MOST })}`, { signal });
        return { contact: contact.id, goals: items };
    }

    count() {
        return this.data.goals.filter(({ state }) => state === "active").length;
    }

    draw() {
        const { t, may } = this.panel.app;
        const { contact, goals } = this.data;
        if (contact === null) return [nothing(t("panel.needsContact"))];
        return [
            goals.length === 0 ? nothing(t("panel.goals.none")) : h("ul.part-rows", {}, ...goals.map((goal) => this.#row(goal))),
            may("progress:write") && h("p.part-foot", {}, settingsLink(t("goals.make"), `#/goals/new?contact=${encodeURIComponent(contact)}`)),
        ];
    }

    #row({ id, title, state, percent }) {
        const { t, format } = this.panel.app;
        return h(
            "li.part-row",
            { data: { goal: id } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, settingsLink(bdi(title), `#/goals/${encodeURIComponent(id)}`), h("span.chip", { data: { goal: state } }, t(`goals.state.${state}`))),
                h("progress", { max: 100, value: Math.min(100, percent), "aria-label": title }),
                h("span.row-more", {}, bdi(`${format.number(percent)}%`)),
            ),
        );
    }
}
