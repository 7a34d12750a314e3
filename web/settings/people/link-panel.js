/** A link that was just made: it is shown this once, to be handed on. */
import { shownOnce } from "../parts/shown-once.js";

export function linkPanel(app, { link, expires_at: expires }, title) {
    const { t, format } = app;
    // Without a public address of its own the hub gives the path alone.
    const address = new URL(link, location.origin).href;
    return shownOnce(app, address, title, t("users.link.text", { time: format.moment(expires) }));
}
