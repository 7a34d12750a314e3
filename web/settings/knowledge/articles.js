/** What the shop wrote down for its customers and its staff: all of it, one article, a new one, and what is found. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { AUDIENCES, LANGUAGES, STATES } from "./article-fields.js";
import { article } from "./article.js";
import { finder } from "./finder.js";

export function open(app, { path: [id], query }) {
    if (id === undefined) return overview(app, query);
    return id === "find" ? finder(app, query) : article(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/ai/articles", row: (each) => row(app, each), none: t("articles.none") });
    const chosen = filters(app, fields(t), query, (values) => {
        app.note("articles", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    const find = h("a.button.is-plain", { href: writeRoute("articles", ["find"]) }, icon("search"), t("articles.find"));
    const make = h("a.button", { href: writeRoute("articles", ["new"]) }, icon("plus"), t("articles.make"));
    return {
        title: t("section.articles"),
        tools: app.may("articles:write") ? [find, make] : [find],
        element: h("div", {}, h("p.lead", {}, t("articles.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function fields(t) {
    const all = { value: "", label: t("filter.all") };
    const choice = (name, values) => ({
        name,
        kind: "choice",
        label: t(`articles.${name}`),
        options: [all, ...values.map((value) => ({ value, label: t(`articles.${name}.${value}`) }))],
    });
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("articles.search") },
        choice("state", STATES),
        choice("audience", AUDIENCES),
        choice("language", LANGUAGES),
        { name: "tag", kind: "text", label: t("articles.tag") },
    ];
}

function row({ t, format }, { id, title, state, audience, language, tags, updated_at: at }) {
    return h(
        "li.row.article-row",
        { data: { article: id } },
        h("span.logo", {}, icon("file")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("articles", [id]) }, bdi(title)),
                h("span.chip", { data: { article: state } }, t(`articles.state.${state}`)),
                audience === "staff" && h("span.chip", {}, t("articles.audience.staff")),
            ),
            h(
                "p.row-more",
                {},
                t(`articles.language.${language}`),
                " · ",
                t("articles.updated", { time: format.day(at) }),
                ...tags.flatMap((tag) => [" · ", bdi(tag)]),
            ),
        ),
    );
}
