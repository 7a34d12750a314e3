/**
 * A form over something that the hub keeps: it saves, says what is wrong beside the field, and loses nothing.
 *
 * What was typed stays through failures of the network and of the hub. When somebody else saved
 * meanwhile (`stale`), their values are fetched and laid under what was typed; where both changed the
 * same field, both are shown and one is chosen.
 */
import { h, setAttribute } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords, problemsOf } from "../../ui/problems.js";
import { Field } from "./field.js";
import { FormState, isSame } from "./form-state.js";

export class Form {
    element;
    state;
    #app;
    #options;
    #fields = new Map();
    #banner = h("div.form-banner", { role: "alert", tabindex: -1, hidden: true });
    #status = h("span.form-status", { role: "status" });
    #save;
    #discard;
    #isSaving = false;
    #isAway = false;
    #onOnline = () => this.#cameBack();

    /**
     * @param {object} app
     * @param {object} options
     * @param {Array<{title?, text?, isFolded?, fields: object[]}>} options.groups of fields, see field.js
     * @param {object} options.values what is kept
     * @param {(values, patch) => Promise<object>} options.save resolves with the values as they are kept then
     * @param {() => Promise<object>} [options.reload] what is kept by now
     * @param {string} [options.root] where the fields stand in the body that `save` sends
     * @param {string} [options.submit] what the button says
     * @param {boolean} [options.isNew] nothing is kept yet: it may be sent as it is
     * @param {boolean} [options.isReadOnly]
     * @param {Array<Node>} [options.actions] beside the buttons
     * @param {() => void} [options.onChange] after each change
     * @param {(error) => ?string} [options.words] what is said of a failure as a whole, where that has words of its own
     */
    constructor(app, options) {
        this.#app = app;
        this.#options = { root: "", ...options };
        this.state = new FormState(options.values);
        const { t } = app;
        this.#save = h("button.button", { type: "submit" }, options.submit ?? t("form.save"));
        this.#discard = h(
            "button.button.is-plain",
            { type: "button", on: { click: () => this.discard() } },
            t("form.discard"),
        );
        const bar = h("div.form-actions", {}, this.#save, this.#discard, ...(options.actions ?? []), this.#status);
        this.element = h(
            "form.form",
            { novalidate: true, on: { submit: (event) => this.#submit(event) } },
            this.#banner,
            ...options.groups.map((group) => this.#group(group)),
            options.isReadOnly && !options.actions ? null : bar,
        );
        if (options.isReadOnly) this.#save.remove();
        this.#show();
        addEventListener("online", this.#onOnline);
    }

    get isDirty() {
        return this.state.isDirty;
    }

    close() {
        removeEventListener("online", this.#onOnline);
    }

    focus(name) {
        (this.#fields.get(name) ?? [...this.#fields.values()][0])?.focus();
    }

    discard() {
        this.state.reset(Object.fromEntries(this.state.names.map((name) => [name, this.state.kept(name)])));
        this.#clear();
        this.#show();
        this.#say("form.discarded");
    }

    /** What the hub says is wrong, beside the fields. @returns {boolean} whether it was about fields */
    complain(error, root = this.#options.root) {
        const { byField, others } = problemsOf(error, root);
        const wrong = [...byField].filter(([name]) => this.#fields.has(name));
        for (const [name, field] of this.#fields) field.complain(byField.get(name) ?? null);
        const rest = [...others, ...[...byField].filter(([name]) => !this.#fields.has(name)).map(([, each]) => each)];
        if (wrong.length === 0 && rest.length === 0) return false;
        const { t } = this.#app;
        this.#warn(
            h("strong", {}, t("form.wrong", { n: wrong.length + rest.length })),
            h(
                "ul",
                {},
                ...wrong.map(([name]) => h("li", {}, this.#linkTo(name))),
                ...rest.map(({ detail }) => h("li", {}, h("bdi", { dir: "auto" }, detail))),
            ),
        );
        for (const [name] of wrong) this.#fields.get(name).element.closest("details")?.setAttribute("open", "");
        if (wrong.length > 0) this.#fields.get(wrong[0][0]).focus();
        return true;
    }

    /**
     * Somebody else saved these values.
     * @returns {boolean} whether that is news to who has typed something
     */
    theirs(values) {
        const isNews = this.isDirty && this.state.names.some((name) => !isSame(values[name], this.state.kept(name)));
        const clashes = this.state.rebase(values);
        this.#show();
        if (!isNews && clashes.length === 0) return false;
        const { t } = this.#app;
        this.#warn(
            h("strong", {}, t("clash.title")),
            h("span", {}, clashes.length > 0 ? t("clash.choose", { n: clashes.length }) : t("clash.merged")),
        );
        if (clashes.length > 0) this.#fields.get(clashes[0].name)?.element.scrollIntoView({ block: "center" });
        return true;
    }

    /** Says what went wrong as a whole. */
    fail(error) {
        this.#isAway = ["network", "offline"].includes(error.code);
        this.#warn(h("span", {}, this.#options.words?.(error) ?? failureWords(this.#app.t, error)));
    }

    #group({ title, text, isFolded, fields }) {
        const views = fields.map((spec) => {
            const field = new Field(this.#app, { isReadOnly: this.#options.isReadOnly, ...spec }, (value) =>
                this.#changed(spec.name, value),
            );
            this.#fields.set(spec.name, field);
            return field.element;
        });
        if (isFolded) return h("details.form-more", {}, h("summary", {}, title), text && h("p.form-text", {}, text), ...views);
        return h("div.form-group", {}, title && h("h2.form-title", {}, title), text && h("p.form-text", {}, text), ...views);
    }

    #changed(name, value) {
        this.state.set(name, value);
        this.#fields.get(name).complain(null);
        this.#status.textContent = "";
        this.#drawActions();
        this.#options.onChange?.();
    }

    #show() {
        const clashes = new Map(this.state.clashes.map((clash) => [clash.name, clash]));
        for (const [name, field] of this.#fields) {
            field.show(this.state.value(name), this.state.kept(name));
            field.showClash(clashes.get(name) ?? null, (isMine) => this.#decide(name, isMine));
        }
        this.#drawActions();
        this.#options.onChange?.();
    }

    #decide(name, isMine) {
        this.state.take(name, isMine);
        this.#show();
        if (this.state.clashes.length === 0) this.#clear();
        this.#fields.get(name).focus();
    }

    #drawActions() {
        // Not `disabled`: that would take the focus away from whoever has just saved.
        const mayBeSent = this.isDirty || this.#options.isNew;
        setAttribute(this.#save, "aria-disabled", this.#isSaving || !mayBeSent ? "true" : null);
        this.#discard.hidden = !this.isDirty || this.#options.isNew === true;
        this.element?.classList.toggle("is-dirty", this.isDirty);
    }

    async #submit(event) {
        event.preventDefault();
        if (this.#save.getAttribute("aria-disabled") === "true") return;
        if (this.state.clashes.length > 0) return this.theirs(this.#kept());
        this.#busy(true);
        this.#clear();
        const sent = this.state.values;
        try {
            const values = await this.#send(sent);
            if (!values) return;
            this.state.saved(sent, values);
            this.#show();
            this.#say("form.saved");
        } catch (error) {
            if (!this.complain(error)) this.fail(error);
        } finally {
            this.#busy(false);
        }
    }

    /** @returns {Promise<?object>} the values as they are kept; null when somebody has to look first */
    async #send(sent) {
        const { save, reload } = this.#options;
        try {
            return await save(sent, this.state.patch);
        } catch (error) {
            if (error.code !== "stale" || !reload) throw error;
            // Another version that says the same in all fields here is no reason to ask anybody.
            return this.theirs(await reload()) ? null : await save(sent, this.state.patch);
        }
    }

    #kept() {
        return Object.fromEntries(this.state.names.map((name) => [name, this.state.kept(name)]));
    }

    #busy(isSaving) {
        this.#isSaving = isSaving;
        setAttribute(this.#save, "aria-busy", isSaving ? "true" : null);
        if (isSaving) this.#status.textContent = this.#app.t("form.saving");
        else if (this.#status.textContent === this.#app.t("form.saving")) this.#status.textContent = "";
        this.#drawActions();
    }

    #warn(...parts) {
        this.#banner.replaceChildren(icon("alert"), h("div", {}, ...parts));
        this.#banner.hidden = false;
        this.#banner.scrollIntoView({ block: "nearest" });
    }

    #clear() {
        this.#isAway = false;
        this.#banner.hidden = true;
        this.#banner.replaceChildren();
        for (const field of this.#fields.values()) field.complain(null);
    }

    #say(key) {
        this.#status.textContent = this.#app.t(key);
    }

    #cameBack() {
        if (!this.#isAway || !this.isDirty) return;
        this.#clear();
        this.#say("form.back");
    }

    #linkTo(name) {
        const field = this.#fields.get(name);
        return h("button.link", { type: "button", dir: "auto", on: { click: () => field.focus() } }, field.spec.label);
    }
}
