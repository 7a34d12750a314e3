/**
 * The widget on a shop's page: a launcher with its badge, and the panel it opens.
 *
 * It lives in a shadow tree, so that neither side's styles reach the other. It connects when the
 * visitor opens it, or at once when they have written before; a mere page view costs the hub nothing.
 */
import { catalogueOf } from "../i18n/catalogue.js";
import { HubClient } from "../sdk/hub.js";
import { bdi, coalesced, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { ChatPanel } from "./chat-panel.js";

const STYLES = ["ui/tokens.css", "ui/messages.css", "ui/message-parts.css", "ui/composer.css", "widget/widget.css"];

/** Whether the panel is open, while this tab lives. */
const OPEN_KEY = "hub:widget:open";

export class ChatWidget {
    #host = document.createElement("twocards-chat");
    #root;
    #base;
    #hub;
    #t;
    #panel;
    #launcher;
    #badge = h("span.badge", { hidden: true });

    /** @param {{base: URL, lang: string, profile: object}} options */
    constructor({ base, lang, profile }) {
        this.#base = base;
        const catalogue = catalogueOf(lang);
        this.#t = catalogue.t;
        this.#hub = HubClient.visitor({
            hub: base.origin,
            profile: present({ ...profile, locale: catalogue.lang, page: location.href.slice(0, 1_000) }),
        });
        this.#panel = new ChatPanel(this.#hub, catalogue, { onClose: () => this.close() });
        this.#launcher = h(
            "button.launcher",
            { type: "button", "aria-expanded": "false", on: { click: () => this.toggle() } },
            icon("chat"),
            icon("down"),
            this.#badge,
        );
        this.#root = h(
            "div.widget",
            { dir: catalogue.dir, lang: catalogue.lang, hidden: true },
            this.#panel.element,
            this.#launcher,
        );
    }

    mount(parent) {
        const shadow = this.#host.attachShadow({ mode: "open" });
        const sheets = STYLES.map((path) => h("link", { rel: "stylesheet", href: new URL(path, this.#base).href }));
        shadow.append(...sheets, this.#root);
        parent.append(this.#host);
        Promise.all(sheets.map(settled)).then(() => (this.#root.hidden = false));
        this.#hub.conversation.addEventListener(
            "change",
            coalesced(() => this.#countUnread()),
        );
        this.#root.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && this.isOpen) this.close();
        });
        document.addEventListener("click", (event) => {
            if (event.target.closest?.("[data-hub-open]")) this.open();
        });
        this.#countUnread();
        if (session(OPEN_KEY)) this.open({ focus: false });
        else if (this.#hub.identity.token) this.#hub.start();
    }

    get isOpen() {
        return this.#panel.isOpen;
    }

    toggle() {
        if (this.isOpen) this.close();
        else this.open();
    }

    open({ focus = true } = {}) {
        session(OPEN_KEY, "1");
        this.#launcher.setAttribute("aria-expanded", "true");
        this.#root.classList.add("is-open");
        this.#hub.start();
        this.#panel.open(focus);
        this.#countUnread();
    }

    close() {
        session(OPEN_KEY, "");
        this.#launcher.setAttribute("aria-expanded", "false");
        this.#root.classList.remove("is-open");
        this.#panel.close();
        this.#countUnread();
        this.#launcher.focus();
    }

    #countUnread() {
        const n = this.#hub.conversation.unread;
        const label = this.isOpen
            ? this.#t("widget.close")
            : n > 0
              ? this.#t("widget.openUnread", { n })
              : this.#t("widget.open");
        this.#launcher.setAttribute("aria-label", label);
        this.#launcher.title = label;
        this.#badge.hidden = n === 0 || this.isOpen;
        this.#badge.replaceChildren(bdi(n > 99 ? "99+" : String(n), "ltr"));
        window.dispatchEvent(new CustomEvent("twocards:unread", { detail: n }));
    }
}

/** Without the fields that the page does not know. */
const present = (profile) => Object.fromEntries(Object.entries(profile).filter(([, value]) => value));

const settled = (sheet) =>
    new Promise((resolve) => {
        sheet.addEventListener("load", resolve);
        sheet.addEventListener("error", resolve);
    });

/** Reads, or with a value writes; a browser that blocks storage just forgets. */
function session(key, value) {
    try {
        if (value === undefined) return sessionStorage.getItem(key);
        sessionStorage.setItem(key, value);
    } catch {
        // Blocked: the panel starts closed on the next page.
    }
    return null;
}
