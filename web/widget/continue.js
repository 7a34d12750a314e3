/**
 * Goes on with a conversation by the link of an e-mail: `/continue#TOKEN`.
 *
 * The token stands behind `#`, so no server and no `Referer` ever sees it, and leaves the address
 * bar at once. It is exchanged for a token of this device: the same visitor, in the same room.
 */
import { catalogueOf } from "../i18n/catalogue.js";
import words from "../i18n/continue.js";
import { json, Rest } from "../sdk/rest.js";
import { SafeStorage } from "../sdk/storage.js";
import { VisitorIdentity } from "../sdk/visitor-identity.js";
import { h } from "../ui/dom.js";
import { Launcher } from "./launcher.js";

const { t, lang, dir } = catalogueOf(new URLSearchParams(location.search).get("lang") ?? "ar", words);
const link = location.hash.slice(1);
history.replaceState(null, "", `${location.pathname}${location.search}`);

Object.assign(document.documentElement, { lang, dir });
document.title = t("continue.title");
const identity = new VisitorIdentity(location.origin, new SafeStorage());
const message = h("p", { role: "status" });
const open = h("button.button", { type: "button", data: { hubOpen: "" }, hidden: true }, t("continue.open"));
const again = h("button.button", { type: "button", hidden: true, on: { click: () => exchange() } }, t("continue.again"));
document.body.append(
    h(
        "main.sign-in-page",
        {},
        h(
            "section.sign-in",
            {},
            h("img", { src: "/shop/mark.svg", alt: "", width: 52, height: 52 }),
            h("h1", {}, t("continue.title")),
            message,
            open,
            again,
        ),
    ),
);
await exchange();

async function exchange() {
    again.hidden = true;
    if (link) {
        message.textContent = t("continue.wait");
        try {
            const rest = new Rest(location.origin, { token: async () => "" });
            identity.keep(await rest.call("POST", "/visitor/continue", json({ token: link })));
            return show("continue.here");
        } catch (error) {
            if (error.status !== 401 && error.status !== 422) {
                message.textContent = t("continue.away");
                again.hidden = false;
                return;
            }
        }
    }
    // Whoever reloads the page, or comes by an old link, still has what this device knows.
    show(identity.token ? "continue.here" : "continue.ended");
}

async function show(key) {
    message.textContent = t(key);
    open.hidden = false;
    const launcher = await Launcher.make({ base: new URL("../", import.meta.url), lang, profile: {} });
    launcher.mount(document.body);
    launcher.open();
}
