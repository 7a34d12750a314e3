/** One service: its values, whether it is used, whether it works, and how it is connected. */
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { Poll } from "../../ui/poll.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { formGroups } from "./fields.js";
import { guide } from "./guide.js";
import { health } from "./health.js";
import { History } from "./history.js";
import { alertsOf, bodyValues, formValues, stateOf } from "./state.js";
import { TestPanel } from "./test-panel.js";
import { upkeep } from "./upkeep.js";

const EVERY_MS = 15_000;

export async function service(app, type) {
    const view = new ServiceView(app, type);
    await view.load();
    return view;
}

class ServiceView {
    back = writeRoute("integrations");
    title;
    tools;
    element;
    #app;
    #type;
    #integration;
    #form;
    #panel;
    #history;
    #poll;
    #state = h("span.chip");
    #notices = h("div.notices", {});
    #side = h("div", {});
    #switch;
    /** Rises with each write: what was asked for before it is old. */
    #writes = 0;

    constructor(app, type) {
        this.#app = app;
        this.#type = type;
    }

    get isDirty() {
        return this.#form.isDirty;
    }

    async load() {
        const { t, lang, may } = this.#app;
        this.#poll = new Poll(EVERY_MS, (signal) => this.#ask(signal), (answer) => this.#take(answer));
        const answer = await this.#poll.first();
        this.#integration = answer.integration;
        this.title = lang === "en" ? answer.integration.title_en : answer.integration.title;
        const isReadOnly = !may("settings:write");
        this.#panel = new TestPanel(this.#app, this.#type, () => this.#form, () => this.#poll.now());
        this.#form = new Form(this.#app, {
            groups: formGroups(this.#app, answer.integration),
            values: formValues(answer.integration),
            root: "/values",
            save: (values) => this.#save(values),
            reload: () => this.#reload(),
            isReadOnly,
            actions: isReadOnly ? undefined : [this.#panel.button],
        });
        this.#history = new History(this.#app);
        this.#switch = h("input.switch", {
            type: "checkbox",
            role: "switch",
            disabled: isReadOnly,
            on: { change: () => this.#turn() },
        });
        this.tools = [this.#state, h("label.switch-label", {}, this.#switch, h("span", {}, t("integration.use")))];
        this.element = h(
            "div.service",
            {},
            h("p.lead", {}, t(`integration.about.${this.#type}`)),
            this.#notices,
            h(
                "div.service-columns",
                {},
                h(
                    "section.panel",
                    { "aria-labelledby": "values-title" },
                    h("h2", { id: "values-title" }, t("integration.values")),
                    isReadOnly && h("p.field-hint", {}, t("form.readOnly")),
                    this.#form.element,
                    this.#panel.element,
                ),
                h("div.service-side", {}, this.#side, guide(this.#app, this.#type)),
            ),
            this.#history.element,
        );
        this.#history.show(answer.tests);
        this.#draw(answer.alerts);
    }

    close() {
        this.#poll.stop();
        this.#panel.close();
        this.#form.close();
    }

    get #path() {
        return `/integrations/${encodeURIComponent(this.#type)}`;
    }

    async #ask(signal) {
        const { rest, may } = this.#app;
        const writes = this.#writes;
        const [integration, tests, alerts] = await Promise.all([
            rest.get(this.#path, { signal }),
            rest.get(`${this.#path}/tests`, { signal }),
            may("status:read") ? rest.get("/alerts?state=firing&limit=200", { signal }) : { items: [] },
        ]);
        return { integration, tests, alerts: alertsOf(this.#type, alerts.items), writes };
    }

    #take({ integration, tests, alerts, writes }) {
        if (writes !== this.#writes) return;
        const isTheirs = integration.version !== this.#integration.version;
        this.#integration = integration;
        if (isTheirs) this.#form.theirs(formValues(integration));
        if (tests[0]?.id !== this.#history.newest) this.#history.show(tests);
        this.#draw(alerts);
    }

    #draw(alerts = []) {
        const { t } = this.#app;
        const { enabled, taken_up: isTakenUp } = this.#integration;
        const state = stateOf(this.#integration);
        this.#state.dataset.state = state;
        this.#state.textContent = t(`integration.state.${state}`);
        this.#switch.checked = enabled;
        this.#notices.replaceChildren(
            ...[
                !enabled && notice("power", t("integration.isOff")),
                !isTakenUp && notice("clock", t("integration.pending.text")),
            ].filter(Boolean),
        );
        this.#side.replaceChildren(
            ...[health(this.#app, this.#integration, alerts), upkeep(this.#app, this.#integration)].filter(Boolean),
        );
    }

    async #save(values) {
        return this.#put(values, this.#integration.enabled);
    }

    async #put(values, enabled) {
        const { version } = this.#integration;
        this.#writes += 1;
        try {
            const body = { values: bodyValues(values), enabled };
            this.#integration = await this.#app.rest.send("PUT", this.#path, body, { version });
        } finally {
            this.#writes += 1;
        }
        this.#poll.now();
        return formValues(this.#integration);
    }

    async #reload() {
        this.#integration = await this.#app.rest.get(this.#path);
        return formValues(this.#integration);
    }

    /** With the values that are kept: what is typed is not part of it. */
    async #turn() {
        const { t, announcer, toast } = this.#app;
        const enabled = this.#switch.checked;
        const isMeant = enabled || (await confirm(t, t("integration.off.ask"), t("integration.off.do")));
        if (!isMeant) {
            this.#switch.checked = true;
            this.#switch.focus();
            return;
        }
        try {
            const values = await this.#put(formValues(this.#integration), enabled);
            if (!this.#form.isDirty) this.#form.theirs(values);
            announcer.say(t(enabled ? "integration.on.done" : "integration.off.done"));
        } catch (error) {
            this.#switch.checked = !enabled;
            toast(failureWords(t, error));
            if (error.code === "stale") this.#poll.now();
        }
        this.#switch.focus();
    }
}

const notice = (image, text) => h("p.notice-line", {}, icon(image), h("span", {}, text));
