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
    #product;
    #room;
    #list;
    #timer = null;
    #hide = () => {};

    /**
     * @param {object} app
     * @param {{order: string} | {conversation: string}} query of what the codes are
     * @param {object} [options]
     * @param {string} [options.none] what is said of no codes
     * @param {(id: string) => Node} [options.product] names what a code is of
     * @param {string} [options.room] the conversation that one is in already
     */
    constructor(app, query, { none = app.t("orders.codes.none"), product, room = null } = {}) {
        const { t } = app;
        this.#app = app;
        this.#product = product;
        this.#room = room;
        this.#list = new PagedList(app, { path: "/codes", limit: 20, row: (code) => this.#row(code), none });
        this.element = h("div.order-codes", {}, this.#list.element);
        this.#list.show(query);
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
        const { masked, state, conversation, product, updated_at: at } = code;
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
                this.#product && h("p.row-more", {}, this.#product(product)),
                h(
                    "p.row-more",
                    {},
                    verb ? `${t(verb)} ` : "",
                    h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
                    conversation && conversation !== this.#room && [" · ", h("a.link", { href: `/staff#/c/${encodeURIComponent(conversation)}` }, t("orders.codes.where"))],
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
