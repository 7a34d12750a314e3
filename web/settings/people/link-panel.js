/** A link that was just made: it is shown this once, to be handed on. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { copyLine } from "../parts/copy-line.js";

export function linkPanel(app, { link, expires_at: expires }, title) {
    const { t, format } = app;
    return h(
        "div.link-panel",
        { role: "status", tabindex: -1 },
        h("strong", {}, icon("check"), title),
        // Without a public address of its own the hub gives the path alone.
        copyLine(app, new URL(link, location.origin).href, title),
        h("p.field-hint", {}, t("users.link.text", { time: format.moment(expires) })),
    );
}
