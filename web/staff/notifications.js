/**
 * Tells an agent who looks elsewhere, by the system's own notifications
 * (https://notifications.spec.whatwg.org/), that a customer wrote, that a conversation is offered or that a colleague
 * mentioned them.
 *
 * Of several tabs one tells: the one that holds a lock, which the next takes over when it is closed. It tells nothing
 * while another tab is looked at, which shows it.
 */
import { isolate } from "../ui/isolate.js";
import { customerName } from "./customer.js";

const WANTED_KEY = "hub:staff:notifications";
const TELLER = "hub:staff:notifications";
/** Shared by the tabs that are looked at. */
const LOOKED_AT = "hub:staff:looked-at";

export class Notifications {
    #app;
    #storage;
    #locks = globalThis.navigator?.locks;
    #isTeller = false;
    #lookAway = () => {};

    constructor(app, storage) {
        this.#app = app;
        this.#storage = storage;
        app.inbox.addEventListener("news", ({ detail }) => this.#conversation(detail));
        app.hub.addEventListener("offer", ({ detail }) => this.#offer(detail));
        app.mentions.addEventListener("news", ({ detail }) => this.#mention(detail));
        // Held as long as the tab lives.
        this.#locks?.request(TELLER, () => {
            this.#isTeller = true;
            return new Promise(() => {});
        });
        document.addEventListener("visibilitychange", () => this.#look());
        this.#look();
    }

    /** False in browsers that have none. */
    get isPossible() {
        return "Notification" in globalThis;
    }

    get isOn() {
        return this.isPossible && Notification.permission === "granted" && this.#storage.get(WANTED_KEY) === true;
    }

    async turn(isOn) {
        const { t, toast } = this.#app;
        if (!isOn) return this.#storage.remove(WANTED_KEY);
        if ((await Notification.requestPermission()) === "granted") this.#storage.set(WANTED_KEY, true);
        else toast(t("notify.refused"));
    }

    #look() {
        this.#lookAway();
        if (document.visibilityState !== "visible") return;
        const away = new Promise((resolve) => (this.#lookAway = resolve));
        this.#locks?.request(LOOKED_AT, { mode: "shared" }, () => away);
    }

    /** Only of customers that are one's own, or nobody's. */
    #conversation(conversation) {
        const { hub, t } = this.#app;
        const { room, last, unread, assignee } = conversation;
        if (unread === 0 || !["visitor", "contact"].includes(last.by.kind)) return;
        if (assignee !== null && assignee.id !== hub.me?.id) return;
        this.#tell(room, customerName(conversation, t), last.text || t("message.file", { name: "" }));
    }

    #offer({ room }) {
        const { inbox, t } = this.#app;
        const conversation = inbox.model.get(room);
        const name = conversation ? customerName(conversation, t) : t("offer.somebody");
        this.#tell(room, t("offer.ask", { name }), conversation?.last?.text ?? "");
    }

    /** Whosever conversation it is about. */
    #mention(mention) {
        const { t, openHit } = this.#app;
        this.#tell(`mention:${mention.room}`, t("mentions.by", { name: isolate(mention.by.name) }), mention.text, () => openHit(mention));
    }

    #tell(tag, title, body, open = () => (location.hash = `#/c/${encodeURIComponent(tag)}`)) {
        // In this order: whether notifications are allowed is asked of another process, each time.
        if (document.visibilityState === "visible" || !this.#isTeller || !this.isOn) return;
        this.#locks.request(LOOKED_AT, { ifAvailable: true }, (lock) => lock && this.#show(tag, title, body, open));
    }

    #show(tag, title, body, open) {
        const { lang } = document.documentElement;
        const notification = new Notification(title, { body, lang, dir: "auto", tag, renotify: true });
        notification.addEventListener("click", () => {
            window.focus();
            open();
            notification.close();
        });
    }
}
