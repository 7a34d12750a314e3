/** Starts the staff console: language, then sign-in or the console itself. */
import { HubClient } from "../sdk/hub.js";
import { openPage } from "../ui/page.js";
import { showSignIn } from "../ui/sign-in.js";
import { Console } from "./console.js";

const hub = HubClient.staff();

/** What every part of the console shares. */
const app = { ...openPage("staff.title"), hub, identity: hub.identity };

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
    // Another tab has signed out.
    addEventListener("storage", () => {
        if (hub.identity.user === null) location.reload();
    });
    view.start();
}
