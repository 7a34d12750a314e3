/**
 * The codes of an order, masked: where each is, and into which conversation it went when.
 *
 * Who may, sees the text of one at a time. The hub writes down who looked; here it is forgotten after a while.
 */
import { confirm } from "../dialog.js";
import { h, iconButton } from "../dom.js";
import { icon } from "../icons.js";
import { PagedList } from "../paged-list.js";
import { failureWords } from "../problems.js";

const SHOWN_MS = 30_000;

export class OrderCodes {
    element;
    #app;
    #order;
    #list;
    #timer = null;
    #hide = () => {};

    constructor(app, order) {
        const { t } = app;
        this.#app = app;
        this.#order = order;
        this.#list = new PagedList(app, { path: "/codes", limit: 20, row: (code) => this.#row(code), none: t("orders.codes.none") });
        this.element = h(
            "section",
            { "aria-labelledby": "order-codes" },
            h("h2", { id: "order-codes" }, t("codes.title")),
            this.#list.element,
        );
        this.#list.show({ order: order.number });
    }

    refresh() {
        // A text that is being read is not taken away.
        if (this.#timer === null) this.#list.show();
    }

    close() {
        this.#hide();
        this.#list.close();
    }

    #row(code) {
        const { t, format, may } = this.#app;
        const { masked, state, conversation, updated_at: at } = code;
        const text = h("code", { dir: "ltr" }, masked);
        const verb = { sold: "orders.codes.sold", reserved: "orders.codes.reserved" }[state];
        const reveal = may("codes:reveal") && h("button.link", { type: "button", "aria-label": t("orders.codes.reveal.label", { code: masked }), on: { click: () => this.#reveal(code, text, reveal) } }, t("orders.codes.reveal"));
        return h(
            "li.row.code-row",
            { data: { code: code.id, state } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, text, h("span.chip", { data: { code: state } }, t(`codes.state.${state}`))),
                h(
                    "p.row-more",
                    {},
                    verb ? `${t(verb)} ` : "",
                    h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
                    conversation && [" · ", h("a.link", { href: `/staff#/c/${encodeURIComponent(conversation)}` }, t("orders.codes.where"))],
                    !conversation && state === "sold" && ` · ${t("orders.codes.nowhere")}`,
                ),
            ),
            reveal,
        );
    }

    async #reveal(code, place, button) {
        const { t, rest, toast, announcer } = this.#app;
        if (!(await confirm(t, t("orders.codes.reveal.ask", { code: code.masked }), t("orders.codes.reveal")))) return;
        this.#hide();
        try {
            const { code: text } = await rest.send("POST", `/codes/${encodeURIComponent(code.id)}/reveal`);
            place.textContent = text;
            button.hidden = true;
            const shut = iconButton(icon("hide"), t("orders.codes.hide"), () => this.#hide());
            button.after(shut);
            this.#hide = () => {
                clearTimeout(this.#timer);
                this.#timer = null;
                this.#hide = () => {};
                const hadFocus = shut === document.activeElement;
                place.textContent = code.masked;
                shut.remove();
                button.hidden = false;
                if (hadFocus) button.focus();
            };
            this.#timer = setTimeout(() => this.#hide(), SHOWN_MS);
            shut.focus();
            announcer.say(t("orders.codes.revealed"));
        } catch (error) {
            toast(failureWords(t, error));
        }
    }
}
