/** Says that the connection is away, and offers a way back when the hub asked us to stop. */
import { h } from "./dom.js";

/** A connection that comes back sooner than this is not worth a word. */
const PATIENCE_MS = 700;

export class StatusBar {
    element = h("div.status-bar", { role: "status", hidden: true });
    #timer = null;

    /** @param {HubClient} hub */
    constructor(hub, t) {
        hub.addEventListener("status", ({ detail }) => this.#show(detail, hub, t));
        this.#show(hub.status, hub, t);
    }

    #show({ state, code }, hub, t) {
        clearTimeout(this.#timer);
        if (state === "live" || state === "idle") {
            this.element.hidden = true;
            return;
        }
        if (state === "connecting" && !this.element.hidden) return;
        this.#timer = setTimeout(() => this.#draw(state, code, hub, t), state === "stopped" ? 0 : PATIENCE_MS);
    }

    #draw(state, code, hub, t) {
        const known = ["4003", "4006"].includes(String(code));
        const text = state === "stopped" && known ? t(`status.stopped.${code}`) : t(`status.${state}`);
        const again = h("button.link", { type: "button", on: { click: () => hub.start() } }, t("status.reconnect"));
        this.element.replaceChildren(h("span.pulse"), h("span", {}, text), ...(state === "stopped" ? [again] : []));
        this.element.dataset.state = state;
        this.element.hidden = false;
    }
}
