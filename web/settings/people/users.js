/** Members of staff: all of them, one of them, or a new one. */
import { avatar } from "../../ui/avatar.js";
import { bdi, h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";
import { invitation } from "./invitation.js";
import { user } from "./user.js";

export const ROLES = ["agent", "supervisor", "admin"];

export function open(app, { path: [id], query }) {
    if (id === "new" && app.may("users:manage")) return invitation(app);
    return id === undefined ? overview(app, query) : user(app, id);
}

/** Teams to choose from; they are few. */
export async function teamOptions({ rest, lang }) {
    const { items } = await rest.get("/teams?limit=200");
    return items.map((team) => ({ value: team.id, label: nameIn(lang, team) }));
}

async function overview(app, query) {
    const { t } = app;
    const teams = await teamOptions(app);
    const list = new PagedList(app, { path: "/users", row: (account) => row(app, account, teams), none: t("users.none") });
    const chosen = filters(app, fields(t, teams), query, (values) => {
        app.note("users", [], values);
        list.show({ sort: "name", ...values });
    });
    await list.show({ sort: "name", ...chosen.values });
    return {
        title: t("section.users"),
        tools: app.may("users:manage") ? [h("a.button", { href: writeRoute("users", ["new"]) }, icon("plus"), t("users.invite"))] : [],
        element: h("div", {}, h("p.lead", {}, t("users.lead")), chosen.element, list.element),
        close: () => list.close(),
    };
}

const fields = (t, teams) => {
    const all = { value: "", label: t("filter.all") };
    return [
        { name: "q", kind: "search", label: t("filter.search"), placeholder: t("users.search") },
        { name: "role", kind: "choice", label: t("users.role"), options: [all, ...ROLES.map((value) => ({ value, label: t(`role.${value}`) }))] },
        { name: "team", kind: "choice", label: t("users.team"), options: [all, ...teams] },
        {
            name: "disabled",
            kind: "choice",
            label: t("users.state"),
            options: [all, { value: "false", label: t("users.active") }, { value: "true", label: t("users.disabled") }],
        },
    ];
};

function row({ t, session }, account, teams) {
    const { id, name, email, role, disabled, invited } = account;
    const inTeams = teams.filter(({ value }) => account.teams.includes(value));
    return h(
        "li.row.user-row",
        { data: { user: id } },
        avatar(account),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("users", [id]) }, bdi(name)),
                id === session.me.id && h("span.chip", {}, t("users.you")),
                h("span.chip", { data: { role } }, t(`role.${role}`)),
                disabled && h("span.chip", { data: { state: "off" } }, t("users.disabled")),
                invited && !disabled && h("span.chip", { data: { state: "partial" } }, t("users.invited")),
            ),
            h("p.row-more", {}, bdi(email, "ltr"), ...inTeams.flatMap(({ label }) => [" · ", bdi(label)])),
        ),
    );
}
