/** The console: lists on one side, the chosen room on the stage; the choice lives in the URL hash. */
import { SafeStorage } from "../sdk/storage.js";
import { Announcer } from "../ui/announcer.js";
import { avatar } from "../ui/avatar.js";
import { bdi, h, paced } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { isolate } from "../ui/isolate.js";
import { attachMenu } from "../ui/menu.js";
import { StatusBar } from "../ui/status-bar.js";
import { CannedReplies } from "./canned-replies.js";
import { openPalette } from "./command-palette.js";
import { Conversation } from "./conversation.js";
import { customerName } from "./customer.js";
import { Inbox } from "./inbox.js";
import { InboxList } from "./inbox-list.js";
import { Labels } from "./labels.js";
import { MentionList } from "./mention-list.js";
import { Mentions } from "./mentions.js";
import { MyPresence, STATES } from "./my-presence.js";
import { Notifications } from "./notifications.js";
import { Offers } from "./offers.js";
import { SearchBox } from "./search-box.js";
import { commandOf, isWriting } from "./shortcuts.js";
import { Team } from "./team.js";
import { TeamList } from "./team-list.js";
import { Templates } from "./templates.js";

const TOAST_MS = 5_000;
/** Characters of a message that a toast shows. */
const MAX_TOLD = 120;
/** The sums of unread messages change with every message of the shop. */
const PACE_MS = 1_000;
/** Kept when somebody wants no keys without Ctrl. */
const KEYS_OFF_KEY = "hub:staff:keys-off";

export class Console {
    element;
    #app;
    #inboxList;
    #teamList;
    #mentionList;
    #search;
    #tabs;
    #stage = h("div.stage");
    #account = h("button.account", { type: "button" });
    #toast = h("div.toast", { role: "alert", hidden: true });
    #conversation = null;
    #tab = "c";
    #storage = new SafeStorage();
    #leaving = new AbortController();
    #notifications;
    #onHash = () => this.#route();
    #onKey = (event) => this.#key(event);

