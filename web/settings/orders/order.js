/** One order: what was ordered, how it stands, what of it was delivered where, and what waits for what. */
import { act, stepWords } from "../../ui/actions.js";
import { OrderCodes } from "../../ui/crm/order-codes.js";
import { isGrave, nextOf, owedOf } from "../../ui/crm/order-state.js";
import { confirm } from "../../ui/dialog.js";
import { bdi, fill, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { Poll } from "../../ui/poll.js";
import { Form } from "../form/form.js";
import { contactField } from "../parts/contact-lookup.js";
import { nameOf } from "../parts/names.js";
import { writeRoute } from "../router.js";

const EVERY_MS = 10_000;

export async function order(app, id) {
    const { t, rest, may, format } = app;
    const path = `/orders/${encodeURIComponent(id)}`;
    const poll = new Poll(EVERY_MS, (signal) => rest.get(path, { signal }), take);
    let kept = await poll.first();
    const mayWrite = may("orders:write");
    const state = h("section.panel", { "aria-labelledby": "order-state" });
    const codes = may("codes:read") && kept.codes.wanted + kept.codes.reserved + kept.codes.delivered > 0 ? new OrderCodes(app, { order: kept.number }) : null;
    const form = new Form(app, {
        groups: [{ fields: [contactField(app, { name: "contact", label: t("leads.contact"), hint: t("orders.contact.hint") })] }],
        values: { contact: kept.contact },
        isReadOnly: !mayWrite,
        async save(values) {
            keep(await rest.send("PATCH", path, { contact: values.contact }, { version: kept.version }));
            return { contact: kept.contact };
        },
        async reload() {
            keep(await rest.get(path));
            return { contact: kept.contact };
        },
    });
    draw();
    return {
        title: t("orders.title", { number: isolate(kept.number) }),
        back: writeRoute("orders"),
        element: h(
            "div.stack",
            {},
            h(
                "p.lead",
                {},
                t(`orders.source.${kept.source}`),
                " · ",
                h("time", { datetime: kept.placed_at, title: format.moment(kept.placed_at) }, format.stamp(kept.placed_at)),
            ),
            state,
            items(app, kept),
            codes && h("section", { "aria-labelledby": "order-codes" }, h("h2", { id: "order-codes" }, t("codes.title")), codes.element),
            h("section.panel", { "aria-labelledby": "order-who" }, h("h2", { id: "order-who" }, t("orders.who")), form.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close() {
            poll.stop();
            form.close();
            codes?.close();
        },
    };

    function keep(order) {
        kept = order;
        draw();
    }

    /** News from the hub; the counts of codes change without the version. */
    function take(order) {
        const isSame = JSON.stringify(order) === JSON.stringify(kept);
        if (isSame) return;
        const isCounted = JSON.stringify(order.codes) !== JSON.stringify(kept.codes);
        keep(order);
        form.theirs({ contact: order.contact });
        if (isCounted) codes?.refresh();
    }

    function draw() {
        const { state: now, payment, contact, conversation, paid_at: paid, delivered_at: delivered } = kept;
        const focused = state.contains(document.activeElement);
        const fact = (key, at) => at && h("div", {}, h("dt", {}, t(key)), h("dd", {}, h("time", { datetime: at }, format.moment(at))));
        const button = (words, run, isPlain = true) => h(isPlain ? "button.button.is-plain" : "button.button", { type: "button", on: { click: run } }, words);
        fill(
            state,
            h("h2", { id: "order-state" }, t("orders.state")),
            h(
                "p.state-line",
                { role: "status" },
                h("span.chip", { data: { order: now } }, t(`orders.state.${now}`)),
                h("span.chip", { data: { payment } }, t(`orders.payment.${payment}`)),
            ),
            h("dl.facts", {}, fact("orders.paid", paid), fact("orders.delivered", delivered)),
            owed(),
            contact && h("p", {}, t("leads.contact"), ": ", h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(app, contact, t("leads.contact.hidden")))),
            conversation && h("p", {}, h("a.link", { href: `/staff#/c/${encodeURIComponent(conversation)}` }, t("orders.conversation"))),
            mayWrite &&
                h(
                    "div.form-actions",
                    {},
                    payment === "unpaid" && now !== "canceled" && button(t("orders.pay"), () => step({ payment: "paid" }, "paid"), false),
                    ...nextOf(kept).map((next) => button(t(`orders.to.${next}`), () => step({ state: next }, next))),
                ),
        );
        if (focused && !state.contains(document.activeElement)) state.querySelector("button, a")?.focus();
    }

    /** What waits is said with its reason, and with the way to what ends the waiting. */
    function owed() {
        const found = owedOf(kept);
        if (found === null) return null;
        const products = [...new Set(kept.items.map(({ product }) => product).filter(Boolean))];
        const isShort = found.why === "not_enough" && may("products:read");
        return h(
            "div.notice-line.owed",
            { data: { why: found.why } },
            icon("clock"),
            h(
                "div",
                {},
                h("strong", {}, t("orders.owed", { n: found.count, number: format.number(found.count) })),
                h("p", {}, t(`orders.owed.${found.why}`)),
                ...(isShort ? products.map((product) => h("a.link", { href: writeRoute("products", [product]) }, t("orders.owed.product"))) : []),
            ),
        );
    }

    async function step(body, next) {
        if (isGrave(next) && !(await confirm(t, t(`orders.to.${next}.ask`, { number: isolate(kept.number) }), t(`orders.to.${next}`)))) return;
        await act(app, async () => keep(await rest.send("PATCH", path, body, { version: kept.version })), {
            words: stepWords(app),
            onRefused: async (error) => ["stale", "conflict"].includes(error.code) && keep(await rest.get(path).catch(() => kept)),
        });
        state.querySelector("button")?.focus();
    }
}

function items({ t, format }, { items: all, total, currency }) {
    const column = (key) => h("th", { scope: "col" }, t(key));
    return h(
        "section.panel",
        { "aria-labelledby": "order-items" },
        h("h2", { id: "order-items" }, t("orders.what")),
        h(
            "div.table-box",
            { tabindex: 0, role: "group", "aria-label": t("orders.what") },
            h(
                "table.changes",
                {},
                h("thead", {}, h("tr", {}, column("orders.item"), column("orders.quantity"), column("orders.price"), column("orders.sum"))),
                h(
                    "tbody",
                    {},
                    ...all.map(({ name, sku, product, quantity, unit_price: price }) =>
                        h(
                            "tr",
                            {},
                            h(
                                "th",
                                { scope: "row" },
                                product ? h("a.link", { href: writeRoute("products", [product]) }, bdi(name)) : bdi(name),
                                sku && [" ", h("code", { dir: "ltr" }, sku)],
                            ),
                            h("td", {}, format.number(quantity)),
                            h("td", {}, bdi(format.money(price, currency))),
                            h("td", {}, bdi(format.money(price * quantity, currency))),
                        ),
                    ),
                ),
                h("tfoot", {}, h("tr", {}, h("th", { scope: "row", colspan: 3 }, t("orders.total")), h("td", {}, h("strong", {}, bdi(format.money(total, currency)))))),
            ),
        ),
    );
}
