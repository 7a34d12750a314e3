/** The inbox as a list: filters, and one line per conversation. */
import { avatar } from "../ui/avatar.js";
import { nameOf } from "../ui/bubble.js";
import { bdi, fill, h, paced, sentence } from "../ui/dom.js";
import { nameIn } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { labelChip } from "../ui/label-chip.js";
import { attachMenu } from "../ui/menu.js";
import { ScrollingRows } from "../ui/scrolling-rows.js";
import { customerName } from "./customer.js";
import { DrawnConversations } from "./drawn-conversations.js";
import { FILTERS } from "./inbox-model.js";
import { mentionSign } from "./mention-list.js";

/** The next page is asked for when its place is nearer than this, in CSS pixels. */
const AHEAD_PX = 800;

/** In a busy shop something is said all the time, and rows that move more often than this cannot be read or clicked. */
const PACE_MS = 1_000;

/** Waiting times grow by the minute. */
const REFRESH_MS = 30_000;

export class InboxList {
    element;
    redraw = paced(() => this.#draw(), PACE_MS);
    #app;
    #inbox;
    #chips;
    #labelChip;
    /** All that the filters depend on. */
    #chipsShown = [];
    #list = h("ul.rows");
    #selected = null;
    #drawn = new DrawnConversations(this.#list, {
        shown: (conversation) => ({
            conversation,
            isSelected: conversation.room === this.#selected,
            isMentioned: this.#app.mentions.model.concerns(conversation.room),
        }),
        row: (shown) => this.#row(shown),
    });
    #scrolling = new ScrollingRows(this.#list, this.#drawn, { follows: "top", told: () => {} });
    #more;

    constructor(app, inbox) {
        this.#app = app;
        this.#inbox = inbox;
        const { t } = app;
        const more = h("button.link", { type: "button", on: { click: () => this.#loadMore() } }, t("staff.more"));
        this.#more = h("li.more", {}, more);
        const ahead = { root: this.#list, rootMargin: `${AHEAD_PX}px` };
        new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.#loadMore(), ahead).observe(this.#more);
        this.#chips = FILTERS.map((filter) =>
            h(
                "button.chip",
                { type: "button", data: { filter }, on: { click: () => inbox.choose(filter) } },
                t(`filter.${filter}`),
            ),
        );
        this.#labelChip = h("button.chip", { type: "button", data: { menu: "label" } }, t("filter.byLabel"));
        attachMenu(this.#labelChip, () => this.#labelItems());
        app.labels.load().catch(() => {});
        const [first, ...rest] = this.#chips;
        this.element = h(
            "div.list-pane",
            {},
            h("div.chips", { role: "group", "aria-label": t("filter.label") }, first, this.#labelChip, ...rest),
            this.#list,
        );
        inbox.addEventListener("change", ({ detail }) => (detail.canWait ? this.redraw() : this.redraw.now()));
        app.mentions.addEventListener("change", this.redraw);
        setInterval(() => this.#refresh(), REFRESH_MS);
        this.redraw();
    }

    set selected(room) {
        this.#selected = room;
        this.#draw();
    }

    #refresh() {
        this.#drawn.outdate();
        this.redraw();
    }

    #draw() {
        this.#drawChips();
        const { conversations, hasMore } = this.#inbox;
        const tail = [conversations.length === 0 && this.#empty(), hasMore && this.#more].filter(Boolean);
        this.#drawn.take(conversations, tail);
        this.#scrolling.draw(conversations.map(({ room }) => room));
    }

    #drawChips() {
        const { filter, counts } = this.#inbox;
        const label = this.#app.labels.known.find(({ id }) => `label:${id}` === filter);
        const shown = [filter, label, counts.of(filter), ...FILTERS.map((each) => counts.of(each))];
        if (shown.every((part, index) => part === this.#chipsShown[index])) return;
        this.#chipsShown = shown;
        for (const chip of this.#chips) {
            chip.setAttribute("aria-pressed", String(chip.dataset.filter === filter));
            fill(chip, ...this.#counted(this.#app.t(`filter.${chip.dataset.filter}`), chip.dataset.filter));
        }
        fill(this.#labelChip, ...(label ? this.#counted(this.#nameOf(label), this.#inbox.filter) : [this.#app.t("filter.byLabel")]));
        this.#labelChip.setAttribute("aria-pressed", String(label !== undefined));
    }

    /** The name of a filter, and how many wait behind it. */
    #counted(name, filter) {
        const count = this.#inbox.counts.of(filter);
        return [name, count > 0 && h("span.chip-count", {}, this.#app.format.number(count))];
    }

    #row({ conversation, isSelected, isMentioned }) {
        const { t, format } = this.#app;
        const { room, contact, last, unread, state, assignee, at } = conversation;
        const name = customerName(conversation, t);
        const unreadMark =
            unread > 0
                ? h(
                      "span.count",
                      { "aria-label": t("staff.unread", { n: unread }) },
                      unread > 99 ? "99+" : String(unread),
                  )
                : null;
        const link = h(
            "a.row",
            {
                href: `#/c/${encodeURIComponent(room)}`,
                data: { room, state },
                "aria-current": isSelected ? "true" : null,
            },
            avatar({ ...contact, name: contact.name }),
            h(
                "span.row-main",
                {},
                h(
                    "span.row-top",
                    {},
                    h("strong", {}, bdi(name)),
                    h("time", { datetime: at }, format.brief(last?.at ?? at)),
                ),
                h("span.row-text", {}, h("span.preview", {}, ...this.#preview(last)), isMentioned ? mentionSign(t) : null, unreadMark),
                h("span.row-tags", {}, ...this.#tags(state, assignee, conversation)),
            ),
        );
        link.classList.toggle("is-unread", unread > 0);
        return h("li", {}, link);
    }

    #preview(last) {
        const { t } = this.#app;
        if (!last) return [t("inbox.noMessage")];
        const text = last.text || t("message.file", { name: "" });
        return this.#isMine(last) ? sentence(t, "inbox.you", { text }) : [bdi(text)];
    }

    #isMine(last) {
        return last?.by.kind === "staff" && last.by.id === this.#app.hub.me?.id;
    }

    #labelled(label) {
        const count = this.#inbox.counts.of(`label:${label.id}`);
        return count > 0 ? `${this.#nameOf(label)} (${this.#app.format.number(count)})` : this.#nameOf(label);
    }

    #nameOf(label) {
        return nameIn(document.documentElement.lang, label);
    }

    #labelItems() {
        const { labels, t } = this.#app;
        const items = labels.known.map((label) => ({
            label: this.#labelled(label),
            isChecked: this.#inbox.filter === `label:${label.id}`,
            run: () => this.#inbox.choose(`label:${label.id}`),
        }));
        labels.load().catch(() => {});
        return [{ label: t("filter.all"), run: () => this.#inbox.choose("all") }, ...items];
    }

    /** The promise of time that is worst off; nothing while all is well. */
    #clock(clocks) {
        const { t } = this.#app;
        const late = clocks.find(({ breached_at: at }) => at !== null) ?? clocks.find(({ warned_at: at }) => at !== null);
        if (!late) return null;
        const stage = late.breached_at === null ? "warned" : "breached";
        return h("span.tag", { class: `tag is-${stage}`, data: { clock: late.clock } }, t(`clock.${stage}.${late.clock}`));
    }

    #tags(state, assignee, { waiting_since: since, channel, labels = [], clocks = [] }) {
        const { t, format } = this.#app;
        return [
            channel === "web" ? null : h("span.tag", { data: { channel } }, t(`details.channel.${channel}`)),
            h("span.tag", { data: { state } }, t(`state.${state}`)),
            this.#clock(clocks),
            ...labels.map((label) => labelChip(label, this.#nameOf(label))),
            since && state !== "resolved"
                ? h("span.tag.is-waiting", {}, icon("clock"), t("inbox.waiting", { time: format.span(since) }))
                : null,
            h("span.assignee", {}, assignee ? bdi(nameOf(assignee, t)) : t("conversation.unassigned")),
        ];
    }

    #empty() {
        const { t } = this.#app;
        if (this.#inbox.isLoading) return h("li.loading", { "aria-busy": "true" }, h("i"), h("i"), h("i"));
        return h(
            "li.empty",
            {},
            icon("inbox"),
            h("strong", {}, t("inbox.empty")),
            h("span", {}, t("inbox.empty.text")),
        );
    }

    #loadMore() {
        if (!this.#inbox.isLoading) this.#inbox.loadMore();
    }
}