    constructor(app) {
        const { hub, t } = app;
        this.#app = Object.assign(app, {
            inbox: new Inbox(hub),
            team: new Team(hub),
            replies: new CannedReplies(hub.rest),
            labels: new Labels(hub.rest),
            templates: new Templates(hub.rest),
            mentions: new Mentions(hub),
            presence: new MyPresence(hub, this.#storage),
            announcer: new Announcer(),
            toast: (text) => this.#showToast(text),
            openHit: (hit) => this.#openHit(hit),
        });
        this.#notifications = new Notifications(app, this.#storage);
        this.#inboxList = new InboxList(app, app.inbox);
        this.#teamList = new TeamList(app, app.team);
        this.#mentionList = new MentionList(app, app.mentions);
        this.#search = new SearchBox(app, (isSearching) => this.#showLists(isSearching));
        this.#tabs = {
            c: this.#tabButton("c", "inbox", t("staff.inbox")),
            t: this.#tabButton("t", "people", t("staff.team")),
            m: this.#tabButton("m", "at", h("span.sr-only", {}, t("mentions.title")), t("mentions.title")),
        };
        attachMenu(this.#account, () => this.#accountItems());
        const brand = h(
            "div.brand",
            {},
            h("img", { src: "/shop/mark.svg", alt: "", width: 30, height: 30 }),
            t("staff.title"),
        );
        this.element = h(
            "main.console",
            {},
            // Whichever half of the page a phone shows.
            h("h1.sr-only", {}, t("staff.title")),
            h("header.top", {}, new StatusBar(hub, t).element),
            h(
                "nav.side",
                { "aria-label": t("staff.title") },
                h("div.side-head", {}, brand, this.#account),
                this.#search.element,
                new Offers(app).element,
                h("div.tabs", {}, ...Object.values(this.#tabs)),
                h(
                    "div.side-body",
                    {},
                    this.#inboxList.element,
                    this.#teamList.element,
                    this.#mentionList.element,
                    this.#search.results,
                ),
            ),
            this.#stage,
            this.#toast,
            app.announcer.element,
        );
        const counted = paced(() => this.#countUnread(), PACE_MS);
        app.inbox.addEventListener("change", counted);
        app.team.addEventListener("change", counted);
        app.mentions.addEventListener("change", counted);
        app.mentions.addEventListener("news", ({ detail }) => this.#tellOf(detail));
        hub.addEventListener("me", () => this.#drawAccount());
        app.presence.addEventListener("change", () => this.#drawAccount());
    }

    start() {
        addEventListener("hashchange", this.#onHash);
        addEventListener("keydown", this.#onKey);
        this.#app.presence.start(this.#leaving.signal);
        this.#drawAccount();
        this.#countUnread();
        this.#route();
        this.#app.hub.start();
    }

    leave() {
        this.#leaving.abort();
        removeEventListener("hashchange", this.#onHash);
        removeEventListener("keydown", this.#onKey);
        this.#conversation?.leave();
    }

    #tabButton(tab, image, label, title = null) {
        return h(
            "button.tab",
            { type: "button", title, data: { tab }, on: { click: () => this.#chooseTab(tab) } },
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
        const showsMentions = !isSearching && this.#tab === "m";
        if (showsMentions && this.#mentionList.element.hidden) this.#mentionList.load();
        this.#mentionList.element.hidden = !showsMentions;
        for (const [tab, button] of Object.entries(this.#tabs))
            button.setAttribute("aria-pressed", String(tab === this.#tab));
    }

    /** `#/c/<room>` is a conversation, `#/t/<room>` an internal room. */
    #route() {
        const [, kind, id] = /^#\/([ct])\/([^/]+)$/.exec(location.hash) ?? [];
        const room = id === undefined ? null : decodeURIComponent(id);
        // Who goes from mention to mention keeps their list.
        if (kind && this.#tab !== "m") this.#tab = kind;
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

    /** @param {{room, seq, conversation?, kind?}} hit a mention says what it is about */
    #openHit({ room, seq, conversation: about, kind: roomKind }) {
        const conversation = about ?? this.#app.inbox.model.get(room)?.room ?? room;
        const isNote = conversation !== room;
        const isTeams = roomKind ? roomKind !== "side" : this.#app.team.get(room) !== undefined;
        location.hash = `#/${isTeams ? "t" : "c"}/${encodeURIComponent(conversation)}`;
        this.#toast.hidden = true;
        this.#route();
        this.#conversation?.jumpTo(seq, isNote);
    }

    #countUnread() {
        const { t, inbox, team, mentions } = this.#app;
        const counts = { c: inbox.model.unread, t: team.unread, m: mentions.model.count };
        for (const [tab, n] of Object.entries(counts)) {
            const mark = this.#tabs[tab].querySelector(".count");
            mark.hidden = n === 0;
            mark.textContent = n > 99 ? "99+" : String(n);
        }
        // What is said in rooms of the team counts there.
        const sum = counts.c + counts.t + mentions.model.inNotes;
        document.title = sum > 0 ? t("staff.pageTitle", { n: sum, title: t("staff.title") }) : t("staff.title");
    }

    #drawAccount() {
        const { hub, t } = this.#app;
        const user = hub.me ?? hub.identity.user;
        if (!user) return;
        const { state } = this.#app.presence;
        this.#account.replaceChildren(avatar(user, state));
        this.#account.setAttribute("aria-label", `${t("staff.account", { name: user.name })} · ${t(`presence.${state}`)}`);
        this.#account.title = `${user.name} · ${t(`presence.${state}`)}`;
    }

    #accountItems() {
        const { t, switchLanguage, presence } = this.#app;
        const states = STATES.map((state) => ({
            label: t(`presence.${state}`),
            icon: h("span.dot", { data: { presence: state } }),
            isChecked: state === presence.state,
            run: () => presence.choose(state),
        }));
        return [
            ...states,
            { label: t("palette.title"), icon: icon("bolt"), run: () => this.#openPalette() },
            ...this.#notificationItems(),
            { label: t("staff.settings"), icon: icon("gear"), run: () => location.assign("/settings") },
            { label: t("language.other"), icon: icon("globe"), run: switchLanguage },
            { label: t("staff.signOut"), icon: icon("out"), run: () => this.#signOut() },
        ];
    }

    #notificationItems() {
        if (!this.#notifications.isPossible) return [];
        const { isOn } = this.#notifications;
        const label = this.#app.t(isOn ? "notify.off" : "notify.on");
        return [{ label, icon: icon(isOn ? "silent" : "bell"), run: () => this.#notifications.turn(!isOn) }];
    }

    // Keys and the palette

    #key(event) {
        // The window of a dialog has keys of its own.
        if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
        const id = commandOf(event, { areSingleKeysOn: this.#areKeysOn, isWriting: isWriting(document.activeElement) });
        if (id === null) return;
        const command = id === "palette" ? { run: () => this.#openPalette() } : this.#commands.find((each) => each.id === id);
        if (!command) return;
        event.preventDefault();
        command.run();
    }

    get #areKeysOn() {
        return this.#storage.get(KEYS_OFF_KEY) !== true;
    }

    #toggleKeys() {
        const areOn = this.#areKeysOn;
        if (areOn) this.#storage.set(KEYS_OFF_KEY, true);
        else this.#storage.remove(KEYS_OFF_KEY);
        this.#showToast(this.#app.t(areOn ? "palette.keysOff.done" : "palette.keysOn.done"));
    }

    #openPalette() {
        openPalette(this.#app, [...this.#commands, ...this.#places]);
    }

    /** What can be done now. */
    get #commands() {
        const { t, switchLanguage } = this.#app;
        const tab = (name) => () => {
            this.#chooseTab(name);
            this.#tabs[name].focus();
        };
        return [
            ...(this.#conversation?.commands ?? []),
            { id: "next", label: t("palette.next"), image: "down", run: () => this.#step(1) },
            { id: "previous", label: t("palette.previous"), image: "back", run: () => this.#step(-1) },
            { id: "inbox", label: t("staff.inbox"), image: "inbox", run: tab("c") },
            { id: "team", label: t("staff.team"), image: "people", run: tab("t") },
            { id: "mentions", label: t("mentions.title"), image: "at", run: tab("m") },
            { id: "search", label: t("staff.search"), image: "search", run: () => this.#search.focus() },
            ...STATES.map((state) => ({ label: t(`presence.${state}`), image: "person", run: () => this.#app.presence.choose(state) })),
            ...this.#notificationItems().map((item) => ({ ...item, image: "bell" })),
            { label: t(this.#areKeysOn ? "palette.keysOff" : "palette.keysOn"), image: "gear", run: () => this.#toggleKeys() },
            { label: t("staff.settings"), image: "gear", run: () => location.assign("/settings") },
            { label: t("language.other"), image: "globe", run: switchLanguage },
            { label: t("staff.signOut"), image: "out", run: () => this.#signOut() },
        ];
    }

    /** Where one can go: conversations as the inbox knows them, rooms of the team. */
    get #places() {
        const { t, inbox, team, hub } = this.#app;
        const to = (kind, id) => () => (location.hash = `#/${kind}/${encodeURIComponent(id)}`);
        return [
            ...inbox.model.list("all", hub.me?.id).map((conversation) => ({
                label: customerName(conversation, t),
                hint: t("staff.inbox"),
                image: "chat",
                run: to("c", conversation.room),
            })),
            ...team.rooms.map((room) => ({
                label: team.titleOf(room),
                hint: t("staff.team"),
                image: room.kind === "channel" ? "hash" : "people",
                run: to("t", room.id),
            })),
        ];
    }

    /** To the conversation below or above the one that is open, as the inbox lists them. */
    #step(by) {
        const rooms = this.#app.inbox.conversations.map(({ room }) => room);
        const at = rooms.indexOf(this.#conversation?.room.id);
        const room = at < 0 ? rooms[0] : rooms[at + by];
        if (room !== undefined) location.hash = `#/c/${encodeURIComponent(room)}`;
    }

    /** Somebody mentioned this person; who reads that room right now sees it there. */
    #tellOf({ room, conversation, by, text }) {
        if (this.#conversation?.room.id === (conversation ?? room)) return;
        const { t } = this.#app;
        this.#showToast(`${t("mentions.by", { name: isolate(by.name) })}: ${[...text].slice(0, MAX_TOLD).join("")}`);
    }

    async #signOut() {
        this.#app.presence.forget();
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
