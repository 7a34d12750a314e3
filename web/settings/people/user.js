/** One member of staff: what may be changed, links for passwords, and shutting out. */
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { linkPanel } from "./link-panel.js";
import { userGroups } from "./user-fields.js";
import { teamOptions } from "./users.js";

const valuesOf = ({ name, role, language, capacity, teams }) => ({ name, role, language, capacity, teams });

export async function user(app, id) {
    const { t, rest, session, may, format } = app;
    const path = `/users/${encodeURIComponent(id)}`;
    let [account, teams] = await Promise.all([rest.get(path), teamOptions(app)]);
    const isReadOnly = !may("users:manage");
    const form = new Form(app, {
        groups: userGroups(app, teams, { isNew: false }),
        values: valuesOf(account),
        isReadOnly,
        save: async (_, patch) => {
            if (patch.role && !(await confirm(t, t("users.role.ask"), t("users.role.do")))) return null;
            return valuesOf(await change(patch));
        },
        reload: async () => {
            account = await rest.get(path);
            return valuesOf(account);
        },
    });
    const state = h("div.user-state", {});
    drawState();
    return {
        title: account.name,
        back: writeRoute("users"),
        element: h(
            "div",
            {},
            h("p.lead", {}, bdi(account.email, "ltr"), " · ", t("users.since", { time: format.day(account.created_at) })),
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            !isReadOnly && h("section.panel", { "aria-labelledby": "access-title" }, h("h2", { id: "access-title" }, t("users.access")), state),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    async function change(patch) {
        account = await rest.send("PATCH", path, patch, { version: account.version });
        drawState();
        return account;
    }

    function drawState() {
        const { disabled, invited } = account;
        const button = (words, act, kind = "is-plain") =>
            h(`button.button.${kind}`, { type: "button", on: { click: act } }, words);
        state.replaceChildren(
            h("p", { role: "status" }, t(disabled ? "users.isDisabled" : invited ? "users.isInvited" : "users.isActive")),
            h(
                "div.form-actions",
                {},
                !disabled && invited && button(t("users.renew"), () => issue("invitation")),
                !disabled && !invited && button(t("users.reset"), () => issue("password-reset")),
                disabled
                    ? button(t("users.enable"), () => turn(false))
                    : account.id !== session.me.id && button(t("users.disable"), () => turn(true), "is-danger"),
            ),
        );
    }

    async function issue(purpose) {
        if (!(await confirm(t, t(`users.${purpose}.ask`), t("users.link.do")))) return;
        try {
            const issued = await rest.send("POST", `${path}/${purpose}`);
            const link = linkPanel(app, issued, t("users.link.made", { name: isolate(account.name) }));
            state.querySelector(".link-panel")?.remove();
            state.append(link);
            link.focus();
        } catch (error) {
            app.toast(failureWords(t, error));
        }
    }

    async function turn(disabled) {
        if (disabled && !(await confirm(t, t("users.disable.ask", { name: isolate(account.name) }), t("users.disable")))) return;
        try {
            await change({ disabled });
            if (!form.isDirty) form.theirs(valuesOf(account));
            state.querySelector("button")?.focus();
        } catch (error) {
            app.toast(failureWords(t, error));
            if (error.code !== "stale") return;
            account = await rest.get(path);
            form.theirs(valuesOf(account));
            drawState();
        }
    }
}
