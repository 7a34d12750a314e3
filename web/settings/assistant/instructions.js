/** What the assistant is told of its manner and of the shop, and every version of it. */
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { textDiff } from "./text-diff.js";

const PATH = "/settings/assistant.instructions";
/** As the API allows it (docs: ShopSetting). */
const MAX_LENGTH = 4_000;

export async function instructions(app) {
    const page = new Instructions(app);
    await page.load();
    return page;
}

/** The hub keeps one paragraph. Pure, for tests. */
export const oneParagraph = (text) => text.trim().replace(/\s*\n\s*/g, " ");

class Instructions {
    element;
    #app;
    #setting;
    #changes;
    #form;
    #list = h("ol.rows", {});
    #none;
    #reset;

    constructor(app) {
        this.#app = app;
    }

    get isDirty() {
        return this.#form.isDirty;
    }

    async load() {
        const { t, rest, may } = this.#app;
        const [setting, history] = await Promise.all([rest.get(PATH), rest.get(`${PATH}/history`)]);
        this.#setting = setting;
        this.#changes = history.items;
        const isReadOnly = !may("settings:write");
        this.#reset = h("button.button.is-plain", { type: "button", on: { click: () => this.#standard() } }, t("assist.reset"));
        this.#form = new Form(this.#app, {
            groups: [
                {
                    fields: [
                        {
                            name: "value",
                            kind: "prose",
                            rows: 8,
                            label: t("assist.instructions"),
                            hint: t("assist.instructions.hint"),
                            maxLength: MAX_LENGTH,
                            isRequired: true,
                            problems: { too_long: "assist.problem.length" },
                        },
                    ],
                },
            ],
            values: { value: setting.value },
            isReadOnly,
            save: async ({ value }) => {
                const kept = await rest.send("PATCH", PATH, { value: oneParagraph(value) }, { version: this.#setting.version });
                await this.#took(kept);
                return { value: kept.value };
            },
            reload: async () => {
                await this.#took(await rest.get(PATH));
                return { value: this.#setting.value };
            },
            actions: isReadOnly ? undefined : [this.#reset],
        });
        this.#none = h("p.field-hint", {}, t("assist.versions.none"));
        this.element = h(
            "div.stack",
            {},
            h("p.lead", {}, t("assist.instructions.lead")),
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), this.#form.element),
            h(
                "section",
                { "aria-labelledby": "versions-title" },
                h("h2", { id: "versions-title" }, t("assist.versions")),
                this.#none,
                this.#list,
            ),
        );
        this.#draw();
    }

    close() {
        this.#form.close();
    }

    async #took(setting) {
        const { items } = await this.#app.rest.get(`${PATH}/history`);
        this.#setting = setting;
        this.#changes = items;
        this.#draw();
    }

    #draw() {
        this.#reset.hidden = this.#setting.is_default;
        this.#none.hidden = this.#changes.length > 0;
        this.#list.replaceChildren(...this.#changes.map((change) => this.#row(change)));
    }

    /** Null stands for what the hub came with. */
    #text(value) {
        return value ?? this.#setting.default;
    }

    #row(change) {
        const { t, format, may } = this.#app;
        const { version, at, by, after } = change;
        const isNow = version === this.#setting.version;
        const compared = h("div.diff", { dir: "auto" });
        const choice = h(
            "select.input",
            { name: "against", on: { change: () => draw() } },
            h("option", { value: "before" }, t("assist.against.before")),
            !isNow && h("option", { value: "now" }, t("assist.against.now")),
        );
        const draw = () => {
            const [was, is] =
                choice.value === "now"
                    ? [this.#text(after), this.#setting.value]
                    : [this.#text(change.before), this.#text(after)];
            compared.replaceChildren(...diffNodes(t, was, is));
        };
        draw();
        const restore = h("button.button.is-plain.is-small", { type: "button", on: { click: () => this.#restore(version) } }, t("assist.restore"));
        return h(
            "li.row.version-row",
            { data: { version } },
            h(
                "details",
                {},
                h(
                    "summary",
                    {},
                    h("strong", {}, t("assist.version", { n: format.number(version) })),
                    isNow && h("span.chip", { data: { outcome: "ok" } }, t("assist.version.now")),
                    h("span.version-by", {}, bdi(by.name)),
                    h("time.audit-time", { datetime: at, title: format.moment(at) }, format.stamp(at)),
                ),
                h(
                    "div.version-more",
                    {},
                    h("label.filter", {}, h("span", {}, t("assist.against")), choice),
                    compared,
                    !isNow && may("settings:write") && h("div.form-actions", {}, restore),
                ),
            ),
        );
    }

    async #restore(version) {
        const { t, format } = this.#app;
        const question = t("assist.restore.ask", { n: format.number(version) });
        await this.#go(question, t("assist.restore"), "POST", `${PATH}/versions/${version}/restore`, "assist.restored");
    }

    async #standard() {
        const { t } = this.#app;
        await this.#go(t("assist.reset.ask"), t("assist.reset"), "DELETE", PATH, "assist.reset.done");
    }

    /** Makes another version; what is typed meanwhile stays typed. */
    async #go(question, action, method, path, done) {
        const { t, rest, toast } = this.#app;
        if (!(await confirm(t, question, action))) return;
        try {
            const kept = await rest.send(method, path, undefined, { version: this.#setting.version });
            await this.#took(kept);
            this.#form.theirs({ value: kept.value });
            toast(t(done));
            // The row that asked was drawn anew.
            this.#list.querySelector("summary")?.focus();
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code !== "stale") return;
            await this.#took(await rest.get(PATH));
            this.#form.theirs({ value: this.#setting.value });
        }
    }
}

/** What is gone and what is new, also for those who hear it. */
function diffNodes(t, was, is) {
    const pieces = textDiff(was, is);
    if (pieces.every(({ kind }) => kind === "same")) return [h("p.field-hint", {}, t("assist.same")), h("p", {}, is)];
    const said = { gone: "assist.diff.gone", new: "assist.diff.new" };
    return pieces.flatMap(({ kind, text }) => {
        if (kind === "same") return [text];
        const tag = kind === "gone" ? "del" : "ins";
        return [h(tag, {}, h("span.sr-only", {}, `${t(said[kind])} `), text)];
    });
}
