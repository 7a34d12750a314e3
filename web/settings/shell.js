/** The frame: the sections on one side, the chosen one beside them; on a phone one of both. */
import { HubError } from "../sdk/errors.js";
import { avatar } from "../ui/avatar.js";
import { confirm } from "../ui/dialog.js";
import { bdi, h, setAttribute } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { attachMenu } from "../ui/menu.js";
import { Loading } from "./parts/loading.js";
import { readRoute, writeRoute } from "./router.js";
import { groupsFor } from "./sections.js";

const TOAST_MS = 5_000;

export class Shell {
    element;
    #app;
    #groups;
    #links = new Map();
    #stage = h("main.settings-stage", { id: "content", tabindex: -1 });
    #toast = h("div.toast", { role: "status", hidden: true });
    #view = null;
    #hash = null;
    #turn = 0;

    constructor(app) {
        const { t } = app;
        this.#app = Object.assign(app, {
            toast: (text) => this.#showToast(text),
            go: (section, path, query) => (location.hash = writeRoute(section, path, query)),
            /** Changes the filters in the address without opening the place anew. */
            note: (section, path, query) => this.#note(writeRoute(section, path, query)),
        });
        this.#groups = groupsFor(app.may);
        const account = h("button.account", { type: "button" }, avatar(app.session.me));
        account.setAttribute("aria-label", t("staff.account", { name: app.session.me.name }));
        attachMenu(account, () => this.#accountItems());
        this.element = h(
            "div.settings",
            {},
            h("a.skip", { href: "#content", on: { click: (event) => this.#skip(event) } }, t("settings.skip")),
            h(
                "header.settings-head",
                {},
                h("a.settings-home", { href: "/staff" }, icon("back"), h("span", {}, t("settings.console"))),
                h("strong.settings-brand", {}, t("settings.title")),
                account,
            ),
            h("nav.settings-nav", { "aria-label": t("settings.title") }, ...this.#groups.map((group) => this.#group(group))),
            this.#stage,
            this.#toast,
            app.announcer.element,
        );
    }

    start() {
        addEventListener("hashchange", () => this.#route());
        addEventListener("beforeunload", (event) => {
            if (this.#view?.isDirty) event.preventDefault();
        });
        this.#route();
    }

    /** After the page was put aside. */
    refocus() {
        this.#stage.focus();
    }

    #group({ id, sections }) {
        const { t } = this.#app;
        return h(
            "div.nav-group",
            {},
            h("h2", { id: `group-${id}` }, t(`group.${id}`)),
            h(
                "ul",
                { "aria-labelledby": `group-${id}` },
                ...sections.map((section) => h("li", {}, this.#link(section))),
            ),
        );
    }

    #link({ id, icon: image }) {
        const link = h("a.nav-link", { href: writeRoute(id) }, icon(image), h("span", {}, this.#app.t(`section.${id}`)));
        this.#links.set(id, link);
        return link;
    }

    /** Opens what the address says, unless something unsaved is in the way and shall stay. */
    async #route() {
        const hash = location.hash;
        if (hash === this.#hash) return;
        const { t } = this.#app;
        if (this.#view?.isDirty && !(await confirm(t, t("leave.ask"), t("leave.do")))) {
            history.pushState(null, "", this.#hash);
            return;
        }
        const isFirst = this.#hash === null;
        this.#hash = hash;
        this.#turn += 1;
        const turn = this.#turn;
        this.#view?.close?.();
        this.#view = null;
        const route = readRoute(hash);
        const all = this.#groups.flatMap(({ sections }) => sections);
        const section = route.section === null ? all[0] : all.find(({ id }) => id === route.section);
        this.element.classList.toggle("shows-section", route.section !== null);
        for (const [id, link] of this.#links) setAttribute(link, "aria-current", id === section?.id ? "page" : null);
        if (!section) return this.#show(this.#nothing(all.length > 0), null, isFirst);
        const loading = new Loading(this.#app, async () => (await moduleOf(section)).open(this.#app, route));
        this.#stage.replaceChildren(loading.element);
        const view = await loading.value;
        if (turn === this.#turn) this.#show(view, section, isFirst);
        else view.close?.();
    }

    #show(view, section, isFirst) {
        const { t } = this.#app;
        this.#view = view;
        const isInside = view.back !== undefined;
        const back = h(
            isInside ? "a.stage-back" : "a.stage-back.is-top",
            { href: isInside ? view.back : "#/" },
            icon("back"),
            h("span", {}, isInside ? t(`section.${section.id}`) : t("settings.title")),
        );
        const title = h("h1", { tabindex: -1 }, bdi(view.title));
        document.title = t("settings.pageTitle", { title: view.title, page: t("settings.title") });
        this.#stage.replaceChildren(back, h("div.stage-head", {}, title, ...(view.tools ?? [])), view.element);
        this.#stage.scrollTop = 0;
        if (!isFirst) title.focus();
    }

    #nothing(hasSections) {
        const { t } = this.#app;
        const text = hasSections ? t("settings.missing.text") : t("settings.forbidden.text");
        return {
            title: hasSections ? t("settings.missing") : t("settings.forbidden"),
            element: h("div.blank", {}, h("p", {}, text)),
        };
    }

    #note(hash) {
        this.#hash = hash;
        history.replaceState(null, "", hash);
    }

    #skip(event) {
        event.preventDefault();
        this.#stage.focus();
    }

    #accountItems() {
        const { t, switchLanguage, session } = this.#app;
        return [
            { label: t("language.other"), icon: icon("globe"), run: switchLanguage },
            {
                label: t("staff.signOut"),
                icon: icon("out"),
                run: async () => {
                    session.me = null;
                    await session.identity.signOut();
                    location.assign("/staff");
                },
            },
        ];
    }

    #showToast(text) {
        this.#toast.replaceChildren(bdi(text));
        this.#toast.hidden = false;
        clearTimeout(this.toastTimer);
        this.toastTimer = setTimeout(() => (this.#toast.hidden = true), TOAST_MS);
    }
}

/** A section's module. The page may be older than its hub, which has no such module any more. */
async function moduleOf(section) {
    try {
        return await section.load();
    } catch (error) {
        console.error(error);
        throw new HubError("module", "the section could not be loaded");
    }
}
