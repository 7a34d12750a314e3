/**
 * The widget as a shop's page gets it: a button in a shadow tree, so that neither side's styles reach the other.
 *
 * It is all that a mere page view loads. The chat behind it comes when the visitor reaches for it, or in a quiet
 * moment when they have written before; only then does it connect.
 */
import { languageOf, translator } from "../i18n/translator.js";
import { SafeStorage } from "../sdk/storage.js";
import { VisitorIdentity } from "../sdk/visitor-identity.js";
import { brandColours } from "../ui/brand.js";
import { bdi, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";

/** Whether the panel is open, while this tab lives. */
const OPEN_KEY = "hub:widget:open";

/** Only those of the visitor are loaded. Each is named as it stands, so that pages of the hub know its digest. */
const WORDS = { ar: () => import("../i18n/ar.js"), en: () => import("../i18n/en.js") };

/** The button comes in the standard colour when the hub has not named the shop's by then. */
const COLOUR_WAIT_MS = 1_500;

export class Launcher {
    #host = document.createElement("twocards-chat");
    #shadow = this.#host.attachShadow({ mode: "open" });
    #root;
    #base;
    #catalogue;
    #profile;
    #settings;
    #button;
    #badge = h("span.badge", { hidden: true });
    /** What `openChat` of chat.js made, once it was asked for. */
    #chat = null;
    #panel = null;
    #isWanted = false;

    /**
     * @param {{base: URL, lang: string, theme?: "light" | "dark" | "auto", profile: object}} options `base`: the
     *   folder of the widget's modules; `profile`: what the page knows of its visitor
     */
    static async make({ base, lang, theme, profile }) {
        const words = await WORDS[languageOf(lang)]();
        return new Launcher(base, translator(words.default), theme, profile);
    }

    constructor(base, catalogue, theme, profile) {
        if (theme) this.#host.dataset.theme = theme;
        this.#base = base;
        this.#catalogue = catalogue;
        this.#profile = profile;
        this.#settings = widgetSettings(base.origin);
        this.#button = h(
            "button.launcher",
            {
                type: "button",
                "aria-expanded": "false",
                on: { click: () => this.toggle(), pointerenter: () => this.#load(), focus: () => this.#load() },
            },
            icon("chat"),
            icon("down"),
            this.#badge,
        );
        this.#root = h("div.widget", { dir: catalogue.dir, lang: catalogue.lang, hidden: true }, this.#button);
    }

    mount(parent) {
        parent.append(this.#host);
        this.#shadow.append(this.#root);
        Promise.all([this.addStyles(["ui/tokens.css", "widget/launcher.css"]), this.#paint()]).then(() => {
            this.#root.hidden = false;
        });
        this.#root.addEventListener("keydown", (event) => {
            if (event.key === "Escape" && this.isOpen) this.close();
        });
        document.addEventListener("click", (event) => {
            if (event.target.closest?.("[data-hub-open]")) this.open();
        });
        this.showUnread(0);
        const identity = new VisitorIdentity(this.#base.origin, new SafeStorage());
        if (session(OPEN_KEY)) this.open({ focus: false });
        else if (identity.token) whenQuiet(() => this.#load());
    }

    get isOpen() {
        return this.#isWanted;
    }

    toggle() {
        if (this.isOpen) this.close();
        else this.open();
    }

    async open({ focus = true } = {}) {
        session(OPEN_KEY, "1");
        this.#isWanted = true;
        this.#root.classList.add("is-open");
        this.#button.setAttribute("aria-expanded", "true");
        this.#button.setAttribute("aria-busy", String(this.#panel === null));
        this.showUnread(0);
        try {
            const panel = await this.#load();
            if (this.isOpen) panel.open(focus);
        } catch {
            // Not there: the network is away, or the page is older than its hub. The next click tries again.
            this.close();
        } finally {
            this.#button.removeAttribute("aria-busy");
        }
    }

    close() {
        session(OPEN_KEY, "");
        this.#isWanted = false;
        this.#root.classList.remove("is-open");
        this.#button.setAttribute("aria-expanded", "false");
        this.#panel?.close();
        this.showUnread(this.#panel?.unread ?? 0);
        this.#button.focus();
    }

    /** Says on the button, and to the page, how many messages wait. */
    showUnread(n) {
        const { t } = this.#catalogue;
        const label = this.isOpen ? t("widget.close") : n > 0 ? t("widget.openUnread", { n }) : t("widget.open");
        this.#button.setAttribute("aria-label", label);
        this.#button.title = label;
        this.#badge.hidden = n === 0 || this.isOpen;
        this.#badge.replaceChildren(bdi(n > 99 ? "99+" : String(n), "ltr"));
        window.dispatchEvent(new CustomEvent("twocards:unread", { detail: n }));
    }

    /** Resolves when all of them are there, or never will be. */
    addStyles(paths) {
        const sheets = paths.map((path) => h("link", { rel: "stylesheet", href: new URL(path, this.#base).href }));
        const settled = sheets.map(
            (sheet) =>
                new Promise((resolve) => {
                    for (const event of ["load", "error"]) sheet.addEventListener(event, resolve);
                }),
        );
        // In the order in which they are asked for: later ones refine earlier ones.
        this.#root.before(...sheets);
        return Promise.all(settled);
    }

    /** The panel, which is in the page from then on. Loads it once; a failure is forgotten. */
    #load() {
        this.#chat ??= this.#loadChat().catch((error) => {
            this.#chat = null;
            throw error;
        });
        return this.#chat;
    }

    async #loadChat() {
        const { makePanel, STYLES } = await import("./chat.js");
        const [panel] = await Promise.all([
            makePanel({
                origin: this.#base.origin,
                catalogue: this.#catalogue,
                profile: this.#profile,
                settings: this.#settings,
                onClose: () => this.close(),
                onUnread: (n) => this.showUnread(n),
            }),
            this.addStyles(STYLES),
        ]);
        this.#root.prepend(panel.element);
        this.#panel = panel;
        return panel;
    }

    async #paint() {
        const settings = await Promise.race([this.#settings, pause(COLOUR_WAIT_MS)]);
        for (const [name, value] of Object.entries(brandColours(settings?.color))) {
            this.#root.style.setProperty(name, value);
        }
    }
}

/** What the shop set for its widget; null when the hub does not say. */
async function widgetSettings(origin) {
    try {
        const answer = await fetch(`${origin}/api/v1/widget/settings`, { credentials: "omit" });
        return answer.ok ? await answer.json() : null;
    } catch {
        return null;
    }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null));

/** After the page has done what it has to do. */
function whenQuiet(task) {
    const run = () => task().catch(() => {});
    if (globalThis.requestIdleCallback) requestIdleCallback(run, { timeout: 3_000 });
    else setTimeout(run, 500);
}

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
