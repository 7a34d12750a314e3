/** The secret of an endpoint is never shown; a new one is, once. */
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { shownOnce } from "../parts/shown-once.js";

/** For how long the old one signs too, in seconds; an empty text is as long as usual. */
const OVERLAPS = ["", "3600", "604800", "0"];

export class SecretPanel {
    element;
    #app;
    #endpoint;
    #onRotated;
    #onStale;
    #select;
    #button;
    #old = h("p.notice-line", { hidden: true });
    #shown = h("div", {});

    /**
     * @param {() => object} endpoint as it is known by now
     * @param {(endpoint: object) => void} onRotated
     * @param {() => Promise} onStale
     */
    constructor(app, endpoint, onRotated, onStale) {
        const { t } = app;
        this.#app = app;
        this.#endpoint = endpoint;
        this.#onRotated = onRotated;
        this.#onStale = onStale;
        this.#select = h(
            "select.input",
            { name: "overlap" },
            ...OVERLAPS.map((value) => h("option", { value }, t(`hooks.overlap.${value || "usual"}`))),
        );
        this.#button = h("button.button.is-plain", { type: "button", on: { click: () => this.#rotate() } }, t("hooks.rotate"));
        this.element = h(
            "section.panel.hook-secret",
            { "aria-labelledby": "secret-title" },
            h("h2", { id: "secret-title" }, t("hooks.secret")),
            h("p.field-hint", {}, t("hooks.secret.lead")),
            this.#old,
            h("div.filters", {}, h("label.filter", {}, h("span", {}, t("hooks.overlap")), this.#select), this.#button),
            this.#shown,
        );
        this.draw();
    }

    draw() {
        const { t, format } = this.#app;
        const until = this.#endpoint().old_secret_until;
        this.#old.hidden = until === null || Date.parse(until) < Date.now();
        this.#old.textContent = this.#old.hidden ? "" : t("hooks.secret.old", { time: format.moment(until) });
    }

    async #rotate() {
        const { t, rest, toast } = this.#app;
        const overlap = this.#select.value;
        const question = overlap === "0" ? "hooks.rotate.now.ask" : "hooks.rotate.ask";
        if (!(await confirm(t, t(question), t("hooks.rotate")))) return;
        const { id, version, host } = this.#endpoint();
        try {
            const body = overlap === "" ? {} : { overlap_s: Number(overlap) };
            const { secret, ...rotated } = await rest.send(
                "POST",
                `/webhook-endpoints/${encodeURIComponent(id)}/rotate-secret`,
                body,
                { version },
            );
            const shown = shownOnce(this.#app, secret, t("hooks.secret.made", { host: isolate(host) }), t("hooks.secret.text"));
            this.#shown.replaceChildren(shown);
            this.#onRotated(rotated);
            shown.focus();
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") await this.#onStale();
            this.#button.focus();
        }
    }
}
