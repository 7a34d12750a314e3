/** The first steps of a shop: what is done, what is next, and the line for its page. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { copyLine } from "../parts/copy-line.js";
import { writeRoute } from "../router.js";
import { sectionIds } from "../sections.js";
import { stepsOf } from "./steps.js";

export async function open(app) {
    const { t } = app;
    // A step that leads nowhere is none.
    const places = sectionIds(app.may);
    const steps = stepsOf(await known(app)).filter(({ place: [section] }) => places.has(section));
    const done = steps.filter(({ isDone }) => isDone).length;
    const next = steps.find(({ isDone }) => !isDone);
    const line = `<script type="module" src="${location.origin}/widget.js" data-lang="ar"></script>`;
    return {
        title: t("section.start"),
        element: h(
            "div",
            {},
            h("p.lead", {}, t(next ? "start.lead" : "start.done", { done, n: steps.length })),
            h("progress.start-progress", { max: steps.length, value: done, "aria-label": t("start.progress") }),
            h("ol.rows.first-steps", {}, ...steps.map((step) => row(app, step, step === next))),
            h(
                "section.panel",
                {},
                h("h2", {}, t("start.embed")),
                h("p.field-hint", {}, t("start.embed.text")),
                copyLine(app, line, t("start.embed")),
            ),
        ),
    };
}

/** Everything is asked at once; what somebody may not see counts as not done. */
async function known({ rest, may }) {
    const countOf = async (right, path) => {
        if (!may(right)) return undefined;
        return (await rest.get(`${path}?limit=2`)).items.length;
    };
    const [settings, integrations, products, articles, replies, users] = await Promise.all([
        rest.get("/settings").then(({ items }) => items),
        rest.get("/integrations"),
        countOf("products:read", "/products"),
        countOf("articles:read", "/ai/articles"),
        countOf("chat", "/canned-replies"),
        countOf("users:read", "/users"),
    ]);
    return { settings, integrations, products, articles, replies, users };
}

function row({ t }, { id, place, isDone }, isNext) {
    return h(
        "li.row",
        { data: { step: id, state: isDone ? "done" : "open" }, "aria-current": isNext ? "step" : null },
        h("span.logo", {}, icon(isDone ? "check" : "bolt")),
        h(
            "div.row-body",
            {},
            h("p.row-title", {}, h("a.row-link", { href: writeRoute(...place) }, t(`start.${id}`))),
            h("p.row-more", {}, t(`start.${id}.text`)),
        ),
        h("span.chip", { data: { state: isDone ? "connected" : "pending" } }, t(isDone ? "start.isDone" : "start.isOpen")),
    );
}
