/** The chat behind the launcher: the client library, and the panel that shows a visitor's conversation. */
import { HubClient } from "../sdk/hub.js";
import { coalesced } from "../ui/dom.js";
import { ChatPanel } from "./chat-panel.js";

/** What the panel needs beside the launcher's own. */
export const STYLES = ["ui/messages.css", "ui/message-parts.css", "ui/composer.css", "widget/widget.css"];

/**
 * @param {object} options
 * @param {string} options.origin of the hub
 * @param {object} options.profile what the shop's page knows of its visitor
 * @param {Promise<object | null>} options.settings of the widget, as the hub tells them
 * @param {(unread: number) => void} options.onUnread
 */
export async function makePanel({ origin, catalogue, profile, settings, onClose, onUnread }) {
    const known = { ...profile, locale: catalogue.lang, page: location.href.slice(0, 1_000) };
    const hub = HubClient.visitor({ hub: origin, profile: present(known) });
    const isKnown = Boolean(profile.name || profile.email || profile.phone || profile.user_id);
    const panel = new ChatPanel(hub, catalogue, { settings: await settings, isKnown, onClose });
    hub.conversation.addEventListener(
        "change",
        coalesced(() => onUnread(panel.unread)),
    );
    // Who has written before hears of an answer without opening anything.
    if (hub.identity.token) hub.start();
    return panel;
}

/** Without the fields that the page does not know. */
const present = (profile) => Object.fromEntries(Object.entries(profile).filter(([, value]) => value));
