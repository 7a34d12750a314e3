/** One answer of the assistant while it is tried: the text as it grows, the tools that were called, what it took. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { richText } from "../../ui/rich-text.js";

/** Tools that have words of their own. */
const TOOLS = new Set(["search_products", "search_articles", "hand_over"]);

export class AnswerView {
    element;
    #app;
    #text = "";
    #shown = h("p.text", { dir: "auto" });
    #body;
    #tools = h("ul.talk-tools", {});
    #foot = h("div.talk-foot", {});

    constructor(app) {
        const { t } = app;
        this.#app = app;
        this.#body = h("div.talk-text", {}, this.#shown);
        this.#tools.hidden = true;
        this.#tools.setAttribute("aria-label", t("play.tools"));
        this.element = h(
            "div.talk-turn.is-assistant",
            // What grows word by word is read when it is whole.
            { "aria-busy": "true" },
            h("span.talk-who", {}, icon("spark"), t("assistant.name")),
            this.#tools,
            this.#body,
            this.#foot,
        );
    }

    get text() {
        return this.#text;
    }

    /** @param {{name: string, data: object}} event as the hub streams it */
    take({ name, data }) {
        if (name === "delta") this.#grow(this.#text + data.t);
        else if (name === "take_back") this.#grow("");
        else if (name === "tool_call") this.#called(data);
        else if (name === "done") this.#done(data);
    }

    /** @param {Array<Node>} parts what went wrong, and what can be done */
    fail(...parts) {
        this.element.removeAttribute("aria-busy");
        this.#grow("");
        this.element.classList.add("is-failed");
        this.#body.replaceChildren(icon("alert"), h("div", { role: "alert" }, ...parts));
    }

    waits(element) {
        this.#foot.replaceChildren(element);
    }

    #grow(text) {
        this.#text = text;
        this.#shown.textContent = text;
    }

    #called({ name, arguments: given, result }) {
        const { t } = this.#app;
        this.#tools.hidden = false;
        const part = (key, text) => [
            h("p.code-name", {}, t(key)),
            h("pre.code-block", { dir: "ltr", tabindex: 0, role: "region", "aria-label": t(key) }, pretty(text)),
        ];
        this.#tools.append(
            h(
                "li",
                {},
                h(
                    "details.talk-tool",
                    { data: { tool: name } },
                    h("summary", {}, icon("search"), TOOLS.has(name) ? t(`play.tool.${name}`) : "", " ", h("code", { dir: "ltr" }, name)),
                    ...part("play.arguments", given),
                    ...part("play.result", result),
                ),
            ),
        );
    }

    #done(answer) {
        const { t, format } = this.#app;
        const { text, handover, usage, cost_micros: micros, currency, version } = answer;
        this.#text = text ?? "";
        const tokens = usage.prompt_tokens + usage.completion_tokens;
        const facts = [
            t(usage.estimated ? "play.tokens.about" : "play.tokens", { n: tokens, number: format.number(tokens) }),
            micros > 0 && currency && bdi(format.cost(micros, currency)),
            version === null ? t("play.ownInstructions") : t("play.version", { n: format.number(version) }),
        ].filter(Boolean);
        this.#body.replaceChildren(
            ...[
                text !== null && richText(text),
                handover && this.#handover(handover),
                text === null && !handover && h("p.field-hint", {}, t("play.silent")),
            ].filter(Boolean),
        );
        this.#foot.replaceChildren(h("p.row-more", {}, ...facts.flatMap((fact, index) => (index > 0 ? [" · ", fact] : [fact]))));
        this.element.removeAttribute("aria-busy");
    }

    #handover({ reason, summary }) {
        const { t } = this.#app;
        return h(
            "div.notice-line",
            {},
            icon("people"),
            h("div", {}, h("strong", {}, t(`play.handover.${reason}`)), summary && h("p", { dir: "auto" }, summary)),
        );
    }
}

/** JSON as people read it; what is none stays as it is. */
function pretty(text) {
    try {
        return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
        return text;
    }
}
