/** A new account: what it is called and may do, then the link that is handed to its holder. */
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { linkPanel } from "./link-panel.js";
import { userGroups } from "./user-fields.js";
import { teamOptions } from "./users.js";

const FIRST = { name: "", email: "", role: "agent", language: "ar", capacity: 5, teams: [] };

export async function invitation(app) {
    const { t, rest } = app;
    const panel = h("section.panel", {});
    const form = new Form(app, {
        groups: userGroups(app, await teamOptions(app), { isNew: true }),
        values: FIRST,
        isNew: true,
        submit: t("users.invite"),
        async save(values) {
            const issued = await rest.send("POST", "/users", values);
            done(issued);
            return FIRST;
        },
    });
    panel.append(form.element);
    return {
        title: t("users.invite"),
        back: writeRoute("users"),
        element: h("div", {}, h("p.lead", {}, t("users.invite.lead")), panel),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function done(issued) {
        const link = linkPanel(app, issued, t("users.link.made", { name: isolate(issued.user.name) }));
        panel.replaceChildren(
            link,
            h(
                "div.form-actions",
                {},
                h("a.button", { href: writeRoute("users", [issued.user.id]) }, t("users.open")),
                h("a.button.is-plain", { href: writeRoute("users") }, t("section.users")),
            ),
        );
        link.focus();
    }
}
