/** The sign-in page, in place of what the page shows. Resolves when somebody is signed in. */
import { h } from "./dom.js";

export function showSignIn(app, messageKey) {
    const { t, identity } = app;
    return new Promise((resolve) => {
        const message = h("p.form-message", { role: "alert" }, messageKey ? t(messageKey) : "");
        const email = field(t("signin.email"), {
            type: "email",
            name: "email",
            autocomplete: "username",
            required: true,
        });
        const password = field(t("signin.password"), {
            type: "password",
            name: "password",
            autocomplete: "current-password",
            required: true,
        });
        const submit = h("button.button", { type: "submit" }, t("signin.submit"));
        const form = h(
            "form.sign-in",
            { on: { submit: send } },
            h("img", { src: "/shop/mark.svg", alt: "", width: 52, height: 52 }),
            h("h1", {}, t("signin.title")),
            h("p.form-lead", {}, t("signin.text")),
            email.element,
            password.element,
            message,
            submit,
            h(
                "button.link",
                { type: "button", lang: app.lang === "ar" ? "en" : "ar", on: { click: app.switchLanguage } },
                t("language.other"),
            ),
        );
        document.body.replaceChildren(h("main.sign-in-page", {}, form));
        email.input.focus();

        async function send(event) {
            event.preventDefault();
            submit.disabled = true;
            message.textContent = "";
            try {
                await identity.signIn(email.input.value.trim(), password.input.value);
                resolve();
            } catch (error) {
                message.textContent = t(messageOf(error));
                submit.disabled = false;
                password.input.select();
            }
        }
    });
}

function messageOf({ code, status }) {
    if (status === 429) return "signin.limited";
    return code === "network" || status >= 500 ? "signin.unreachable" : "signin.wrong";
}

function field(label, props) {
    const input = h("input", { dir: "ltr", ...props });
    return { input, element: h("label.field", {}, h("span", {}, label), input) };
}
