/** The place where one finds what colleagues mentioned one in; a press goes to the message. */
import { avatar } from "../ui/avatar.js";
import { nameOf } from "../ui/bubble.js";
import { bdi, coalesced, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { placeOf } from "./mentions.js";

/** Stands at a room or message where one is mentioned and has not read it. */
export const mentionSign = (t) => h("span.mention-sign", { role: "img", "aria-label": t("mentions.unread") }, "@");

export class MentionList {
    element;
    redraw = coalesced(() => this.#draw());
    #app;
    #mentions;
    #list = h("ul.rows");
    #items = null;
    #next = null;
    #loading = null;
    #problem = null;

    constructor(app, mentions) {
        this.#app = app;
        this.#mentions = mentions;
        this.element = h("div.list-pane", { hidden: true }, h("h2.list-title", {}, app.t("mentions.title")), this.#list);
        mentions.addEventListener("change", () => {
            // Out of sight nothing is loaded for nobody.
            if (!this.element.hidden) this.load();
        });
        this.redraw();
    }

    /** The newest page anew, as it reads now. */
    load = coalesced(() => this.#load(null));

    async #load(cursor) {
        const loading = this.#mentions.page(cursor);
        this.#loading = loading;
        this.redraw();
        try {
            const { items, next } = await loading;
            if (this.#loading !== loading) return;
            this.#items = cursor === null ? items : [...this.#items, ...items];
            this.#next = next;
            this.#problem = null;
        } catch (error) {
            if (this.#loading !== loading) return;
            this.#problem = error;
        }
        this.#loading = null;
        this.redraw();
    }

    #draw() {
        const focused = this.#list.querySelector(":focus")?.dataset.mention;
        const { t } = this.#app;
        const rows = (this.#items ?? []).map((mention) => this.#row(mention));
        if (this.#problem) rows.push(h("li.empty", {}, t("error.other", { code: this.#problem.code })));
        else if (rows.length === 0) rows.push(this.#empty());
        if (this.#next !== null && !this.#problem) {
            const more = h("button.link", { type: "button", on: { click: () => this.#load(this.#next) } }, t("staff.more"));
            rows.push(h("li.more", {}, more));
        }
        this.#list.replaceChildren(...rows);
        if (focused) this.#list.querySelector(`[data-mention="${CSS.escape(focused)}"]`)?.focus();
    }

    #row(mention) {
        const { t, format } = this.#app;
        const isUnread = mention.unread && this.#mentions.model.has(mention.room);
        const place = placeOf(mention, this.#app, (customer) => nameOf(customer, t));
        const button = h(
            "button.row",
            {
                type: "button",
                data: { mention: `${mention.room}:${mention.event}` },
                on: { click: () => this.#app.openHit(mention) },
            },
            avatar(mention.by),
            h(
                "span.row-main",
                {},
                h(
                    "span.row-top",
                    {},
                    h("strong", {}, bdi(nameOf(mention.by, t))),
                    h("time", { datetime: mention.at, title: format.moment(mention.at) }, format.brief(mention.at)),
                ),
                h(
                    "span.row-text",
                    {},
                    h("span.preview.is-long", {}, bdi(mention.text)),
                    isUnread ? mentionSign(t) : null,
                ),
                h("span.row-tags", {}, h("span", {}, bdi(place))),
            ),
        );
        button.classList.toggle("is-unread", isUnread);
        return h("li", {}, button);
    }

    #empty() {
        const { t } = this.#app;
        if (this.#items === null) return h("li.loading", { "aria-busy": "true" }, h("i"), h("i"), h("i"));
        return h("li.empty", {}, icon("at"), h("strong", {}, t("mentions.empty")), h("span", {}, t("mentions.empty.text")));
    }
}
