/** A deal as a card: what it is, of whom, what it is worth; and a menu for all that can be done with it here. */
import { avatar } from "../../ui/avatar.js";
import { bdi, h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { attachMenu } from "../../ui/menu.js";
import { nameOf } from "../parts/names.js";
import { ownerName } from "../parts/staff.js";
import { writeRoute } from "../router.js";

/**
 * @param {object} app
 * @param {object} deal
 * @param {{staff, isPending: boolean, items: () => Array}} options `items` are those of its menu
 */
export function dealCard(app, deal, { staff, isPending, items }) {
    const { t, format } = app;
    const { id, title, contact, amount, currency, owner, expected_close_at: close, state } = deal;
    const holder = owner && (ownerName(staff, owner) ?? t("staff.gone"));
    const isLate = state === "open" && close !== null && Date.parse(close) < Date.now();
    const menu = iconButton(icon("more"), t("deals.menu", { title: isolate(title) }), () => {});
    attachMenu(menu, items);
    return h(
        "li.deal-card",
        { data: { deal: id }, "aria-busy": isPending ? "true" : null },
        h(
            "div.deal-head",
            {},
            h("a.deal-title", { href: writeRoute("deals", [id]), draggable: "false" }, bdi(title)),
            menu,
        ),
        h("p.deal-amount", {}, bdi(format.money(amount, currency))),
        h("p.deal-who", {}, nameOf(app, contact)),
        (holder || close) &&
            h(
                "p.deal-more",
                {},
                holder && h("span.deal-owner", {}, avatar({ id: owner, name: holder }), bdi(holder)),
                close &&
                    h(
                        isLate ? "span.deal-close.is-late" : "span.deal-close",
                        {},
                        icon("clock"),
                        h("span.sr-only", {}, t(isLate ? "deals.late" : "deals.closes")),
                        h("time", { datetime: close, title: format.moment(close) }, format.brief(close)),
                    ),
            ),
        deal.lost_reason && h("p.deal-who", {}, bdi(deal.lost_reason)),
    );
}
