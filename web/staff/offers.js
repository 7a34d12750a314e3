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
        // An offer may come before the inbox knows whose conversation it is.
        app.inbox.addEventListener("change", () => this.#nameThem());
    }

    #show({ room, expires_ms: time }) {
        const timer = setTimeout(() => this.#drop(room), time);
        const known = this.#cards.get(room);
        if (known) {
            // The same offer, told again: its buttons stay where they are.
            clearTimeout(known.timer);
            known.timer = timer;
            return;
        }
        const card = this.#card(room);
        this.#cards.set(room, { card, timer });
        this.#nameThem();
        this.element.append(card);
        this.element.hidden = false;
    }

    #card(room) {
        const { t } = this.#app;
        const button = (key, accepts, style) =>
            h(`button.button${style}`, { type: "button", on: { click: () => this.#answer(room, accepts) } }, t(key));
        return h(
            "div.offer",
            {},
            h("strong"),
            h("div.offer-actions", {}, button("offer.accept", true, ""), button("offer.decline", false, ".is-plain")),
        );
    }

    #nameThem() {
        const { t, inbox } = this.#app;
        for (const [room, { card }] of this.#cards) {
            const summary = inbox.model.get(room);
            const text = t("offer.ask", { name: summary ? customerName(summary, t) : t("offer.somebody") });
            // What did not change is not read aloud again.
            if (card.firstChild.textContent !== text) card.firstChild.textContent = text;
        }
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
