/** The widget's panel: who is there, the messages, the composer. */
import { SafeStorage } from "../sdk/storage.js";
import { Announcer } from "../ui/announcer.js";
import { avatar } from "../ui/avatar.js";
import { nameOf, plainText } from "../ui/bubble.js";
import { Composer } from "../ui/composer.js";
import { bdi, h, iconButton } from "../ui/dom.js";
import { formatter } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { MessageList } from "../ui/message-list.js";
import { openOffer } from "../ui/offer.js";
import { rowsOf } from "../ui/rows.js";
import { StatusBar } from "../ui/status-bar.js";
import { TypingLine } from "../ui/typing-line.js";
import { ArrivalAlert } from "./arrival-alert.js";
import { Introduction } from "./introduction.js";
import { QueueLine } from "./queue-line.js";
import { Starters } from "./starters.js";
import { openSurvey, Survey } from "./survey.js";

/** More faces than this do not fit the header. */
const FACES = 3;

export class ChatPanel {
    element;
    isOpen = false;
    #hub;
    #room;
    #t;
    #list;
    #composer;
    #typing;
    #queue;
    #replyTo = null;
    #announcer = new Announcer();
    #faces = h("div.faces");
    #presence = h("span.presence");
    #survey;
    #format;
    #lang;
    #isKnown;
    #title = h("h2");
    #welcome = h("p", { dir: "auto" });
    #starters = new Starters((text) => this.#send({ text }));
    #retention = h("small.retention", { hidden: true });
    #notice = h("p.panel-notice", { role: "alert", hidden: true });
    #opensAt = null;
    #alert;
    #mute;
    /** What a new visitor is asked before the first message, while that is open. */
    #introduction = null;
    /** The seq of the message whose choices can be taken. */
    #openOffer = null;
    /** The assistant has the conversation. */
    #isAssisted = false;

