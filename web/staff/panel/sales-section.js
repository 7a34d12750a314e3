/** What may become of the customer: deals with their stages, and leads with their steps. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { nextOf as dealSteps, stepOf } from "../../ui/crm/deal-steps.js";
import { convert } from "../../ui/crm/lead-conversion.js";
import { nextOf as leadSteps } from "../../ui/crm/lead-steps.js";
import { pipelinesOf, stageOptions } from "../../ui/crm/stages.js";
import { bdi, h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { attachMenu } from "../../ui/menu.js";
import { amountOf, momentOf } from "../../ui/values.js";
import { askForm } from "./form-dialog.js";
import { action, nothing, Section, settingsLink } from "./section.js";

const MOST = 10;
const CURRENCY = "SAR";

export class SalesSection extends Section {
    constructor(panel) {
        super(panel, { id: "sales", title: panel.app.t("panel.sales"), image: "board" });
    }

    async load(signal) {
        const { rest } = this.panel.app;
        const { contact } = await this.panel.customer.get();
        if (contact === null) return { contact: null, deals: [], leads: [], pipelines: [] };
        const of = async (path) => (await rest.get(`${path}?${new URLSearchParams({ contact: contact.id, limit: MOST })}`, { signal })).items;
        const [deals, leads, pipelines] = await Promise.all([of("/crm/deals"), of("/crm/leads"), pipelinesOf({ rest })]);
        return { contact: { id: contact.id, name: contact.name }, deals, leads, pipelines };
    }

    count() {
        const { deals, leads } = this.data;
        return deals.filter(({ state }) => state === "open").length + leads.filter(({ state }) => leadSteps(state).length > 0 && state !== "lost").length;
    }

    draw() {
        const { t, may } = this.panel.app;
        const { contact, deals, leads } = this.data;
        if (contact === null) return [nothing(t("panel.needsContact"))];
        return [
            deals.length + leads.length === 0 && nothing(t("panel.sales.none")),
            (deals.length > 0 || leads.length > 0) &&
                h("ul.part-rows", {}, ...deals.map((deal) => this.#deal(deal)), ...leads.map((lead) => this.#lead(lead))),
            may("crm:write") &&
                h(
                    "div.part-actions",
                    {},
                    this.#stages.length > 0 && action(t("deals.make"), () => this.#makeDeal(), { key: "deal" }),
                    action(t("leads.make"), () => this.#makeLead(), { key: "lead" }),
                ),
        ];
    }

    get #stages() {
        return stageOptions(this.panel.app, this.data.pipelines.filter(({ archived }) => !archived));
    }

    #deal(deal) {
        const { t, format, may } = this.panel.app;
        const { id, title, state, amount, currency, stage, expected_close_at: close } = deal;
        const stages = stageOptions(this.panel.app, this.data.pipelines.filter((each) => !each.archived || each.id === deal.pipeline));
        const isOpen = state === "open";
        const isLate = isOpen && close && new Date(close) < new Date();
        const called = stages.find(({ value }) => value === stage)?.label ?? t("deals.elsewhere");
        const choice =
            isOpen && may("crm:write") &&
            h(
                "select.input.is-small",
                { "aria-label": t("panel.deal.stage", { title }), data: { key: `stage:${id}` }, on: { change: (event) => this.#move(deal, stages, event.target) } },
                ...stages.map(({ value, label }) => h("option", { value, selected: value === stage }, label)),
            );
        return h(
            "li.part-row",
            { data: { deal: id } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, settingsLink(bdi(title), `#/deals/${encodeURIComponent(id)}`), h("span.chip", { data: { deal: state } }, t(`deals.state.${state}`))),
                h(
                    "p.row-more",
                    {},
                    bdi(format.money(amount, currency)),
                    close && [" · ", t(isLate ? "deals.late" : "deals.closes"), " ", h("time", { datetime: close }, format.brief(close))],
                ),
                choice || h("p.row-more", {}, bdi(called)),
            ),
            this.#menu(`deal:${id}`, t("deals.menu", { title: isolate(title) }), dealSteps(state).map((next) => ({ label: t(`deals.to.${next}`), run: () => this.#stepDeal(deal, next) }))),
        );
    }

    #lead(lead) {
        const { t, format } = this.panel.app;
        const { id, name, source, state, value, currency } = lead;
        const title = name ?? this.data.contact.name;
        const steps = leadSteps(state).map((next) => ({ label: t(`leads.to.${next}`), run: () => this.#step("/crm/leads", lead, { state: next }) }));
        const converting = state === "qualified" ? [{ label: t("leads.convert"), run: () => this.#convert(lead, title) }] : [];
        return h(
            "li.part-row",
            { data: { lead: id } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, settingsLink(bdi(title), `#/leads/${encodeURIComponent(id)}`), h("span.chip", { data: { lead: state } }, t(`leads.state.${state}`))),
                h("p.row-more", {}, t("timeline.lead"), " · ", bdi(source), value !== null && [" · ", bdi(format.money(value, currency))]),
            ),
            this.#menu(`lead:${id}`, t("deals.menu", { title: isolate(title) }), [...converting, ...steps]),
        );
    }

    #menu(key, label, items) {
        if (items.length === 0 || !this.panel.app.may("crm:write")) return null;
        const button = iconButton(icon("more"), label, () => {}, { data: { key } });
        attachMenu(button, () => items);
        return button;
    }

    async #move(deal, stages, select) {
        const { t, announcer } = this.panel.app;
        const chosen = stages.find(({ value }) => value === select.value);
        const isDone = await this.#step("/crm/deals", deal, { stage: chosen.value, pipeline: chosen.pipeline });
        if (isDone) announcer.say(t("deals.moved", { title: isolate(deal.title), stage: chosen.label }));
        else select.value = deal.stage;
    }

    async #stepDeal(deal, next) {
        const body = await stepOf(this.panel.app, deal, next);
        if (body !== null) await this.#step("/crm/deals", deal, body);
    }

    /** What was refused is shown as it is now. */
    async #step(path, thing, body) {
        const { app } = this.panel;
        const work = () => app.rest.send("PATCH", `${path}/${encodeURIComponent(thing.id)}`, body, { version: thing.version });
        const isDone = await act(app, work, { words: stepWords(app) });
        this.refresh();
        return isDone;
    }

    async #convert(lead, name) {
        const { app } = this.panel;
        if (await convert(app, lead, name)) app.toast(app.t("panel.deal.made"));
        this.refresh();
    }

    async #makeDeal() {
        const { app } = this.panel;
        const { t, rest } = app;
        const stages = this.#stages;
        const key = makeMid();
        const made = await askForm(app, {
            title: t("deals.make"),
            submit: t("panel.make"),
            fields: [
                { name: "title", label: t("deals.title"), isRequired: true, maxLength: 200 },
                { name: "stage", label: t("deals.stage"), kind: "choice", options: stages, value: stages[0].value },
                { name: "amount", label: t("convert.amount", { currency: CURRENCY }), kind: "money", maxLength: 20 },
                { name: "expected_close_at", label: t("deals.expected_close_at"), kind: "day" },
            ],
            send: async ({ title, stage, amount, expected_close_at: close }) =>
                rest.send(
                    "POST",
                    "/crm/deals",
                    {
                        contact: this.data.contact.id,
                        title,
                        stage,
                        pipeline: stages.find(({ value }) => value === stage).pipeline,
                        amount: amountOf("amount", amount, CURRENCY, { isRequired: false }) ?? 0,
                        currency: CURRENCY,
                        expected_close_at: momentOf(close),
                        owner: this.panel.me.id,
                    },
                    { headers: { "Idempotency-Key": key } },
                ),
        });
        if (made) this.refresh();
    }

    async #makeLead() {
        const { app } = this.panel;
        const { t, rest } = app;
        const key = makeMid();
        const made = await askForm(app, {
            title: t("leads.make"),
            submit: t("panel.make"),
            fields: [
                { name: "source", label: t("leads.source"), value: t("panel.lead.source"), isRequired: true, maxLength: 64, hint: t("leads.source.hint") },
                { name: "value", label: t("convert.amount", { currency: CURRENCY }), kind: "money", maxLength: 20 },
                { name: "notes", label: t("leads.notes"), kind: "prose", maxLength: 10_000 },
            ],
            send: async ({ source, value, notes }) =>
                rest.send(
                    "POST",
                    "/crm/leads",
                    {
                        contact: this.data.contact.id,
                        source,
                        value: amountOf("value", value, CURRENCY, { isRequired: false }),
                        currency: CURRENCY,
                        notes: notes || null,
                        owner: this.panel.me.id,
                    },
                    { headers: { "Idempotency-Key": key } },
                ),
        });
        if (made) this.refresh();
    }
}
