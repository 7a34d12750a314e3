/** One delivery: what it tells of and where it stands; unfolded, each try, what is sent, and sending it again. */
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { Poll } from "../../ui/poll.js";
import { failureWords } from "../../ui/problems.js";
import { eventWords } from "./event-types.js";
import { isSettled, lastTry, prettyBody, toneOf, tryWords } from "./state.js";

const EVERY_MS = 1_500;

export class DeliveryRow {
    element = h("li.row.delivery-row", {});
    #app;
    #delivery;
    #summary = h("summary", {});
    #facts = h("div.delivery-facts", {});
    #body = h("div.delivery-body", {});
    #replay;
    #poll = null;

    constructor(app, delivery) {
        const { t } = app;
        this.#app = app;
        this.#replay = h(
            "button.button.is-plain.is-small",
            { type: "button", on: { click: () => this.#again() } },
            t("hooks.replay.one"),
        );
        const unfolded = h("details", {}, this.#summary, h("div.delivery-more", {}, this.#facts, this.#body, h("div.form-actions", {}, this.#replay)));
        unfolded.addEventListener("toggle", () => unfolded.open && this.#showBody());
        this.element.append(unfolded);
        this.show(delivery);
    }

    show(delivery) {
        this.#delivery = delivery;
        this.element.dataset.delivery = delivery.id;
        this.element.dataset.state = delivery.state;
        this.#drawSummary();
        this.#drawFacts();
    }

    close() {
        this.#poll?.stop();
    }

    /** Looks at it until there is nothing more to wait for after so many tries. */
    #watch(tries) {
        this.#poll?.stop();
        const take = (delivery) => {
            this.show(delivery);
            if (isSettled(delivery, tries)) this.#poll.stop();
        };
        const path = `/webhook-deliveries/${encodeURIComponent(this.#delivery.id)}`;
        this.#poll = new Poll(EVERY_MS, (signal) => this.#app.rest.get(path, { signal }), take);
        this.#poll.now();
    }

    #drawSummary() {
        const { t, format } = this.#app;
        const { type, state, created_at: at } = this.#delivery;
        const attempt = lastTry(this.#delivery);
        this.#summary.replaceChildren(
            h("span.dot", { data: { outcome: toneOf(this.#delivery) } }),
            h(
                "span.delivery-what",
                {},
                h("strong", {}, eventWords(t, type)),
                " ",
                h("code", { dir: "ltr" }, type),
                attempt && h("span.delivery-try", {}, this.#words(attempt)),
            ),
            h("span.chip", { data: { delivery: state } }, t(`hooks.delivery.${state}`)),
            h("time.audit-time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
        );
    }

    #words(attempt) {
        const { key, values } = tryWords(attempt);
        return this.#app.t(key, values);
    }

    #drawFacts() {
        const { t, format } = this.#app;
        const { attempts, event, replays, next_attempt_at: next } = this.#delivery;
        const facts = [
            ["hooks.delivery.event", bdi(event, "ltr")],
            next && ["hooks.delivery.next", format.moment(next)],
            replays > 0 && ["hooks.delivery.replays", format.number(replays)],
        ].filter(Boolean);
        this.#facts.replaceChildren(
            h("dl.facts", {}, ...facts.map(([key, value]) => h("div", {}, h("dt", {}, t(key)), h("dd", {}, value)))),
            attempts.length === 0 ? h("p.field-hint", {}, t("hooks.tries.none")) : this.#tries(attempts),
        );
    }

    #tries(attempts) {
        const { t, format } = this.#app;
        const head = ["hooks.tries.number", "hooks.tries.at", "hooks.tries.result", "hooks.tries.took"];
        return h(
            "div.delivery-tries",
            {},
            h(
                "table.changes",
                {},
                h("caption", {}, t("hooks.tries")),
                h("thead", {}, h("tr", {}, ...head.map((key) => h("th", { scope: "col" }, t(key))))),
                h(
                    "tbody",
                    {},
                    ...attempts.toReversed().map((attempt) =>
                        h(
                            "tr",
                            { data: { outcome: attempt.reason === null ? "ok" : "error" } },
                            h("th", { scope: "row" }, format.number(attempt.number)),
                            h("td", {}, h("time", { datetime: attempt.at }, format.stamp(attempt.at))),
                            h("td", {}, this.#words(attempt)),
                            h("td", {}, bdi(t("test.took", { n: format.number(attempt.took_ms) }))),
                        ),
                    ),
                ),
            ),
        );
    }

    /** What was sent never changes: it is fetched once. */
    async #showBody() {
        if (this.#body.dataset.state) return;
        const { t, rest } = this.#app;
        this.#body.dataset.state = "asked";
        try {
            const { body } = await rest.get(`/webhook-deliveries/${encodeURIComponent(this.#delivery.id)}`);
            this.#body.replaceChildren(
                h("p.code-name", {}, t("hooks.body")),
                h("pre.code-block", { dir: "ltr", tabindex: 0, role: "region", "aria-label": t("hooks.body") }, prettyBody(body)),
            );
        } catch (error) {
            delete this.#body.dataset.state;
            this.#body.replaceChildren(h("p.field-hint", { role: "alert" }, failureWords(t, error)));
        }
    }

    async #again() {
        const { t, rest, toast, announcer } = this.#app;
        if (!(await confirm(t, t("hooks.replay.one.ask"), t("hooks.replay.one")))) return;
        try {
            const path = `/webhook-deliveries/${encodeURIComponent(this.#delivery.id)}/replay`;
            const { attempts } = this.#delivery;
            // The answer need not tell the tries before.
            const owed = await rest.send("POST", path);
            this.show({ ...owed, attempts });
            this.#watch(lastTry({ attempts })?.number ?? 0);
            announcer.say(t("hooks.replay.owed"));
        } catch (error) {
            toast(error.code === "conflict" ? t("hooks.replay.conflict") : failureWords(t, error));
        }
        this.#replay.focus();
    }
}
