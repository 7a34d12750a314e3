/** One canned reply, or a new one, with what customers would read. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { conflictAt, failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { teamOptions } from "../people/users.js";
import { writeRoute } from "../router.js";
import { filledWith, VARIABLES, written } from "./reply-variables.js";

/** As the API allows it (docs: CannedReplyDescription). */
const MAX_SHORTCUT = 40;
const MAX_TEXT = 8_000;
const TEXTS = ["text_ar", "text_en"];
const FIRST = { shortcut: "", text_ar: "", text_en: "", team: null };

export async function reply(app, id) {
    const { t, rest, may, toast } = app;
    const isNew = id === "new";
    const path = `/canned-replies/${encodeURIComponent(id)}`;
    const key = makeMid();
    let [kept, teams] = await Promise.all([isNew ? null : rest.get(path), may("users:read") ? teamOptions(app) : []]);
    const isReadOnly = !may("desk:manage");
    const preview = h("div.reply-previews", {});
    let form = null;
    form = new Form(app, {
        groups: groups(app, teams, kept),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("replies.make") : undefined,
        onChange: () => form && drawPreview(),
        async save(values, patch) {
            try {
                if (isNew) {
                    const made = await rest.send("POST", "/canned-replies", bodyOf(values), { headers: { "Idempotency-Key": key } });
                    toast(t("replies.made"));
                    // The form holds nothing any more that leaving could lose.
                    setTimeout(() => app.go("replies", [made.id]));
                    return valuesOf(made);
                }
                kept = await rest.send("PATCH", path, bodyOf(patch), { version: kept.version });
                return valuesOf(kept);
            } catch (error) {
                throw conflictAt(error, "shortcut");
            }
        },
        reload,
    });
    drawPreview();
    const remove = h("button.button.is-danger", { type: "button", on: { click: take } }, t("replies.remove"));
    return {
        title: isNew ? t("replies.make") : `/${kept.shortcut}`,
        back: writeRoute("replies"),
        element: h(
            "div.stack",
            {},
            h(
                "section.panel",
                { "aria-label": t("replies.texts") },
                isReadOnly && h("p.field-hint", {}, t("replies.readOnly")),
                !isReadOnly && variables(app, form),
                form.element,
            ),
            h("section.panel", { "aria-labelledby": "preview-title" }, h("h2", { id: "preview-title" }, t("replies.preview")), preview),
            !isNew &&
                !isReadOnly &&
                h("section.panel", {}, h("h2", {}, t("replies.remove")), h("p.field-hint", {}, t("replies.remove.text")), remove),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function drawPreview() {
        const shown = TEXTS.filter((name) => form.state.value(name).trim() !== "");
        preview.replaceChildren(
            ...shown.map((name) => h("p.reply-preview", { dir: "auto", data: { text: name } }, ...previewNodes(t, form.state.value(name)))),
            ...(shown.length === 0 ? [h("p.field-hint", {}, t("replies.preview.none"))] : []),
        );
    }

    async function reload() {
        kept = await rest.get(path);
        return valuesOf(kept);
    }

    async function take() {
        if (!(await confirm(t, t("replies.remove.ask", { name: isolate(`/${kept.shortcut}`) }), t("replies.remove")))) return;
        try {
            await rest.send("DELETE", path, undefined, { version: kept.version });
            form.discard();
            toast(t("replies.removed"));
            app.go("replies");
        } catch (error) {
            toast(failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }
}

const valuesOf = ({ shortcut, text_ar, text_en, team }) => ({ shortcut, text_ar: text_ar ?? "", text_en: text_en ?? "", team });

/** The body of a request: agents type the stroke, and a text that is empty is none. Pure, for tests. */
export function bodyOf(values) {
    const body = { ...values };
    if ("shortcut" in body) body.shortcut = body.shortcut.trim().replace(/^\//, "");
    for (const name of TEXTS) if (name in body) body[name] = body[name].trim() === "" ? null : body[name];
    return body;
}

function groups({ t }, teams, kept) {
    const options = [{ value: null, label: t("replies.everybody") }, ...teams];
    if (kept?.team && !teams.some(({ value }) => value === kept.team)) options.push({ value: kept.team, label: kept.team });
    const text = (name, more) => ({
        name,
        kind: "prose",
        rows: 5,
        label: t(`replies.${name}`),
        maxLength: MAX_TEXT,
        problems: { unknown: "replies.problem.variable", format: "replies.problem.brace", required: "replies.problem.text" },
        ...more,
    });
    return [
        {
            fields: [
                {
                    name: "shortcut",
                    kind: "text",
                    label: t("replies.shortcut"),
                    hint: t("replies.shortcut.hint"),
                    isRequired: true,
                    maxLength: MAX_SHORTCUT,
                    problems: { format: "replies.problem.shortcut", conflict: "replies.problem.taken" },
                },
                text("text_ar", { hint: t("replies.text.hint") }),
                text("text_en"),
                { name: "team", kind: "choice", label: t("replies.team"), hint: t("replies.team.hint"), options },
            ],
        },
    ];
}

/** Puts a variable where one was writing last. */
function variables({ t }, form) {
    let box = null;
    form.element.addEventListener("focusin", ({ target }) => {
        if (TEXTS.includes(target.name)) box = target;
    });
    const insert = (name) => {
        const target = box ?? form.element.elements.namedItem(TEXTS[0]);
        target.setRangeText(written(name), target.selectionStart, target.selectionEnd, "end");
        target.dispatchEvent(new Event("input", { bubbles: true }));
        target.focus();
    };
    return h(
        "div.variables",
        { role: "group", "aria-labelledby": "variables-title" },
        h("span.field-name", { id: "variables-title" }, t("replies.variables")),
        h(
            "div.variable-list",
            {},
            ...VARIABLES.map((name) =>
                h(
                    "button.button.is-plain.is-small",
                    { type: "button", title: written(name), data: { variable: name }, on: { click: () => insert(name) } },
                    t(`replies.variable.${name}`),
                ),
            ),
        ),
    );
}

function previewNodes(t, text) {
    return filledWith(text, (name) => t(`replies.sample.${name}`)).map(({ kind, text: piece }) => {
        if (kind === "text") return piece;
        return kind === "value" ? bdi(piece) : h("mark.unknown-variable", {}, bdi(piece));
    });
}
