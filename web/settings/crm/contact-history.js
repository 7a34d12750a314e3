/** What happened with a contact, the newest first, and a note to be added. */
import { makeMid } from "../../sdk/ids.js";
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords } from "../../ui/problems.js";
import { writeRoute } from "../router.js";

const ICONS = { conversation: "chat", lead: "funnel", deal: "board", note: "edit", code: "gift", order: "bag" };
const MOST = 10_000;

/** Where the thing of an entry is; null for what has no page. Pure, for tests. */
export function placeOf({ kind, id }) {
    switch (kind) {
        case "conversation":
            return `/staff#/c/${encodeURIComponent(id)}`;
        case "lead":
            return writeRoute("leads", [id]);
        case "deal":
            return writeRoute("deals", [id]);
        case "order":
            return writeRoute("orders", [], { number: id });
        default:
            return null;
    }
}

export class ContactHistory {
    element;
    #app;
    #path;
    #list;
    #text;
    #problem = h("p.field-error", { id: "note-error", role: "alert", hidden: true });
    #key = makeMid();

    constructor(app, contact) {
        const { t, may } = app;
        this.#app = app;
        this.#path = `/crm/contacts/${encodeURIComponent(contact.id)}`;
        this.#list = new PagedList(app, {
            path: `${this.#path}/timeline`,
            limit: 20,
            tag: "ol.rows",
            row: (entry) => this.#row(entry),
            none: t("timeline.none"),
        });
        this.#text = h("textarea.input", { id: "note", name: "note", rows: 2, dir: "auto", maxlength: MOST, "aria-describedby": "note-error" });
        this.element = h(
            "section.panel",
            { "aria-labelledby": "timeline-title" },
            h("h2", { id: "timeline-title" }, t("timeline.title")),
            may("crm:write") &&
                h(
                    "form.note-form",
                    { on: { submit: (event) => this.#write(event) } },
                    h("label.field-name", { for: "note" }, t("timeline.note")),
                    this.#text,
                    this.#problem,
                    h("button.button.is-plain.is-small", { type: "submit" }, t("timeline.write")),
                ),
            this.#list.element,
        );
        this.#list.show();
    }

    get isDirty() {
        return this.#text.value.trim() !== "";
    }

    close() {
        this.#list.close();
    }

    async #write(event) {
        event.preventDefault();
        const { t, rest, announcer } = this.#app;
        const text = this.#text.value.trim();
        this.#problem.hidden = text !== "";
        this.#problem.textContent = t("problem.required");
        if (text === "") return this.#text.focus();
        try {
            await rest.send("POST", `${this.#path}/notes`, { text }, { headers: { "Idempotency-Key": this.#key } });
            this.#key = makeMid();
            this.#text.value = "";
            announcer.say(t("timeline.written"));
            await this.#list.show();
        } catch (error) {
            this.#problem.hidden = false;
            this.#problem.textContent = failureWords(t, error);
        }
    }

    #row(entry) {
        const { t, format } = this.#app;
        const { kind, id, at, text, state, amount, currency, by } = entry;
        const place = placeOf(entry);
        const title = kind === "order" ? id : kind === "note" ? null : text;
        const name = [t(`timeline.${kind}`), title && [" · ", bdi(title)]].filter(Boolean).flat();
        const stateKey = { deal: "deals", lead: "leads", order: "orders", code: "codes" }[kind];
        const more = [
            h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
            amount !== null && currency !== null && format.money(amount, currency),
            by && bdi(by),
        ].filter(Boolean);
        return h(
            "li.row.timeline-row",
            { data: { kind } },
            h("span.logo.is-small", {}, icon(ICONS[kind] ?? "info")),
            h(
                "div.row-body",
                {},
                h(
                    "p.row-title",
                    {},
                    place === null ? h("strong", {}, ...name) : h("a.row-link", { href: place }, ...name),
                    state && stateKey && h("span.chip", {}, t(`${stateKey}.state.${state}`)),
                ),
                kind === "note" && h("p.timeline-text", { dir: "auto" }, text ?? ""),
                h("p.row-more", {}, ...more.flatMap((each, index) => (index > 0 ? [" · ", each] : [each]))),
            ),
        );
    }
}
