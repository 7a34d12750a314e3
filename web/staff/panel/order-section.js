/** What the customer ordered: how it stands, what of it is owed, and which codes went out. */
import { OrderCodes } from "../../ui/crm/order-codes.js";
import { owedOf } from "../../ui/crm/order-state.js";
import { bdi, fill, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { united } from "./contact-values.js";
import { ProductNames } from "./product-names.js";
import { nothing, Section, settingsLink } from "./section.js";

/** More than these are found in the settings. */
const MOST = 10;

export class OrderSection extends Section {
    #names;
    #open = new Set();
    #codes = new Map();

    constructor(panel) {
        super(panel, { id: "orders", title: panel.app.t("section.orders"), image: "bag", isOpen: true });
        this.#names = new ProductNames(panel.app);
        panel.signal.addEventListener("abort", () => this.#closeCodes());
    }

    /** Those of the contact, and those that were made in this conversation before anybody knew whose they are. */
    async load(signal) {
        const { app, customer, room } = this.panel;
        const { contact } = await customer.get();
        const of = async (query) => (await app.rest.get(`/orders?${new URLSearchParams({ limit: MOST, sort: "-placed_at", ...query })}`, { signal })).items;
        const lists = await Promise.all([of({ conversation: room }), contact ? of({ contact: contact.id }) : []]);
        const orders = united(lists, (a, b) => (a.placed_at < b.placed_at ? 1 : -1));
        return { orders, contact: contact?.id ?? null };
    }

    count() {
        return this.data.orders.length;
    }

    draw() {
        const { t, may } = this.panel.app;
        const { orders, contact } = this.data;
        this.#closeCodes();
        return [
            orders.length === 0 && nothing(t(contact === null ? "panel.orders.none.unknown" : "panel.orders.none")),
            orders.length > 0 && h("ul.part-rows", {}, ...orders.map((order) => this.#row(order))),
            may("codes:read") && this.#codesHere(),
            contact !== null && orders.length >= MOST && h("p.part-foot", {}, settingsLink(t("panel.all"), `#/contacts/${encodeURIComponent(contact)}`)),
        ];
    }

    #row(order) {
        const { t, format } = this.panel.app;
        const { id, number, state, payment, total, currency, placed_at: at } = order;
        const owed = owedOf(order);
        const body = h("div.order-body");
        const details = h(
            "details.order",
            { data: { order: id }, open: this.#open.has(id) },
            h(
                "summary",
                { data: { key: `order:${id}` } },
                h("span.row-title", {}, h("strong", {}, bdi(number)), h("span.chip", { data: { order: state } }, t(`orders.state.${state}`)), h("span.chip", { data: { payment } }, t(`orders.payment.${payment}`)), icon("down")),
                h("span.row-more", {}, bdi(format.money(total, currency)), " · ", h("time", { datetime: at, title: format.moment(at) }, format.stamp(at))),
                owed && h("span.row-owed", {}, icon("clock"), t("orders.owed.short", { n: owed.count, number: format.number(owed.count) })),
            ),
            body,
        );
        const show = () => {
            if (details.open) {
                this.#open.add(id);
                if (!body.firstChild) this.#fill(body, order, owed);
            } else {
                this.#open.delete(id);
            }
        };
        details.addEventListener("toggle", show);
        if (details.open) show();
        return h("li", {}, details);
    }

    #fill(body, order, owed) {
        const { app, room } = this.panel;
        const { t, format, may } = app;
        const { id, number, items, total, currency, codes: counts } = order;
        const lines = items.map(({ name, product, quantity, unit_price: price }) =>
            h(
                "li",
                {},
                h("span", {}, this.#names.of(product, name)),
                h("span.order-sum", {}, `${format.number(quantity)} × `, bdi(format.money(price, currency))),
            ),
        );
        const hasCodes = may("codes:read") && counts.wanted + counts.reserved + counts.delivered > 0;
        if (hasCodes) this.#codes.set(id, new OrderCodes(app, { order: number }, { product: (each) => this.#names.of(each), room }));
        fill(
            body,
            owed && h("p.part-hint", {}, t(`orders.owed.${owed.why}`)),
            h("ul.order-lines", {}, ...lines, h("li.order-total", {}, h("span", {}, t("panel.orders.total")), h("strong.order-sum", {}, bdi(format.money(total, currency))))),
            hasCodes && h("h4.details-title", {}, t("codes.title")),
            this.#codes.get(id)?.element,
            h("p.part-foot", {}, settingsLink(t("panel.orders.open"), `#/orders/${encodeURIComponent(id)}`)),
        );
    }

    /** What was handed over here without an order, too; asked for when somebody looks. */
    #codesHere() {
        const { app, room } = this.panel;
        const body = h("div.order-body");
        const details = h("details.order.codes-here", { open: this.#open.has("here") }, h("summary", { data: { key: "codes-here" } }, h("span.row-title", {}, icon("gift"), app.t("panel.codes.here"), icon("down"))), body);
        const show = () => {
            if (!details.open) return this.#open.delete("here");
            this.#open.add("here");
            if (this.#codes.has("here")) return;
            const codes = new OrderCodes(app, { conversation: room }, { none: app.t("panel.codes.none"), product: (id) => this.#names.of(id), room });
            this.#codes.set("here", codes);
            body.replaceChildren(codes.element);
        };
        details.addEventListener("toggle", show);
        if (details.open) show();
        return details;
    }

    #closeCodes() {
        for (const codes of this.#codes.values()) codes.close();
        this.#codes.clear();
    }
}
