/** What may be sold: a board of deals, one deal or a new one, and the stages that they go through. */
import { pipelinesOf } from "../../ui/crm/stages.js";
import { h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { icon } from "../../ui/icons.js";
import { filters } from "../parts/filters.js";
import { ownerFilter, staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { DealColumns } from "./deal-columns.js";
import { deal } from "./deal.js";
import { pipeline } from "./pipelines.js";

const STATES = ["open", "won", "lost"];
const SORTS = { "": "new", "-amount": "amount", expected_close_at: "close" };

export function open(app, { path: [id, more], query }) {
    if (id === "pipelines" && more !== undefined) return pipeline(app, more);
    return id === undefined ? overview(app, query) : deal(app, id, query);
}

async function overview(app, query) {
    const { t, may } = app;
    const [pipelines, staff] = await Promise.all([pipelinesOf(app), staffOf(app)]);
    const standing = pipelines.filter(({ id, archived }) => !archived || id === query.get("pipeline"));
    if (standing.length === 0) return empty(app);
    const place = h("div", {});
    const change = h("a.button.is-plain.is-small", {}, icon("gear"), t("pipelines.change"));
    let columns = null;
    let stage = query.get("stage");
    const chosen = filters(app, fields(app, standing, staff), query, (values) => show(values));
    await show(chosen.values);
    return {
        title: t("section.deals"),
        tools: [
            may("crm:manage") && h("a.link", { href: writeRoute("deals", ["pipelines", "new"]) }, t("pipelines.make")),
            may("crm:manage") && change,
            may("crm:write") && h("a.button", { href: writeRoute("deals", ["new"]) }, icon("plus"), t("deals.make")),
        ].filter(Boolean),
        element: h("div.board-view", {}, h("p.lead", {}, t(may("crm:write") ? "deals.lead" : "deals.lead.readOnly")), chosen.element, place),
        close: () => columns?.close(),
    };

    async function show({ pipeline: wanted, owner, state, sort }) {
        columns?.close();
        const found = standing.find(({ id }) => id === wanted) ?? standing[0];
        change.href = writeRoute("deals", ["pipelines", found.id]);
        const note = () => app.note("deals", [], { pipeline: wanted, owner, state, sort, stage });
        columns = new DealColumns(app, {
            pipeline: found,
            staff,
            filter: { pipeline: found.id, state: state || "open", owner },
            sort: sort || "-created_at",
            stage,
            onStage(shown) {
                stage = shown;
                note();
            },
        });
        place.replaceChildren(columns.element);
        if (place.isConnected) note();
        await columns.load();
    }
}

function fields(app, pipelines, staff) {
    const { t, lang } = app;
    return [
        pipelines.length > 1 && {
            name: "pipeline",
            kind: "choice",
            label: t("deals.pipeline"),
            options: pipelines.map((each, index) => ({ value: index === 0 ? "" : each.id, label: nameIn(lang, each) })),
        },
        ownerFilter(app, staff),
        {
            name: "state",
            kind: "choice",
            label: t("deals.state"),
            options: STATES.map((value) => ({ value: value === "open" ? "" : value, label: t(`deals.state.${value}`) })),
        },
        {
            name: "sort",
            kind: "choice",
            label: t("contacts.sort"),
            options: Object.entries(SORTS).map(([value, key]) => ({ value, label: t(`deals.sort.${key}`) })),
        },
    ].filter(Boolean);
}

function empty({ t, may }) {
    return {
        title: t("section.deals"),
        element: h(
            "div.blank",
            {},
            h("p", {}, t("pipelines.none")),
            may("crm:manage") && h("a.button", { href: writeRoute("deals", ["pipelines", "new"]) }, t("pipelines.make")),
        ),
    };
}
