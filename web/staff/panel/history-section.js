/** Earlier conversations of the same contact, on whatever channel. */
import { bdi, h } from "../../ui/dom.js";
import { nothing, Section } from "./section.js";

const MOST = 20;

export class HistorySection extends Section {
    constructor(panel) {
        super(panel, { id: "history", title: panel.app.t("panel.history"), image: "chat" });
    }

    async load(signal) {
        const { app, customer, room } = this.panel;
        const { contact } = await customer.get();
        if (contact === null) return { contact: null, conversations: [] };
        const query = new URLSearchParams({ kind: "conversation", limit: MOST });
        const { items } = await app.rest.get(`/crm/contacts/${encodeURIComponent(contact.id)}/timeline?${query}`, { signal });
        return { contact: contact.id, conversations: items.filter(({ id }) => id !== room) };
    }

    count() {
        return this.data.conversations.length;
    }

    draw() {
        const { t } = this.panel.app;
        const { contact, conversations } = this.data;
        if (contact === null) return [nothing(t("panel.needsContact"))];
        if (conversations.length === 0) return [nothing(t("panel.history.none"))];
        return [h("ul.part-rows", {}, ...conversations.map((each) => this.#row(each)))];
    }

    #row({ id, at, state, by }) {
        const { t, format } = this.panel.app;
        return h(
            "li.part-row",
            { data: { conversation: id } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, h("a.link", { href: `#/c/${encodeURIComponent(id)}` }, h("time", { datetime: at, title: format.moment(at) }, format.day(at))), h("span.tag", { data: { state } }, t(`state.${state}`))),
                by && h("p.row-more", {}, bdi(by)),
            ),
        );
    }
}
