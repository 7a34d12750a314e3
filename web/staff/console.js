/** The console: lists on one side, the chosen room on the stage; the choice lives in the URL hash. */
import { Announcer } from "../ui/announcer.js";
import { avatar } from "../ui/avatar.js";
import { bdi, coalesced, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { attachMenu } from "../ui/menu.js";
import { StatusBar } from "../ui/status-bar.js";
import { CannedReplies } from "./canned-replies.js";
import { Conversation } from "./conversation.js";
import { Inbox } from "./inbox.js";
import { InboxList } from "./inbox-list.js";
import { Labels } from "./labels.js";
import { Offers } from "./offers.js";
import { SearchBox } from "./search-box.js";
import { Team } from "./team.js";
import { TeamList } from "./team-list.js";
import { Templates } from "./templates.js";

const PRESENCES = ["online", "away", "busy"];
const TOAST_MS = 5_000;

export class Console {
    element;
    #app;
    #inboxList;
    #teamList;
    #search;
    #tabs;
    #stage = h("main.stage");
    #account = h("button.account", { type: "button" });
    #toast = h("div.toast", { role: "alert", hidden: true });
    #conversation = null;
    #presence = "online";
    #tab = "c";
    #onHash = () => this.#route();

    constructor(app) {
        const { hub, t } = app;
        this.#app = Object.assign(app, {
            inbox: new Inbox(hub),
            team: new Team(hub),
            replies: new CannedReplies(hub.rest),
            labels: new Labels(hub.rest),
            templates: new Templates(hub.rest),
            announcer: new Announcer(),
            toast: (text) => this.#showToast(text),
            openHit: (hit) => this.#openHit(hit),
        });
        this.#inboxList = new InboxList(app, app.inbox);
        this.#teamList = new TeamList(app, app.team);
        this.#search = new SearchBox(app, (isSearching) => this.#showLists(isSearching));
        this.#tabs = {
            c: this.#tabButton("c", "inbox", t("staff.inbox")),
            t: this.#tabButton("t", "people", t("staff.team")),
        };
        attachMenu(this.#account, () => this.#accountItems());
        const brand = h(
            "h1.brand",
            {},
            h("img", { src: "/shop/mark.svg", alt: "", width: 30, height: 30 }),
            t("staff.title"),
        );
        this.element = h(
            "div.console",
            {},
            h("header.top", {}, new StatusBar(hub, t).element),
            h(
                "nav.side",
                { "aria-label": t("staff.title") },
                h("div.side-head", {}, brand, this.#account),
                this.#search.element,
                new Offers(app).element,
                h("div.tabs", {}, this.#tabs.c, this.#tabs.t),
                h("div.side-body", {}, this.#inboxList.element, this.#teamList.element, this.#search.results),
            ),
            this.#stage,
            this.#toast,
            app.announcer.element,
        );
        const counted = coalesced(() => this.#countUnread());
        app.inbox.addEventListener("change", counted);
        app.team.addEventListener("change", counted);
        hub.addEventListener("me", () => this.#drawAccount());
    }

    start() {
        addEventListener("hashchange", this.#onHash);
        this.#drawAccount();
        this.#countUnread();
        this.#route();
        this.#app.hub.presence(this.#presence);
        this.#app.hub.start();
    }

    leave() {
        removeEventListener("hashchange", this.#onHash);
        this.#conversation?.leave();
    }

    #tabButton(tab, image, label) {
        return h(
            "button.tab",
            { type: "button", data: { tab }, on: { click: () => this.#chooseTab(tab) } },
            icon(image),
            label,
            h("span.count", { hidden: true }),
        );
    }

    #chooseTab(tab) {
        this.#tab = tab;
        this.#search.clear();
        this.#showLists(false);
    }

    #showLists(isSearching) {
        this.#inboxList.element.hidden = isSearching || this.#tab !== "c";
        this.#teamList.element.hidden = isSearching || this.#tab !== "t";
        for (const [tab, button] of Object.entries(this.#tabs))
            button.setAttribute("aria-pressed", String(tab === this.#tab));
    }

    /** `#/c/<room>` is a conversation, `#/t/<room>` an internal room. */
    #route() {
        const [, kind, id] = /^#\/([ct])\/([^/]+)$/.exec(location.hash) ?? [];
        const room = id === undefined ? null : decodeURIComponent(id);
        if (kind) this.#tab = kind;
        this.#showLists(!this.#search.results.hidden);
        this.#inboxList.selected = kind === "c" ? room : null;
        this.#teamList.selected = kind === "t" ? room : null;
        this.element.classList.toggle("shows-room", room !== null);
        if (room !== null && this.#conversation?.room.id === room) return;
        this.#conversation?.leave();
        this.#conversation = room === null ? null : new Conversation(this.#app, room, kind);
        this.#stage.replaceChildren(this.#conversation?.element ?? this.#blank());
        if (matchMedia("(hover: hover)").matches) this.#conversation?.focus();
    }

    #blank() {
        const { t } = this.#app;
        return h(
            "div.empty.is-stage",
            {},
            icon("chat"),
            h("strong", {}, t("staff.choose")),
            h("span", {}, t("staff.choose.text")),
        );
    }

    #openHit({ room, seq }) {
        const conversation = this.#app.inbox.model.get(room);
        const isNote = conversation !== undefined && conversation.room !== room;
        const kind = this.#app.team.get(room) ? "t" : "c";
        location.hash = `#/${kind}/${encodeURIComponent(conversation?.room ?? room)}`;
        this.#route();
        this.#conversation?.jumpTo(seq, isNote);
    }

    #countUnread() {
        const { t, inbox, team } = this.#app;
        const counts = { c: inbox.model.unread, t: team.unread };
        for (const [tab, n] of Object.entries(counts)) {
            const mark = this.#tabs[tab].querySelector(".count");
            mark.hidden = n === 0;
            mark.textContent = n > 99 ? "99+" : String(n);
        }
        const sum = counts.c + counts.t;
        document.title = sum > 0 ? t("staff.pageTitle", { n: sum, title: t("staff.title") }) : t("staff.title");
    }

    #drawAccount() {
        const { hub, t } = this.#app;
        const user = hub.me ?? hub.identity.user;
        if (!user) return;
        this.#account.replaceChildren(avatar(user, this.#presence));
        this.#account.setAttribute("aria-label", t("staff.account", { name: user.name }));
        this.#account.title = user.name;
    }

    #accountItems() {
        const { t, switchLanguage } = this.#app;
        const states = PRESENCES.map((state) => ({
            label: t(`presence.${state}`),
            icon: h("span.dot", { data: { presence: state } }),
            isChecked: state === this.#presence,
            run: () => this.#setPresence(state),
        }));
        return [
            ...states,
            { label: t("staff.settings"), icon: icon("gear"), run: () => location.assign("/settings") },
            { label: t("language.other"), icon: icon("globe"), run: switchLanguage },
            { label: t("staff.signOut"), icon: icon("out"), run: () => this.#signOut() },
        ];
    }

    #setPresence(state) {
        this.#presence = state;
        this.#app.hub.presence(state);
        this.#drawAccount();
    }

    async #signOut() {
        this.#app.hub.stop();
        await this.#app.hub.identity.signOut();
        location.hash = "";
        location.reload();
    }

    #showToast(text) {
        this.#toast.replaceChildren(bdi(text));
        this.#toast.hidden = false;
        clearTimeout(this.toastTimer);
        this.toastTimer = setTimeout(() => (this.#toast.hidden = true), TOAST_MS);
    }
}
