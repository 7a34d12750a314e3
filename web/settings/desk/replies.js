/** Replies that agents use again and again: all of them, one of them, or a new one. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { teamOptions } from "../people/users.js";
import { writeRoute } from "../router.js";
import { reply } from "./reply.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : reply(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const teams = app.may("users:read") ? await teamOptions(app) : [];
    const list = new PagedList(app, { path: "/canned-replies", row: (each) => row(app, each, teams), none: t("replies.none") });
    const fields = [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("replies.search") },
        { name: "team", kind: "choice", label: t("replies.team"), options: [{ value: "", label: t("filter.all") }, ...teams] },
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("replies", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.replies"),
        tools: app.may("desk:manage") ? [h("a.button", { href: writeRoute("replies", ["new"]) }, icon("plus"), t("replies.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("replies.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function row({ t, lang }, { id, shortcut, team, text_ar: arabic, text_en: english }, teams) {
    const text = lang === "en" ? (english ?? arabic) : (arabic ?? english);
    const owner = teams.find(({ value }) => value === team)?.label ?? team;
    return h(
        "li.row.reply-row",
        { data: { reply: id } },
        h("span.logo", {}, icon("chat")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("replies", [id]) }, bdi(`/${shortcut}`)),
                h("span.chip", {}, team === null ? t("replies.everybody") : bdi(owner)),
            ),
            h("p.row-more.clamped", { dir: "auto" }, text),
        ),
    );
}
