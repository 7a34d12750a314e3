/** What the hub keeps up at a service by itself: how that stands, and what is to be done. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";

const SIGNS = {
    good: ["check", "plain"],
    off: ["info", "plain"],
    waiting: ["clock", "warn"],
    failing: ["alert", "bad"],
};

/** Null for a service where there is nothing of the kind. */
export function upkeep(app, { upkeep: notes }) {
    const { t } = app;
    if (notes.length === 0) return null;
    return h(
        "section.panel.upkeep",
        { "aria-labelledby": "upkeep-title" },
        h("h2", { id: "upkeep-title" }, t("upkeep.title")),
        h("ul.card-facts", {}, ...notes.map((note) => line(app, note))),
    );
}

function line({ t, lang, format }, { matter, state, message, message_en: english, at }) {
    const [image, kind] = SIGNS[state];
    return h(
        "li",
        { data: { kind, matter, state } },
        icon(image),
        h(
            "span",
            {},
            h("strong", {}, t(`upkeep.${matter}`)),
            h("span.upkeep-text", { dir: "auto" }, lang === "en" ? english : message),
            at && h("span.upkeep-text", {}, t(`upkeep.${matter}.at`, { at: format.moment(at) })),
        ),
    );
}
