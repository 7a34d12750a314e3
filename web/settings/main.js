/** Starts the settings: language, the sign-in that the console has too, then the frame. */
import words from "../i18n/settings.js";
import { Announcer } from "../ui/announcer.js";
import { h } from "../ui/dom.js";
import { openPage } from "../ui/page.js";
import { failureWords } from "../ui/problems.js";
import { showSignIn } from "../ui/sign-in.js";
import { Session } from "./session.js";
import { Shell } from "./shell.js";

const session = new Session();

/** What every section shares. */
const app = {
    ...openPage("settings.title", words),
    session,
    identity: session.identity,
    rest: session.rest,
    may: session.may,
    announcer: new Announcer(),
};

if (session.identity.user) await start();
else showSignIn(app, "").then(start);

async function start() {
    const { t } = app;
    document.body.replaceChildren(h("main.settings-wait", { role: "status" }, h("span.pulse"), t("settings.loading")));
    try {
        await session.load();
    } catch (error) {
        if (error.status === 401) return showSignIn(app, "signin.ended").then(start);
        const again = h("button.button", { type: "button", on: { click: start } }, t("settings.retry"));
        document.body.replaceChildren(
            h("main.settings-wait", {}, h("p", { role: "alert" }, failureWords(t, error)), again),
        );
        again.focus();
        return;
    }
    const shell = new Shell(app);
    document.body.replaceChildren(shell.element);
    session.addEventListener("signedout", () => signInAgain(shell));
    shell.start();
}

/** The page is put aside as it is, with all that was typed, and comes back for the same person. */
async function signInAgain(shell) {
    if (!shell.element.isConnected) return;
    const { id } = session.me;
    const aside = [...document.body.childNodes];
    await showSignIn(app, "signin.ended");
    if (session.identity.user.id !== id) return location.reload();
    document.body.replaceChildren(...aside);
    shell.refocus();
}
