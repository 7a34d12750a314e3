/** One article, or a new one: its text, and whether searches and the assistant find it. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { articleGroups, bodyOf, FIRST, valuesOf } from "./article-fields.js";

export async function article(app, id) {
    const { t, rest, may, toast, format } = app;
    const isNew = id === "new";
    const path = `/ai/articles/${encodeURIComponent(id)}`;
    const key = makeMid();
    let kept = isNew ? null : await rest.get(path);
    const isReadOnly = !may("articles:write");
    const form = new Form(app, {
        groups: articleGroups(app),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("articles.keep") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/ai/articles", bodyOf(values), { headers: { "Idempotency-Key": key } });
                toast(t("articles.made"));
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("articles", [made.id]));
                return valuesOf(made);
            }
            return valuesOf(await change(bodyOf(patch)));
        },
        reload,
    });
    const state = h("div.user-state", {});
    if (!isNew) drawState();
    return {
        title: isNew ? t("articles.make") : kept.title,
        back: writeRoute("articles"),
        element: h(
            "div.stack",
            {},
            !isNew && h("p.lead", {}, t("articles.times", { made: format.day(kept.created_at), changed: format.day(kept.updated_at) })),
            !isNew && h("section.panel", { "aria-labelledby": "state-title" }, h("h2", { id: "state-title" }, t("articles.state")), state),
            h("section.panel", { "aria-label": t("articles.text") }, isReadOnly && h("p.field-hint", {}, t("articles.readOnly")), form.element),
            !isNew && !isReadOnly && removal(),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function drawState() {
        const isOut = kept.state === "published";
        const words = isOut ? `articles.found.${kept.audience}` : "articles.isDraft";
        const turn = h(
            `button.button${isOut ? ".is-plain" : ""}`,
            { type: "button", on: { click: () => publish(!isOut) } },
            t(isOut ? "articles.unpublish" : "articles.publish"),
        );
        state.replaceChildren(
            h("p", { role: "status" }, h("span.chip", { data: { article: kept.state } }, t(`articles.state.${kept.state}`)), " ", t(words)),
            ...(isReadOnly ? [] : [h("div.form-actions", {}, turn)]),
        );
    }

    function removal() {
        const remove = h("button.button.is-danger", { type: "button", on: { click: take } }, t("articles.remove"));
        return h("section.panel", {}, h("h2", {}, t("articles.remove")), h("p.field-hint", {}, t("articles.remove.text")), remove);
    }

    async function change(patch) {
        kept = await rest.send("PATCH", path, patch, { version: kept.version });
        drawState();
        return kept;
    }

    async function reload() {
        kept = await rest.get(path);
        drawState();
        return valuesOf(kept);
    }

    /** What is published is what is kept: whoever has typed something saves it first. */
    async function publish(isWanted) {
        if (form.isDirty && isWanted) return toast(t("articles.saveFirst"));
        if (!isWanted && !(await confirm(t, t("articles.unpublish.ask"), t("articles.unpublish")))) return;
        try {
            const now = await change({ state: isWanted ? "published" : "draft" });
            if (!form.isDirty) form.theirs(valuesOf(now));
            toast(t(isWanted ? "articles.published" : "articles.unpublished"));
            state.querySelector("button")?.focus();
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }

    async function take() {
        if (!(await confirm(t, t("articles.remove.ask", { name: isolate(kept.title) }), t("articles.remove")))) return;
        try {
            await rest.send("DELETE", path, undefined, { version: kept.version });
            form.discard();
            toast(t("articles.removed"));
            app.go("articles");
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }
}