    /**
     * @param {HubClient} hub of a visitor
     * @param {{settings: object | null, isKnown: boolean, onClose: () => void}} options `settings`: those of the
     *   widget; `isKnown`: the page has said who the visitor is
     */
    constructor(hub, catalogue, { settings, isKnown, onClose }) {
        const { t, lang } = catalogue;
        this.#hub = hub;
        this.#lang = lang;
        this.#isKnown = isKnown;
        this.#room = hub.conversation;
        this.#t = t;
        this.#typing = new TypingLine(t);
        this.#queue = new QueueLine(t);
        this.#list = this.#makeList(catalogue);
        this.#format = formatter(catalogue);
        this.#survey = new Survey(t, (answer) => hub.rest.rate(this.#room.id, answer));
        this.#composer = new Composer(t, {
            send: (text) => this.#send({ text }),
            file: (file) => this.#send({ file }),
            typing: (on) => hub.typing(null, on),
            refused: () => this.#announce(t("voice.refused")),
        });
        this.#alert = new ArrivalAlert(t, new SafeStorage());
        this.#mute = iconButton(icon("bell"), "", () => this.#setMuted(!this.#alert.isMuted));
        const title = h("div.panel-title", {}, this.#title, this.#presence);
        this.element = h(
            "section.panel",
            { role: "dialog", hidden: true },
            h("header.panel-header", {}, this.#faces, title, this.#mute, iconButton(icon("close"), t("widget.close"), onClose)),
            new StatusBar(hub, t).element,
            this.#list.element,
            this.#typing.element,
            this.#survey.element,
            this.#queue.element,
            this.#notice,
            this.#composer.element,
            this.#announcer.element,
        );
        this.#listen();
        this.#setMuted(this.#alert.isMuted);
        this.#take(settings);
        this.#askWho(settings?.introduction);
        this.#offerWords();
    }

    /** A new visitor is connected once they have said who they are, or that they would rather not. */
    #askWho(wish) {
        const isNew = this.#hub.identity.token === null;
        if (!isNew || this.#isKnown || (wish !== "optional" && wish !== "required")) return;
        this.#introduction = new Introduction(this.#t, { isRequired: wish === "required" }, (profile) => {
            this.#introduction.element.remove();
            this.#introduction = null;
            this.#composer.element.hidden = false;
            this.#offerWords();
            this.#hub.introduce(profile);
            this.#hub.start();
            this.#composer.focus();
        });
        this.#composer.element.hidden = true;
        this.#composer.element.before(this.#introduction.element);
    }

    #setMuted(isMuted) {
        this.#alert.isMuted = isMuted;
        this.#mute.replaceChildren(icon(isMuted ? "silent" : "bell"));
        const label = this.#t(isMuted ? "widget.unmute" : "widget.mute");
        this.#mute.setAttribute("aria-label", label);
        this.#mute.title = label;
    }

    /** Says what went wrong here, until the next message. */
    #announce(words) {
        this.#notice.hidden = false;
        this.#notice.textContent = words;
    }

    get unread() {
        return this.#room.unread;
    }

    open(focus) {
        this.isOpen = true;
        this.element.hidden = false;
        this.#list.redraw();
        this.#list.scrollToEnd();
        if (!this.#introduction) this.#hub.start();
        if (focus) (this.#introduction ?? this.#composer).focus();
        this.#hub.rest
            .widgetSettings()
            .then((settings) => this.#take(settings))
            .catch(() => {});
    }

    close() {
        this.isOpen = false;
        this.element.hidden = true;
        // Nobody is listened to behind a closed panel.
        this.#composer.stopRecording();
    }

    #makeList(catalogue) {
        const list = new MessageList({
            rows: () => rowsOf(this.#room),
            isComplete: () => true,
            onOlder: () => {},
            onEnd: () => this.#markRead(),
            context: {
                t: catalogue.t,
                format: formatter(catalogue),
                origin: this.#hub.origin,
                isVisitor: true,
                isOut: (row) => row.kind === "pending" || this.#room.isMine(row.item),
                isOnline: () => this.#hub.status.state === "live",
                isOpenOffer: ({ item }) => item.seq === this.#openOffer,
                actions: {
                    choose: ({ item }, { id, title }) =>
                        this.#send({ kind: "choice", body: { id, text: title }, replyTo: item.seq }),
                    reply: (row) => this.#reply(row),
                    retry: (mid) => this.#hub.retry(mid),
                    discard: (mid) => this.#hub.discard(mid),
                    stop: (run) => this.#hub.cancel(run),
                },
            },
        });
        list.lead = h("div.lead", {}, h("div.welcome", {}, this.#welcome, this.#retention), this.#starters.element);
        return list;
    }

    #listen() {
        this.#room.addEventListener("change", () => {
            this.#alert.showUnread(this.#room.unread);
            this.#offerWords();
            this.#list.redraw();
            this.#survey.show(openSurvey(this.#room.items, (item) => this.#room.isMine(item)));
            this.#showOwner();
        });
        this.#room.addEventListener("draft", () => this.#list.grow(this.#room.draft));
        this.#room.addEventListener("typing", () => this.#typing.show(this.#room.typing(Date.now())));
        this.#room.addEventListener("queue", () => this.#queue.show(this.#room.place));
        this.#room.addEventListener("presence", () => this.#showPresence());
        this.#room.addEventListener("arrival", ({ detail }) => {
            if (!this.isOpen || document.visibilityState === "hidden") this.#alert.ring();
            const words = { name: nameOf(detail.by, this.#t), text: plainText(detail, this.#t) };
            this.#announcer.say(this.#t("message.by", words));
        });
        this.#hub.addEventListener("status", () => this.#list.redraw());
        document.addEventListener("visibilitychange", () => this.#markRead());
    }

    /** What can be said by one click: a choice that is offered, or how to begin. */
    #offerWords() {
        const { items, pending, seq } = this.#room;
        this.#openOffer = pending.length > 0 ? null : openOffer(items, (item) => this.#room.isMine(item));
        const isNew = seq === 0 || (seq === null && this.#hub.identity.token === null);
        this.#starters.isOpen = isNew && items.length === 0 && pending.length === 0 && !this.#introduction;
    }

    #send(message) {
        this.#hub.send(null, { replyTo: this.#replyTo ?? undefined, ...message });
        this.#composer.cancel();
        this.#notice.hidden = true;
        this.#list.scrollToEnd();
    }

    #reply({ item }) {
        this.#replyTo = item.seq;
        const name = this.#room.isMine(item) ? this.#t("message.you") : nameOf(item.by, this.#t);
        const title = this.#t("composer.replyingTo", { name });
        this.#composer.showBanner(title, plainText(item, this.#t), () => (this.#replyTo = null));
    }

    #markRead() {
        if (!this.isOpen || document.visibilityState !== "visible" || !this.#room.seq) return;
        if (this.#list.isAtEnd && this.#room.unread > 0) this.#hub.read(null, this.#room.seq);
    }

    /** Whether the shop is open is the hub's word; without it nothing is said. */
    #take(settings) {
        const name = settings?.name[this.#lang] || this.#t("widget.title");
        this.#title.replaceChildren(bdi(name));
        this.element.setAttribute("aria-label", name);
        this.#welcome.textContent = settings?.greeting[this.#lang] || this.#t("widget.welcome");
        const days = settings?.retention_days ?? 0;
        this.#retention.hidden = days === 0;
        this.#retention.textContent = this.#t("widget.retention", { n: days });
        this.#starters.show(settings?.starters[this.#lang] ?? []);
        this.#opensAt = settings?.open.now === false ? settings.open.opens_at : null;
        this.#showPresence();
    }

    #showOwner() {
        const isAssisted = this.#room.owner?.kind === "assistant";
        if (isAssisted === this.#isAssisted) return;
        this.#isAssisted = isAssisted;
        this.#showPresence();
    }

    #presenceWords(isOnline) {
        if (this.#isAssisted) return this.#t("widget.assistant");
        if (isOnline) return this.#t("widget.online");
        if (this.#opensAt === null) return this.#t("widget.away");
        return this.#t("widget.closed", { time: this.#format.moment(this.#opensAt) });
    }

    #showPresence() {
        const staff = [...this.#room.here.values()].filter((person) => person.kind === "staff");
        const isOnline = staff.some((person) => person.state === "online");
        this.#presence.replaceChildren(bdi(this.#presenceWords(isOnline)));
        this.#presence.classList.toggle("is-online", isOnline || this.#isAssisted);
        const faces = this.#isAssisted
            ? [avatar({ kind: "assistant" })]
            : staff.slice(0, FACES).map((person) => avatar(person, person.state));
        this.#faces.replaceChildren(...(faces.length > 0 ? faces : [h("span.avatar.is-brand", {}, icon("chat"))]));
    }
}
