/** A new endpoint: where it is and what it wants to know, then the secret, which is shown once. */
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { Form } from "../form/form.js";
import { shownOnce } from "../parts/shown-once.js";
import { writeRoute } from "../router.js";
import { endpointGroups, FIRST } from "./endpoint-fields.js";
import { bodyOf } from "./state.js";

/** An answer that is lost may have been a yes, and its secret is lost with it. */
const WORDS = { conflict: "hooks.full", network: "hooks.make.lost" };

export function creation(app) {
    const { t, rest } = app;
    const panel = h("section.panel", {});
    const form = new Form(app, {
        groups: endpointGroups(app),
        values: FIRST,
        isNew: true,
        submit: t("hooks.make"),
        words: ({ code }) => (WORDS[code] ? t(WORDS[code]) : null),
        async save(values) {
            done(await rest.send("POST", "/webhook-endpoints", bodyOf(values)));
            return FIRST;
        },
    });
    panel.append(form.element);
    return {
        title: t("hooks.make"),
        back: writeRoute("webhooks"),
        element: h("div", {}, h("p.lead", {}, t("hooks.make.lead")), panel),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    function done({ id, host, secret }) {
        const shown = shownOnce(app, secret, t("hooks.secret.made", { host: isolate(host) }), t("hooks.secret.text"));
        panel.replaceChildren(
            shown,
            h("div.form-actions", {}, h("a.button", { href: writeRoute("webhooks", [id]) }, t("hooks.open"))),
        );
        shown.focus();
    }
}
