/**
 * Chooses a password by a link: `/password#invitation=…` or `/password#reset=…`.
 *
 * The token stands behind `#`, so no server and no `Referer` ever sees it, and leaves the address
 * bar at once, so it is in no history and no screenshot.
 */
import { catalogueOf } from "../i18n/catalogue.js";
import words from "../i18n/staff.js";
import { json, Rest } from "../sdk/rest.js";
import { SafeStorage } from "../sdk/storage.js";
import { h } from "../ui/dom.js";

const LANGUAGE_KEY = "hub:staff:lang";
const PURPOSES = {
    invitation: { path: "/auth/invitations/accept", title: "password.welcome", text: "password.welcome.text" },
    reset: { path: "/auth/password/reset", title: "password.reset", text: "password.reset.text" },
};
const MIN_CHARACTERS = 8;

const storage = new SafeStorage();
let { t, lang, dir } = catalogueOf(storage.get(LANGUAGE_KEY) ?? "ar", words);
const rest = new Rest(location.origin, { token: async () => "" });
const link = takeLink();
show();

/** What the address asks for, with its token, or null. */
function takeLink() {
    const [purpose, token] = location.hash.slice(1).split("=");
    history.replaceState(null, "", location.pathname);
    return Object.hasOwn(PURPOSES, purpose) && token ? { ...PURPOSES[purpose], token } : null;
}

function show() {
    Object.assign(document.documentElement, { lang, dir });
    document.title = t("password.title");
    document.body.replaceChildren(h("main.sign-in-page", {}, link ? form() : ending("password.used")));
    document.querySelector("input")?.focus();
}

function form() {
    const message = h("p.form-message", { role: "alert" });
    const password = field(t("password.new"));
    const again = field(t("password.again"));
    const submit = h("button.button", { type: "submit" }, t("password.submit"));
    return h(
        "form.sign-in",
        { on: { submit: send } },
        h("img", { src: "/shop/mark.svg", alt: "", width: 52, height: 52 }),
        h("h1", {}, t(link.title)),
        h("p.form-lead", {}, t(link.text), " ", t("password.rule")),
        password.element,
        again.element,
        message,
        submit,
        h("button.link", { type: "button", on: { click: switchLanguage } }, t("language.other")),
    );

    async function send(event) {
        event.preventDefault();
        message.textContent = "";
        if ([...password.input.value].length < MIN_CHARACTERS) return complain("password.short");
        if (password.input.value !== again.input.value) return complain("password.differ");
        submit.disabled = true;
        try {
            const body = { token: link.token, password: password.input.value };
            await rest.call("POST", link.path, json(body));
            document.querySelector("main").replaceChildren(ending("password.done", true));
        } catch (error) {
            submit.disabled = false;
            complain(messageOf(error));
        }
    }

    function complain(words) {
        message.textContent = t(words);
        password.input.select();
    }
}

function ending(words, isDone = false) {
    return h(
        "section.sign-in",
        {},
        h("img", { src: "/shop/mark.svg", alt: "", width: 52, height: 52 }),
        h("h1", { role: "status" }, t(words)),
        isDone && h("a.button", { href: "/staff" }, t("password.enter")),
    );
}

function messageOf({ code, status }) {
    if (status === 429) return "signin.limited";
    if (status === 401) return "password.used";
    return code === "network" || status >= 500 ? "signin.unreachable" : "password.refused";
}

function switchLanguage() {
    ({ t, lang, dir } = catalogueOf(lang === "ar" ? "en" : "ar", words));
    storage.set(LANGUAGE_KEY, lang);
    show();
}

function field(label) {
    const input = h("input", { type: "password", dir: "ltr", autocomplete: "new-password", required: true });
    return { input, element: h("label.field", {}, h("span", {}, label), input) };
}
