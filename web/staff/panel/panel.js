/**
 * What the shop knows of the customer of a conversation, beside it: contact, orders, sales, call-backs, goals, notes.
 *
 * Each part asks the hub when it is opened, and again when the tab comes back; nothing is asked for while nobody looks.
 * Who may not see a part sees nothing of it.
 */
import ar from "../../i18n/ar.js";
import en from "../../i18n/en.js";
import staff from "../../i18n/staff.js";
import { translator } from "../../i18n/translator.js";
import { h } from "../../ui/dom.js";
import { CallbackSection } from "./callback-section.js";
import { ContactSection } from "./contact-section.js";
import { Customer } from "./customer.js";
import { GoalSection } from "./goal-section.js";
import { HistorySection } from "./history-section.js";
import { NoteSection } from "./note-section.js";
import { OrderSection } from "./order-section.js";
import { SalesSection } from "./sales-section.js";

/** What was asked sooner than this ago is not asked again because the tab came back. */
const FRESH_MS = 15_000;

const PARTS = [
    ["crm:read", ContactSection],
    ["orders:read", OrderSection],
    ["crm:read", SalesSection],
    ["crm:read", CallbackSection],
    ["progress:read", GoalSection],
    ["crm:read", NoteSection],
    ["crm:read", HistorySection],
];

/** Who somebody is does not change while they are signed in. */
const rights = new WeakMap();

/** The words of the panel are those of the settings, and some of its own. */
async function wordsOf(lang) {
    const found = lang === "en" ? await import("../../i18n/panel-en.js") : await import("../../i18n/panel-ar.js");
    return found.default;
}

/**
 * The panel of a conversation.
 * @param {object} app of the console
 * @param {{room: string, summary: () => ?object, signal: AbortSignal}} place `signal` ends it
 * @throws {HubError} when the hub cannot be asked
 */
export async function customerPanel(app, { room, summary, signal }) {
    const { rest } = app.hub;
    if (!rights.has(rest)) rights.set(rest, rest.me());
    const [words, me] = await Promise.all([wordsOf(app.lang), rights.get(rest)]).catch((error) => {
        rights.delete(rest);
        throw error;
    });
    const language = app.lang === "en" ? en : ar;
    const { t } = translator(language, { ...staff[app.lang], ...words });
    const may = (right) => me.rights.includes(right);
    const panel = {
        app: { ...app, t, rest, may },
        me,
        room,
        summary,
        signal,
        customer: new Customer(rest, room, may("crm:read")),
        /** Another contact, or the same with other members: whatever hangs on it is asked for again. */
        contactChanged: () => sections.forEach((section) => section.refresh()),
    };
    const sections = PARTS.filter(([right]) => may(right)).map(([, Part]) => new Part(panel));
    let askedAt = Date.now();
    const again = () => {
        if (document.visibilityState !== "visible" || Date.now() - askedAt < FRESH_MS) return;
        askedAt = Date.now();
        panel.customer.forget();
        panel.contactChanged();
    };
    document.addEventListener("visibilitychange", again, { signal });
    return h("div.customer-panel", {}, ...sections.map(({ element }) => element));
}
