/** What was delivered to an endpoint and what was not, with filters that stand in the address. */
import { h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { momentsOf } from "../parts/day-span.js";
import { filters } from "../parts/filters.js";
import { DeliveryRow } from "./delivery-row.js";
import { EVENT_TYPES, eventWords } from "./event-types.js";

const STATES = ["pending", "delivered", "failed", "cancelled"];

export class Deliveries {
    element;
    #endpoint;
    #list;
    #rows = new Set();

    constructor(app, endpoint, query) {
        const { t } = app;
        this.#endpoint = endpoint;
        this.#list = new PagedList(app, {
            path: "/webhook-deliveries",
            limit: 20,
            row: (delivery) => this.#row(app, delivery),
            none: t("hooks.deliveries.none"),
            tag: "ol.rows",
            isRead: (list) => list.contains(document.activeElement) || list.querySelector("details[open]") !== null,
        });
        const chosen = filters(app, fields(t), query, (values) => {
            app.note("webhooks", [endpoint], values);
            this.#show(values);
        });
        this.element = h(
            "section",
            { "aria-labelledby": "deliveries-title" },
            h("h2", { id: "deliveries-title" }, t("hooks.deliveries")),
            chosen.element,
            this.#list.element,
        );
        this.#show(chosen.values);
    }

    async refresh() {
        await this.#list.refresh();
        this.#forget();
    }

    close() {
        this.#list.close();
        for (const row of this.#rows) row.close();
    }

    #show({ from, to, ...others }) {
        this.#list.show({ endpoint: this.#endpoint, ...others, ...momentsOf({ from, to }) });
    }

    #row(app, delivery) {
        const row = new DeliveryRow(app, delivery);
        this.#rows.add(row);
        return row.element;
    }

    /** Rows that others took the place of. */
    #forget() {
        for (const row of this.#rows) {
            if (row.element.isConnected) continue;
            row.close();
            this.#rows.delete(row);
        }
    }
}

function fields(t) {
    const all = { value: "", label: t("filter.all") };
    return [
        {
            name: "state",
            kind: "choice",
            label: t("hooks.delivery"),
            options: [all, ...STATES.map((value) => ({ value, label: t(`hooks.delivery.${value}`) }))],
        },
        {
            name: "type",
            kind: "choice",
            label: t("hooks.type"),
            options: [all, ...["ping", ...EVENT_TYPES].map((value) => ({ value, label: eventWords(t, value) }))],
        },
        { name: "from", kind: "day", label: t("audit.from") },
        { name: "to", kind: "day", label: t("audit.to") },
    ];
}
