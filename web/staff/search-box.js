/** Searching all messages; the results take the place of the list. */
import { avatar } from "../ui/avatar.js";
import { bdi, h, iconButton } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { customerName } from "./customer.js";

/** A pause in typing this long starts the search. */
const PAUSE_MS = 250;
const MIN_CHARACTERS = 2;

export class SearchBox {
    element;
    results = h("div.list-pane", { hidden: true });
    #app;
    #input;
    #clear;
    #timer = null;
    #onToggle;

    /** @param {(isSearching: boolean) => void} onToggle */
    constructor(app, onToggle) {
        this.#app = app;
        this.#onToggle = onToggle;
        const { t } = app;
        this.#input = h("input", {
            type: "search",
            maxlength: 200,
            placeholder: t("staff.search"),
            "aria-label": t("staff.search"),
            on: {
                input: () => this.#changed(),
                keydown: (event) => {
                    if (event.key === "Escape") this.clear();
                },
            },
        });
        this.#clear = iconButton(icon("close"), t("staff.search.clear"), () => this.clear(), { hidden: true });
        this.element = h(
            "form.search",
            { role: "search", on: { submit: (event) => event.preventDefault() } },
            icon("search"),
            this.#input,
            this.#clear,
        );
    }

    focus() {
        this.#input.focus();
    }

    clear() {
        this.#input.value = "";
        this.#changed();
    }

    #changed() {
        clearTimeout(this.#timer);
        const query = this.#input.value.trim();
        const isSearching = query.length >= MIN_CHARACTERS;
        this.#clear.hidden = query === "";
        this.results.hidden = !isSearching;
        this.#onToggle(isSearching);
        if (isSearching) this.#timer = setTimeout(() => this.#search(query), PAUSE_MS);
    }

    async #search(query) {
        const { t, hub } = this.#app;
        let content;
        try {
            const { hits } = await hub.search(query);
            content =
                hits.length > 0
                    ? hits.map((hit) => this.#hit(hit))
                    : [h("li.empty", {}, t("staff.search.none", { q: query }))];
        } catch (error) {
            content = [h("li.empty", {}, t("error.other", { code: error.code }))];
        }
        if (this.#input.value.trim() !== query) return;
        this.results.replaceChildren(h("h2.list-title", {}, t("staff.search.results")), h("ul.rows", {}, ...content));
    }

    #hit(hit) {
        const { format } = this.#app;
        const button = h(
            "button.row",
            { type: "button", data: { hit: hit.seq }, on: { click: () => this.#app.openHit(hit) } },
            avatar(hit.by),
            h(
                "span.row-main",
                {},
                h(
                    "span.row-top",
                    {},
                    h("strong", {}, bdi(hit.by.name || this.#placeOf(hit))),
                    h("time", {}, format.brief(hit.at)),
                ),
                h("span.row-text", {}, h("span.preview.is-long", {}, bdi(hit.text))),
                h("span.row-tags", {}, h("span.assignee", {}, bdi(this.#placeOf(hit)))),
            ),
        );
        return h("li", {}, button);
    }

    /** The conversation or room of a hit, as far as it is known here. */
    #placeOf({ room }) {
        const { inbox, team, t } = this.#app;
        const conversation = inbox.model.get(room);
        if (conversation) return customerName(conversation, t);
        const internal = team.get(room);
        return internal ? team.titleOf(internal) : "";
    }
}
