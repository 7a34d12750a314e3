/** All endpoints: whether each takes what it is told, and when it did so last. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { PagedList } from "../../ui/paged-list.js";
import { writeRoute } from "../router.js";
import { lastTry, stateOf } from "./state.js";

export async function overview(app) {
    const { t } = app;
    const list = new PagedList(app, { path: "/webhook-endpoints", row: (each) => row(app, each), none: t("hooks.none") });
    await list.show();
    return {
        title: t("section.webhooks"),
        tools: [h("a.button", { href: writeRoute("webhooks", ["new"]) }, icon("plus"), t("hooks.make"))],
        element: h("div", {}, h("p.lead", {}, t("hooks.lead")), list.element),
        close: () => list.close(),
    };
}

function row(app, each) {
    const { t } = app;
    const { id, host, description, events } = each;
    const state = stateOf(each);
    const last = h("p.row-more.hook-last", {});
    showLast(app, id, last);
    return h(
        "li.row.hook-row",
        { data: { endpoint: id } },
        h("span.logo", {}, icon("bolt")),
        h(
            "div.row-body",
            {},
            h(
                "p.row-title",
                {},
                h("a.row-link", { href: writeRoute("webhooks", [id]) }, bdi(description ?? host)),
                h("span.chip", { data: { hook: state } }, t(`hooks.state.${state}`)),
            ),
            h(
                "p.row-more",
                {},
                description !== null && [bdi(host, "ltr"), " · "],
                events.length === 0 ? t("hooks.events.all") : t("hooks.events.some", { n: events.length }),
            ),
            last,
        ),
    );
}

/** Comes after the row: it is asked for each endpoint by itself. */
async function showLast({ t, rest, format }, id, place) {
    const newest = async (state) => {
        const { items } = await rest.get(`/webhook-deliveries?${new URLSearchParams({ endpoint: id, state, limit: 1 })}`);
        return items[0] ?? null;
    };
    const [good, bad] = await Promise.all(["delivered", "failed"].map(newest)).catch(() => [null, null]);
    const parts = [
        ["hooks.last.good", good],
        ["hooks.last.bad", bad],
    ].flatMap(([key, delivery]) => {
        if (delivery === null) return [];
        const at = lastTry(delivery)?.at ?? delivery.created_at;
        return [h("span", {}, `${t(key)} `, h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)))];
    });
    place.replaceChildren(...parts.flatMap((part, index) => (index > 0 ? [" · ", part] : [part])));
}
