/** Groups of staff that conversations are handed to. */
import { bdi, h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { team } from "./team.js";

export function open(app, { path: [id], query }) {
    return id === undefined ? overview(app, query) : team(app, id);
}

async function overview(app, query) {
    const { t } = app;
    const list = new PagedList(app, { path: "/teams", row: (each) => row(app, each), none: t("teams.none") });
    const search = [{ name: "q", kind: "search", label: t("filter.search"), placeholder: t("teams.search") }];
    const chosen = filters(app, search, query, (values) => {
        app.note("teams", [], values);
        list.show(values);
    });
    await list.show(chosen.values);
    return {
        title: t("section.teams"),
        tools: app.may("users:manage") ? [h("a.button", { href: writeRoute("teams", ["new"]) }, icon("plus"), t("teams.make"))] : [],
        element: h("div", {}, h("p.lead", {}, t("teams.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

function row({ t, lang }, { id, members, skills, ...names }) {
    return h(
        "li.row",
        { data: { team: id } },
        h("span.logo", {}, icon("people")),
        h(
            "div.row-body",
            {},
            h("p.row-title", {}, h("a.row-link", { href: writeRoute("teams", [id]) }, bdi(nameIn(lang, names)))),
            h("p.row-more", {}, t("team.count", { n: members.length }), ...skills.flatMap((skill) => [" · ", bdi(skill)])),
        ),
    );
}
