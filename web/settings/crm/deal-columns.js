/**
 * A board of deals: a column for each stage, moved by dragging or by the menu of a card; one stage at a time on a phone.
 *
 * A move is shown at once. When the hub refuses it the card goes back, or to where somebody else put it, and that is said.
 * What others do comes by looking again.
 */
import { nextOf, stepOf } from "../../ui/crm/deal-steps.js";
import { bdi, h, iconButton, setAttribute } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { isolate } from "../../ui/isolate.js";
import { Poll } from "../../ui/poll.js";
import { failureWords } from "../../ui/problems.js";
import { CardDrag } from "./card-drag.js";
import { DealBoard } from "./deal-board.js";
import { dealCard } from "./deal-card.js";

const PAGE = 30;
const NEWS_MS = 10_000;
const NEWS = 100;

export class DealColumns {
    element;
    #app;
    #options;
    #board;
    #columns = new Map();
    #tabs = new Map();
    #shown;
    #notice = h("div.notice-line", { role: "alert", hidden: true });
    #poll;
    #drag = null;
    #leaving = new AbortController();

    /** @param {{pipeline, staff, filter, sort, stage: ?string, onStage: (stage: string) => void}} options */
    constructor(app, options) {
        const { t, lang } = app;
        const { pipeline, filter, sort } = options;
        this.#app = app;
        this.#options = options;
        const stages = pipeline.stages;
        this.#board = new DealBoard(stages.map(({ id }) => id), filter, sort);
        for (const stage of stages) {
            this.#columns.set(stage.id, this.#column(stage));
            const tab = h("button.tab-link", { type: "button", on: { click: () => this.#show(stage.id) } }, bdi(nameIn(lang, stage)), h("span.board-count", {}));
            this.#tabs.set(stage.id, tab);
        }
        const board = h(
            "div.board",
            { role: "region", "aria-label": t("deals.board"), tabindex: 0 },
            ...[...this.#columns.values()].map(({ element }) => element),
        );
        this.element = h(
            "div",
            {},
            this.#notice,
            h("nav.board-tabs", { "aria-label": t("deals.stages") }, ...this.#tabs.values()),
            board,
        );
        this.#show(stages.some(({ id }) => id === options.stage) ? options.stage : stages[0].id, false);
        if (this.#mayMove) this.#drag = new CardDrag(board, { mayMove: (id) => !this.#board.isPending(id), drop: (id, stage) => this.#move(id, stage) });
        this.#poll = new Poll(NEWS_MS, (signal) => this.#news(signal), (news) => this.#take(news));
    }

    get #mayMove() {
        return this.#app.may("crm:write") && this.#options.filter.state === "open";
    }

    async load() {
        await Promise.all([this.#poll.now(), ...this.#board.stages.map((stage) => this.#page(stage))]);
    }

    close() {
        this.#leaving.abort();
        this.#poll.stop();
        this.#drag?.close();
    }

    // ---- what the hub says

    async #page(stage, isMore = false) {
        const { t, rest } = this.#app;
        const { signal } = this.#leaving;
        const { foot } = this.#columns.get(stage);
        const { filter, sort } = this.#options;
        foot.dataset.kind = "busy";
        foot.replaceChildren(h("span.pulse"), h("span", {}, t("settings.loading")));
        const before = this.#board.cards(stage).length;
        try {
            const asked = { ...filter, stage, sort, limit: PAGE, cursor: this.#board.next(stage) };
            const given = Object.entries(asked).filter(([, value]) => value);
            const page = await rest.get(`/crm/deals?${new URLSearchParams(given)}`, { signal });
            if (signal.aborted) return;
            this.#board.take(stage, page);
            this.#draw([stage]);
            // Whoever asked for more goes on reading there.
            if (isMore) this.#columns.get(stage).list.children[before]?.querySelector("a").focus();
        } catch (error) {
            if (signal.aborted) return;
            const again = h("button.link", { type: "button", on: { click: () => this.#page(stage, isMore) } }, t("settings.retry"));
            foot.replaceChildren(h("span", { role: "alert" }, failureWords(t, error)), again);
        }
    }

    async #news(signal) {
        const { rest } = this.#app;
        const { pipeline, state, owner } = this.#options.filter;
        const summed = Object.entries({ pipeline, state, owner }).filter(([, value]) => value);
        const changed = { pipeline, sort: "-updated_at", limit: NEWS };
        const [totals, changes] = await Promise.all([
            rest.get(`/crm/deals/summary?${new URLSearchParams(summed)}`, { signal }),
            rest.get(`/crm/deals?${new URLSearchParams(changed)}`, { signal }),
        ]);
        return { totals: totals.items, changes: changes.items };
    }

    #take({ totals, changes }) {
        for (const deal of changes) this.#board.put(deal);
        this.#board.takeTotals(totals);
        this.#draw();
    }

    // ---- moving

    async #move(id, stage) {
        const { t, rest, announcer } = this.#app;
        const was = this.#board.move(id, stage);
        if (was === null) return;
        this.#notice.hidden = true;
        this.#draw();
        const words = { title: isolate(was.title), stage: isolate(this.#nameOf(stage)) };
        try {
            this.#board.settle(await rest.send("PATCH", pathOf(id), { stage }, { version: was.version }));
            announcer.say(t("deals.moved", words));
        } catch (error) {
            await this.#refused(was, error, words);
        }
        this.#draw();
    }

    async #step(deal, state) {
        const { t, rest, toast } = this.#app;
        const step = await stepOf(this.#app, deal, state);
        if (step === null) return;
        this.#notice.hidden = true;
        try {
            this.#board.put(await rest.send("PATCH", pathOf(deal.id), step, { version: deal.version }));
            toast(t(`deals.done.${state}`, { title: isolate(deal.title) }));
        } catch (error) {
            await this.#refused(deal, error, { title: isolate(deal.title) });
        }
        this.#draw();
    }

    /** Puts a card back, with words; to where it is by now when that is somewhere else. */
    async #refused(was, error, words) {
        const { t, rest } = this.#app;
        let fresh = null;
        let isGone = error.code === "not_found";
        if (error.code === "stale" || error.code === "conflict") {
            try {
                fresh = await rest.get(pathOf(was.id));
            } catch (other) {
                isGone = other.code === "not_found";
            }
        }
        this.#board.refuse(was.id, fresh, isGone);
        if (isGone) this.#warn(t("deals.refused.gone", words));
        else if (fresh === null) this.#warn(t("deals.refused", { ...words, why: failureWords(t, error) }));
        else if (fresh.state !== was.state) this.#warn(t("deals.refused.state", { ...words, state: t(`deals.state.${fresh.state}`) }));
        else if (fresh.stage !== was.stage) this.#warn(t("deals.refused.moved", { ...words, stage: isolate(this.#nameOf(fresh.stage)) }));
        else this.#warn(t("deals.refused.changed", words));
    }

    #warn(text) {
        const shut = iconButton(icon("close"), this.#app.t("deals.understood"), () => (this.#notice.hidden = true));
        this.#notice.replaceChildren(icon("alert"), h("span", {}, text), shut);
        this.#notice.hidden = false;
        this.#notice.scrollIntoView({ block: "nearest" });
    }

    #nameOf(stage) {
        const { lang } = this.#app;
        const found = this.#options.pipeline.stages.find(({ id }) => id === stage);
        return found ? nameIn(lang, found) : this.#app.t("deals.elsewhere");
    }

    #items(deal) {
        const { t, may, go } = this.#app;
        // The hub has not answered the last move yet.
        const isPending = this.#board.isPending(deal.id);
        const stages = this.#mayMove && !isPending ? this.#board.stages : [];
        const steps = may("crm:write") && !isPending ? nextOf(deal.state) : [];
        return [
            ...stages.map((stage) => ({
                label: t("deals.move", { stage: isolate(this.#nameOf(stage)) }),
                isChecked: stage === deal.stage,
                run: () => this.#move(deal.id, stage),
            })),
            ...steps.map((state) => ({ label: t(`deals.to.${state}`), run: () => this.#step(deal, state) })),
            { label: t("deals.open"), run: () => go("deals", [deal.id]) },
        ];
    }

    // ---- what is shown

    #column(stage) {
        const id = `stage-${stage.id}`;
        const count = h("span.board-count", {});
        const sums = h("p.board-sums", {});
        const list = h("ul.board-cards", {});
        const foot = h("div.board-foot", { role: "status" });
        const head = h("header.board-head", {}, h("h2", { id }, bdi(nameIn(this.#app.lang, stage))), count, sums);
        return { element: h("section.board-column", { "aria-labelledby": id, data: { stage: stage.id } }, head, list, foot), count, sums, list, foot };
    }

    #show(stage, isTold = true) {
        this.#shown = stage;
        for (const [id, { element }] of this.#columns) element.classList.toggle("is-shown", id === stage);
        for (const [id, tab] of this.#tabs) setAttribute(tab, "aria-current", id === stage ? "true" : null);
        if (isTold) this.#options.onStage(stage);
    }

    /** Who had the focus on a card has it again, wherever the card is by now. */
    #draw(stages = this.#board.stages) {
        const active = document.activeElement;
        const card = active?.closest?.("[data-deal]");
        const focused = card && this.element.contains(card) ? card.dataset.deal : null;
        const wasMenu = active?.matches?.(".icon-button") ?? false;
        for (const stage of stages) this.#drawColumn(stage);
        if (focused === null || this.element.contains(document.activeElement)) return;
        const again = [...this.element.querySelectorAll("[data-deal]")].find(({ dataset }) => dataset.deal === focused);
        again?.querySelector(wasMenu ? ".icon-button" : "a").focus();
    }

    #drawColumn(stage) {
        const { t, format } = this.#app;
        const { count, sums, list, foot } = this.#columns.get(stage);
        const { count: number, sums: amounts } = this.#board.total(stage);
        for (const place of [count, this.#tabs.get(stage).lastElementChild]) place.textContent = format.number(number);
        const money = amounts.map(({ currency, amount }) => bdi(format.money(amount, currency)));
        sums.replaceChildren(...money.flatMap((each, index) => (index > 0 ? [" + ", each] : [each])));
        this.#drawCards(list, this.#board.cards(stage));
        const next = this.#board.next(stage);
        if (next === undefined) return;
        const kind = next !== null ? "more" : this.#board.cards(stage).length === 0 ? "none" : "end";
        // News must not take the focus from who is about to ask for more.
        if (foot.dataset.kind === kind) return;
        foot.dataset.kind = kind;
        const more = h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#page(stage, true) } }, t("list.more"));
        foot.replaceChildren(...{ more: [more], none: [h("p", {}, t("deals.none"))], end: [] }[kind]);
    }

    /** Cards that are as they were stay the same elements. */
    #drawCards(list, deals) {
        const drawn = new Map([...list.children].map((card) => [card.dataset.key, card]));
        const cards = deals.map((deal) => {
            const isPending = this.#board.isPending(deal.id);
            const key = `${deal.id}/${deal.version}/${deal.stage}/${isPending}`;
            const card = drawn.get(key) ?? dealCard(this.#app, deal, { staff: this.#options.staff, isPending, items: () => this.#items(deal) });
            card.dataset.key = key;
            return card;
        });
        const isSame = cards.length === list.children.length && cards.every((card, index) => card === list.children[index]);
        if (!isSame) list.replaceChildren(...cards);
    }
}

const pathOf = (id) => `/crm/deals/${encodeURIComponent(id)}`;
