/** Starts the staff console: language, then sign-in or the console itself. */
import { catalogueOf } from "../i18n/catalogue.js";
import { HubClient } from "../sdk/hub.js";
import { SafeStorage } from "../sdk/storage.js";
import { formatter } from "../ui/format.js";
import { Console } from "./console.js";
import { showSignIn } from "../ui/sign-in.js";

const LANGUAGE_KEY = "hub:staff:lang";

const storage = new SafeStorage();
const wanted = new URLSearchParams(location.search).get("lang");
if (wanted) storage.set(LANGUAGE_KEY, wanted);
const catalogue = catalogueOf(storage.get(LANGUAGE_KEY) ?? "ar");
Object.assign(document.documentElement, { lang: catalogue.lang, dir: catalogue.dir });
document.title = catalogue.t("staff.title");

const hub = HubClient.staff();

/** What every part of the console shares. */
const app = {
    hub,
    t: catalogue.t,
    format: formatter(catalogue),
    lang: catalogue.lang,
    switchLanguage() {
        const url = new URL(location.href);
        url.searchParams.set("lang", catalogue.lang === "ar" ? "en" : "ar");
        location.assign(url);
        if (url.hash) location.reload();
    },
};

if (hub.identity.user) start();
else showSignIn(app, "").then(start);

function start() {
    const view = new Console(app);
    document.body.replaceChildren(view.element);
    hub.addEventListener(
        "signedout",
        () => {
            view.leave();
            showSignIn(app, "signin.ended").then(() => location.reload());
        },
        { once: true },
    );
    view.start();
}
