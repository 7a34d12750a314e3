/** The widget's panel: who is there, the messages, the composer. */
import { Announcer } from "../ui/announcer.js";
import { avatar } from "../ui/avatar.js";
import { nameOf, plainText } from "../ui/bubble.js";
import { Composer } from "../ui/composer.js";
import { bdi, h, iconButton } from "../ui/dom.js";
import { formatter } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { MessageList } from "../ui/message-list.js";
import { rowsOf } from "../ui/rows.js";
import { StatusBar } from "../ui/status-bar.js";
import { TypingLine } from "../ui/typing-line.js";
import { QueueLine } from "./queue-line.js";
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
    #opensAt = null;
    /** The assistant has the conversation. */
    #isAssisted = false;

    /** @param {HubClient} hub of a visitor */
    constructor(hub, catalogue, { onClose }) {
        const { t } = catalogue;
        this.#hub = hub;
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
        });
        const title = h("div.panel-title", {}, h("h2", {}, t("widget.title")), this.#presence);
        this.element = h(
            "section.panel",
            { role: "dialog", "aria-label": t("widget.title"), hidden: true },
            h("header.panel-header", {}, this.#faces, title, iconButton(icon("close"), t("widget.close"), onClose)),
            new StatusBar(hub, t).element,
            this.#list.element,
            this.#typing.element,
            this.#survey.element,
            this.#queue.element,
            this.#composer.element,
            this.#announcer.element,
        );
        this.#listen();
        this.#showPresence();
    }

    open(focus) {
        this.isOpen = true;
        this.element.hidden = false;
        this.#list.redraw();
        this.#list.scrollToEnd();
        if (focus) this.#composer.focus();
        this.#askHours();
    }

    close() {
        this.isOpen = false;
        this.element.hidden = true;
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
                actions: {
                    reply: (row) => this.#reply(row),
                    retry: (mid) => this.#hub.retry(mid),
                    discard: (mid) => this.#hub.discard(mid),
                    stop: (run) => this.#hub.cancel(run),
                },
            },
        });
        const { t } = catalogue;
        list.lead = h("div.welcome", {}, h("h3", {}, t("widget.hello")), h("p", {}, t("widget.welcome")));
        return list;
    }

    #listen() {
        this.#room.addEventListener("change", () => {
            this.#list.redraw();
            this.#survey.show(openSurvey(this.#room.items, (item) => this.#room.isMine(item)));
            this.#showOwner();
        });
        this.#room.addEventListener("draft", () => this.#list.grow(this.#room.draft));
        this.#room.addEventListener("typing", () => this.#typing.show(this.#room.typing(Date.now())));
        this.#room.addEventListener("queue", () => this.#queue.show(this.#room.place));
        this.#room.addEventListener("presence", () => this.#showPresence());
        this.#room.addEventListener("arrival", ({ detail }) => {
            const words = { name: nameOf(detail.by, this.#t), text: plainText(detail, this.#t) };
            this.#announcer.say(this.#t("message.by", words));
        });
        this.#hub.addEventListener("status", () => this.#list.redraw());
        document.addEventListener("visibilitychange", () => this.#markRead());
    }

    #send(message) {
        this.#hub.send(null, { ...message, replyTo: this.#replyTo ?? undefined });
        this.#composer.cancel();
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
    async #askHours() {
        const settings = await this.#hub.rest.widgetSettings().catch(() => null);
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
