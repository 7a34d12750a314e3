/** Conversations that this agent is asked to take, until they answer or the time is over. */
import { h } from "../ui/dom.js";
import { customerName } from "./customer.js";

export class Offers {
    element = h("section.offers", { "aria-live": "polite", hidden: true });
    #app;
    #cards = new Map();

    constructor(app) {
        this.#app = app;
        this.element.setAttribute("aria-label", app.t("offer.title"));
        app.hub.addEventListener("offer", ({ detail }) => this.#show(detail));
        app.hub.addEventListener("offer_end", ({ detail }) => this.#drop(detail.room));
    }

    #show({ room, expires_ms: time }) {
        this.#drop(room);
        const { t, inbox } = this.#app;
        const summary = inbox.model.get(room);
        const button = (key, accepts, style) =>
            h(`button.button${style}`, { type: "button", on: { click: () => this.#answer(room, accepts) } }, t(key));
        const card = h(
            "div.offer",
            {},
            h("strong", {}, t("offer.ask", { name: summary ? customerName(summary, t) : t("offer.somebody") })),
            h("div.offer-actions", {}, button("offer.accept", true, ""), button("offer.decline", false, ".is-plain")),
        );
        this.#cards.set(room, { card, timer: setTimeout(() => this.#drop(room), time) });
        this.element.append(card);
        this.element.hidden = false;
    }

    #drop(room) {
        const known = this.#cards.get(room);
        if (!known) return;
        clearTimeout(known.timer);
        known.card.remove();
        this.#cards.delete(room);
        this.element.hidden = this.#cards.size === 0;
    }

    async #answer(room, accepts) {
        this.#drop(room);
        try {
            await this.#app.hub.answerOffer(room, accepts);
            if (accepts) location.hash = `#/c/${encodeURIComponent(room)}`;
        } catch {
            this.#app.toast(this.#app.t("offer.over"));
        }
    }
}
