/** One endpoint: whether it takes what it is told and what to do when not, its values, its secret, its deliveries. */
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { Poll } from "../../ui/poll.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { Deliveries } from "./deliveries.js";
import { endpointGroups } from "./endpoint-fields.js";
import { PingPanel } from "./ping-panel.js";
import { ReplayPanel } from "./replay-panel.js";
import { SecretPanel } from "./secret-panel.js";
import { bodyOf, stateOf, valuesOf } from "./state.js";

const EVERY_MS = 10_000;

export async function endpoint(app, id, query) {
    const view = new EndpointView(app, id);
    await view.load(query);
    return view;
}

class EndpointView {
    back = writeRoute("webhooks");
    title;
    tools;
    element;
    #app;
    #id;
    #kept;
    #form;
    #ping;
    #secret;
    #replay;
    #deliveries;
    #poll;
    #state = h("span.chip");
    #notices = h("div.notices", { role: "status" });
    #switch;

    constructor(app, id) {
        this.#app = app;
        this.#id = id;
    }

    get isDirty() {
        return this.#form.isDirty;
    }

    async load(query) {
        const { t, rest } = this.#app;
        const told = (error) => error?.status === 404 && this.#notices.replaceChildren(notice("alert", t("hooks.isGone")));
        this.#poll = new Poll(EVERY_MS, (signal) => rest.get(this.#path, { signal }), (kept) => this.#look(kept), told);
        this.#kept = await this.#poll.first();
        this.title = this.#kept.description ?? this.#kept.host;
        this.#form = new Form(this.#app, {
            groups: endpointGroups(this.#app, this.#kept.events),
            values: valuesOf(this.#kept),
            save: async (_, patch) => valuesOf(this.#took(await this.#change(bodyOf(patch)))),
            reload: () => this.#reload(),
        });
        this.#deliveries = new Deliveries(this.#app, this.#id, query);
        const refresh = () => this.#deliveries.refresh();
        const known = () => this.#kept;
        this.#ping = new PingPanel(this.#app, this.#id, refresh);
        this.#replay = new ReplayPanel(this.#app, known, refresh);
        this.#secret = new SecretPanel(this.#app, known, (kept) => this.#theirs(kept), () => this.#reload());
        this.#switch = h("input.switch", { type: "checkbox", role: "switch", on: { change: () => this.#turn() } });
        this.tools = [this.#state, h("label.switch-label", {}, this.#switch, h("span", {}, t("hooks.use")))];
        this.element = h(
            "div.stack",
            {},
            this.#notices,
            h("section.panel", { "aria-labelledby": "values-title" }, h("h2", { id: "values-title" }, t("hooks.values")), this.#form.element),
            h(
                "section.panel",
                { "aria-labelledby": "ping-title" },
                h("h2", { id: "ping-title" }, t("hooks.ping.title")),
                h("p.field-hint", {}, t("hooks.ping.text")),
                h("div.form-actions", {}, this.#ping.button),
                this.#ping.element,
            ),
            this.#deliveries.element,
            this.#replay.element,
            this.#secret.element,
            h(
                "section.panel.hook-remove",
                { "aria-labelledby": "remove-title" },
                h("h2", { id: "remove-title" }, t("hooks.remove")),
                h("p.field-hint", {}, t("hooks.remove.text")),
                h("button.button.is-danger", { type: "button", on: { click: () => this.#remove() } }, t("hooks.remove")),
            ),
        );
        this.#draw();
    }

    close() {
        this.#poll.stop();
        this.#form?.close();
        this.#ping?.close();
        this.#replay?.close();
        this.#deliveries?.close();
    }

    get #path() {
        return `/webhook-endpoints/${encodeURIComponent(this.#id)}`;
    }

    /** What was asked for before a change is old when it comes. */
    #look(kept) {
        if (kept.version > this.#kept.version) this.#theirs(kept);
        this.#deliveries.refresh();
    }

    #theirs(kept) {
        this.#took(kept);
        this.#form.theirs(valuesOf(kept));
    }

    #took(kept) {
        this.#kept = kept;
        this.#draw();
        return kept;
    }

    #change(patch) {
        return this.#app.rest.send("PATCH", this.#path, patch, { version: this.#kept.version });
    }

    async #reload() {
        return valuesOf(this.#took(await this.#app.rest.get(this.#path)));
    }

    #draw() {
        const { t, format } = this.#app;
        const state = stateOf(this.#kept);
        this.#state.dataset.hook = state;
        this.#state.textContent = t(`hooks.state.${state}`);
        this.#switch.checked = this.#kept.enabled;
        const since = this.#kept.failing_since;
        const lasts = since !== null && h("p", {}, t("hooks.why.since", { time: format.moment(since) }));
        const todo = h("p", {}, t(`hooks.todo.${state}`));
        this.#notices.replaceChildren(
            ...(state === "on" ? [] : [notice(state === "off" ? "power" : "alert", t(`hooks.why.${state}`), lasts, todo)]),
        );
        this.#secret.draw();
        this.#replay.draw();
    }

    /** With the values that are kept: what is typed is not part of it. */
    async #turn() {
        const { t, announcer, toast } = this.#app;
        const enabled = this.#switch.checked;
        if (!enabled && !(await confirm(t, t("hooks.off.ask"), t("hooks.off.do")))) {
            this.#switch.checked = true;
            this.#switch.focus();
            return;
        }
        try {
            this.#theirs(await this.#change({ enabled }));
            announcer.say(t(enabled ? "hooks.on.done" : "hooks.off.done"));
        } catch (error) {
            this.#switch.checked = !enabled;
            toast(failureWords(t, error));
            if (error.code === "stale") this.#form.theirs(await this.#reload());
        }
        this.#switch.focus();
    }

    async #remove() {
        const { t, rest, toast, go } = this.#app;
        const name = isolate(this.#kept.description ?? this.#kept.host);
        if (!(await confirm(t, t("hooks.remove.ask", { name }), t("hooks.remove")))) return;
        try {
            await rest.send("DELETE", this.#path, undefined, { version: this.#kept.version });
            this.#form.discard();
            toast(t("hooks.removed"));
            go("webhooks");
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") this.#form.theirs(await this.#reload());
        }
    }
}

const notice = (image, title, ...more) =>
    h("div.notice-line", {}, icon(image), h("div", {}, h("strong", {}, title), ...more));
