/** Plays a conversation with the assistant as a customer would meet it; nothing of it is kept or has any effect. */
import { HubError } from "../../sdk/errors.js";
import { bdi, h, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../../ui/problems.js";
import { richText } from "../../ui/rich-text.js";
import { checksInput } from "../form/checks-input.js";
import { Waiting } from "../parts/waiting.js";
import { AnswerView } from "./answer-view.js";
import { eventsOf } from "./event-reader.js";

/** As the API allows it (docs: PlaygroundRoutes). */
const MAX_TEXT = 4_000;
const MAX_MESSAGES = 100;
const TONES = ["friendly", "formal", "plain"];
const LANGUAGES = ["ar", "en", "ur", "hi", "bn", "tl", "id", "tr", "fa", "fr"];

export function playground(app) {
    return new Playground(app);
}

class Playground {
    element;
    tools;
    #app;
    /** What was said so far: `{role, text}`. */
    #said = [];
    #talk;
    #box;
    #send;
    #options = { instructions: "", tone: "", languages: [] };
    #leaving = null;

    constructor(app) {
        const { t } = app;
        this.#app = app;
        this.#talk = h("div.talk", { role: "log", "aria-label": t("play.talk"), hidden: true });
        this.#box = h("textarea.input", {
            name: "text",
            rows: 2,
            dir: "auto",
            maxlength: MAX_TEXT,
            "aria-label": t("play.write"),
            placeholder: t("play.write"),
            on: { keydown: (event) => this.#key(event) },
        });
        this.#send = h("button.button", { type: "submit" }, icon("send"), t("play.send"));
        this.tools = [
            h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#anew() } }, icon("plus"), t("play.anew")),
        ];
        this.element = h(
            "div.stack.playground",
            {},
            h("p.lead", {}, t("play.lead")),
            h(
                "section.panel",
                { "aria-label": t("play.talk") },
                this.#talk,
                h("form.talk-form", { on: { submit: (event) => this.#submit(event) } }, this.#box, this.#send),
            ),
            this.#settings(),
        );
    }

    get isDirty() {
        return this.#box.value.trim() !== "" || this.#options.instructions !== "";
    }

    close() {
        this.#leaving?.abort();
    }

    /** What is tried in place of what is kept. */
    #settings() {
        const { t, format } = this.#app;
        const instructions = h("textarea.input", { id: "play-instructions", name: "instructions", rows: 4, dir: "auto", maxlength: MAX_TEXT });
        instructions.addEventListener("input", () => (this.#options.instructions = instructions.value.trim()));
        const tone = h(
            "select.input",
            { id: "play-tone", name: "tone" },
            h("option", { value: "" }, t("play.asKept")),
            ...TONES.map((value) => h("option", { value }, t(`shop.tone.${value}`))),
        );
        tone.addEventListener("change", () => (this.#options.tone = tone.value));
        const options = LANGUAGES.map((value) => ({ value, label: format.language(value) }));
        const languages = checksInput(this.#app, { options }, { onChange: (values) => (this.#options.languages = values) });
        return h(
            "details.panel.form-more",
            {},
            h("summary", {}, t("play.instead")),
            h("p.form-text", {}, t("play.instead.text")),
            h("div.form-field", {}, h("label.field-name", { for: "play-instructions" }, t("assist.instructions")), instructions),
            h("div.form-field", {}, h("label.field-name", { for: "play-tone" }, t("play.tone")), tone),
            h(
                "div.form-field",
                { role: "group", "aria-labelledby": "play-languages" },
                h("span.field-name", { id: "play-languages" }, t("play.languages")),
                languages.element,
            ),
        );
    }

    #key(event) {
        if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.#send.form.requestSubmit();
    }

    #submit(event) {
        event.preventDefault();
        const text = this.#box.value.trim();
        if (text === "" || this.#leaving) return;
        this.#box.value = "";
        this.#said.push({ role: "user", text });
        this.#talk.hidden = false;
        this.#talk.append(h("div.talk-turn.is-customer", {}, h("span.talk-who", {}, this.#app.t("play.customer")), richText(text)));
        this.#ask();
    }

    #anew() {
        this.#leaving?.abort();
        this.#said = [];
        this.#talk.replaceChildren();
        this.#talk.hidden = true;
        this.#box.focus();
    }

    async #ask() {
        const { t } = this.#app;
        const leaving = (this.#leaving = new AbortController());
        const said = this.#said;
        const answer = new AnswerView(this.#app);
        const waiting = new Waiting(this.#app, t("play.waiting"), () => leaving.abort());
        this.#talk.append(answer.element);
        answer.waits(waiting.element);
        answer.element.scrollIntoView({ block: "nearest" });
        setAttribute(this.#send, "aria-disabled", "true");
        try {
            await this.#app.rest.send("POST", "/ai/test", this.#body(), {
                signal: leaving.signal,
                headers: { Accept: "text/event-stream" },
                read: (response) => this.#read(response, answer),
            });
            if (answer.text !== "") said.push({ role: "assistant", text: answer.text.slice(0, MAX_TEXT) });
        } catch (error) {
            this.#fail(answer, error);
        } finally {
            waiting.end();
            if (this.#leaving === leaving) {
                this.#leaving = null;
                setAttribute(this.#send, "aria-disabled", null);
            }
        }
    }

    #body() {
        const { instructions, tone, languages } = this.#options;
        return {
            messages: this.#said.slice(-MAX_MESSAGES),
            ...(instructions === "" ? {} : { instructions: instructions.replace(/\s*\n\s*/g, " ") }),
            ...(tone === "" ? {} : { tone }),
            ...(languages.length === 0 ? {} : { languages }),
        };
    }

    async #read(response, answer) {
        let isWhole = false;
        for await (const { name, data } of eventsOf(response.body)) {
            const document = JSON.parse(data);
            if (name === "problem") throw new HubError(document.code, document.detail, { status: document.status });
            answer.take({ name, data: document });
            isWhole ||= name === "done";
        }
        if (!isWhole) throw new HubError("network", "the answer broke off");
    }

    #fail(answer, error) {
        const { t } = this.#app;
        const isSaid = ["conflict", "unavailable", "rate_limited", "invalid"].includes(error.code) && error.message !== error.code;
        const again = h("button.link", { type: "button" }, t("settings.retry"));
        again.addEventListener("click", () => {
            if (this.#leaving) return;
            answer.element.remove();
            this.#ask();
            this.#box.focus();
        });
        answer.fail(
            h("p", {}, error.code === "conflict" ? t("play.noModel") : error.code === "left" ? t("play.left") : failureWords(t, error)),
            isSaid && h("p.row-more", {}, bdi(error.message)),
            again,
        );
    }
}
