/**
 * One room on the stage: a conversation with its private notes merged in, or an internal room.
 */
import { mergeByAnchor } from "../sdk/merge.js";
import { nameOf, plainText } from "../ui/bubble.js";
import { Composer } from "../ui/composer.js";
import { confirm } from "../ui/dialog.js";
import { h } from "../ui/dom.js";
import { MessageList } from "../ui/message-list.js";
import { draftRows, logRows, pendingRows, rowsOf } from "../ui/rows.js";
import { TypingLine } from "../ui/typing-line.js";
import { WindowLine } from "../ui/window-line.js";
import { composeChoices } from "./choices-dialog.js";
import { ConversationHeader } from "./conversation-header.js";
import { ConversationHelp } from "./conversation-help.js";
import { DetailsPane } from "./details-pane.js";
import { markedIn, MentionField } from "./mention-field.js";
import { ModeSwitch } from "./mode-switch.js";
import { attachReactions } from "./reactions.js";
import { chooseTemplate } from "./template-dialog.js";

/** A search hit further back than this many pages is not scrolled to. */
const MAX_JUMP_PAGES = 50;

export class Conversation {
    element;
    room;
    #app;
    #side = null;
    #isCustomer;
    #list;
    #composer;
    #mode;
    #header;
    #details = null;
    #help;
    #mentions;
    #typing;
    /** The summary that stands in the header and the panel. */
    #shown = null;
    #window;
    #replyTo = null;
    #editing = null;
    #listeners = new AbortController();

    /**
     * @param {object} app
     * @param {string} id of the room
     * @param {"c" | "t"} kind a customer's conversation, or a room of the team
     */
    constructor(app, id, kind) {
        this.#app = app;
        this.#isCustomer = kind === "c";
        this.room = app.hub.open(id);
        const { t } = app;
        this.#typing = new TypingLine(t);
        this.#list = this.#makeList();
        const complete = (from, text) => this.#composer.complete(from, text);
        this.#mentions = new MentionField(t("mentions.suggest"), () => this.#colleagues, complete);
        this.#composer = new Composer(t, {
            send: (text) => this.#send(text),
            file: (file) => this.#sendFile(file),
            typing: (on) => app.hub.typing(this.#target.id, on),
            leave: () => this.#list.focus(),
            suggest: [
                ...(this.#isCustomer ? [app.replies.source(app, id, () => this.#composer)] : []),
                this.#mentions.source,
            ],
            more: this.#isCustomer ? () => this.#moreItems() : undefined,
            help: { label: t("help.menu"), items: () => this.#help.items(this.#isCustomer && !this.#mode.isNote) },
        });
        this.#help = new ConversationHelp(app, { room: () => this.#target.id, composer: this.#composer });
        this.#header = new ConversationHeader(app, this);
        this.#mode = this.#isCustomer ? new ModeSwitch(t, () => this.#modeChanged()) : null;
        if (this.#isCustomer) this.#details = new DetailsPane(app, this, this.#listeners.signal);
        this.#window = new WindowLine(t, app.format, this.#listeners.signal, () => this.#sendTemplate());
        const foot = h("footer.stage-foot", {}, this.#help.element, this.#window.element, this.#mode?.element, this.#composer.element);
        this.element = h(
            "div.conversation",
            { data: { room: id } },
            h("div.thread", {}, this.#header.element, this.#list.element, this.#typing.element, foot),
            this.#details?.element,
        );
        this.#listen();
        this.#roomChanged();
    }

    get isCustomer() {
        return this.#isCustomer;
    }

    /** The inbox summary, as fresh as it is known. */
    get summary() {
        return this.#app.inbox.model.get(this.room.id) ?? this.room.conversation;
    }

    focus() {
        this.#composer.focus();
    }

    /** What can be done here, for the palette and the keys. */
    get commands() {
        const { t } = this.#app;
        const write = (isNote) => () => {
            this.#mode?.choose(isNote);
            this.#composer.focus();
        };
        const reply = { id: "reply", label: t("conversation.reply"), image: "reply", run: write(false) };
        const note = { id: "note", label: t("conversation.note"), image: "lock", run: write(true) };
        return this.#isCustomer ? [reply, note, ...this.#header.commands] : [reply];
    }

    toggleDetails() {
        this.element.classList.toggle("shows-details");
    }

    get canSummarise() {
        return this.#isCustomer && this.#help.isOffered;
    }

    summarise() {
        this.#help.summarise(this.room.id, this.room.side);
    }

    /** Shows a message by its seq, loading older ones as far as needed. */
    async jumpTo(seq, isNote) {
        await this.#until(() => this.room.seq !== null && (!isNote || this.#side?.seq != null));
        const room = isNote ? this.#side : this.room;
        for (let page = 0; page < MAX_JUMP_PAGES && room.timeline.from > seq; page += 1) {
            if (!(await this.#app.hub.loadHistory(room, 200))) break;
        }
        await this.#alignNotes();
        await Promise.resolve();
        this.#list.jumpTo(seq, room);
    }

    /** Leaves the room; internal ones stay followed for their unread counts. */
    leave() {
        this.#app.hub.typing(this.#target.id, false);
        this.#listeners.abort();
        this.#help.leave();
        if (!this.#isCustomer) return;
        this.#app.hub.close(this.room.id);
        if (this.#side) this.#app.hub.close(this.#side.id);
    }

    /** Where the next message goes. */
    get #target() {
        return this.#mode?.isNote && this.#side ? this.#side : this.room;
    }

    /** Who can be mentioned in the next message: nobody where a customer reads. */
    get #colleagues() {
        const { hub, team } = this.#app;
        if (this.#isCustomer && this.#target === this.room && !this.#editing?.isNote) return [];
        const room = team.get(this.room.id);
        const isClosed = room !== undefined && room.kind !== "channel";
        return (isClosed ? room.members : team.staff).filter(({ id }) => id !== hub.me?.id);
    }

    #makeList() {
        const { hub, t, format, team } = this.#app;
        const help = () => this.#help;
        return new MessageList({
            rows: () => this.#rows(),
            isComplete: () => this.room.timeline.isComplete && (this.#side?.timeline.isComplete ?? true),
            onOlder: () => this.#loadOlder(),
            onEnd: () => this.#markRead(),
            context: {
                t,
                format,
                origin: hub.origin,
                isVisitor: false,
                namesIn: (body) => markedIn(body, team.staff, hub.me?.id),
                templateText: (body) => this.#app.templates.textOf(body),
                isOut: (row) => this.#isOut(row),
                isOnline: () => hub.status.state === "live",
                actions: {
                    canRemoveAll: ["admin", "supervisor"].includes(hub.me?.role),
                    reply: (row) => this.#reply(row),
                    edit: (row) => this.#edit(row),
                    remove: (row) => this.#remove(row),
                    react: (row, emoji, on) => hub.react(row.room.id, row.item.seq, emoji, on),
                    pickReaction: (button, row) => attachReactions(hub, button, row),
                    retry: (mid) => hub.retry(mid, this.#seen()),
                    discard: (mid) => hub.discard(mid),
                    stop: (run) => hub.cancel(run),
                    get translate() {
                        return help().isOffered ? (row) => help().translate(row) : undefined;
                    },
                },
            },
        });
    }

    /** In a conversation the team stands on one side, the customer on the other. */
    #isOut({ kind, item, room }) {
        if (kind === "pending") return true;
        return this.#isCustomer ? !["visitor", "contact"].includes(item.by.kind) : room.isMine(item);
    }

    #rows() {
        if (!this.#side) return rowsOf(this.room);
        const [rows, notes] = [logRows(this.room, false), logRows(this.#side, true)];
        const merged = mergeByAnchor(rows, notes, this.room.timeline.from, (row) => row.item);
        const pending = [...pendingRows(this.room, false), ...pendingRows(this.#side, true)];
        const unsent = pending.sort((a, b) => a.item.order - b.item.order);
        return [...merged, ...draftRows(this.room), ...unsent];
    }

    #listen() {
        const { hub, inbox } = this.#app;
        const { signal } = this.#listeners;
        const redrawTyping = () => this.#showTyping();
        this.room.addEventListener("change", () => this.#roomChanged(), { signal });
        this.room.addEventListener("typing", redrawTyping, { signal });
        this.room.addEventListener("draft", () => this.#list.grow(this.room.draft), { signal });
        this.room.addEventListener("presence", () => this.#refresh(), { signal });
        this.room.addEventListener("gone", () => this.#gone(), { signal });
        this.room.addEventListener("arrival", ({ detail }) => this.#announce(detail), { signal });
        inbox.addEventListener("change", () => this.summary !== this.#shown && this.#refresh(), { signal });
        this.#app.team.addEventListener("change", () => this.#refresh(), { signal });
        this.#app.mentions.addEventListener("change", () => this.#markRead(), { signal });
        hub.addEventListener("status", () => this.#list.redraw(), { signal });
        document.addEventListener("visibilitychange", () => this.#markRead(), { signal });
    }

    #roomChanged() {
        if (this.#isCustomer && !this.#side && this.room.side) {
            this.#side = this.#app.hub.open(this.room.side);
            const { signal } = this.#listeners;
            this.#side.addEventListener("change", () => this.#list.redraw(), { signal });
            this.#side.addEventListener("typing", () => this.#showTyping(), { signal });
            this.#side.addEventListener("arrival", ({ detail }) => this.#announce(detail), { signal });
            if (this.room.conversation) this.#app.inbox.take(this.room.conversation);
        }
        this.#list.redraw();
        this.#refresh();
    }

    #refresh() {
        this.#shown = this.summary;
        this.#header.redraw();
        this.#details?.redraw();
        this.#window.show(this.summary?.window_until);
        this.#composer.offersHelp = this.#help.isOffered;
        this.#composer.offersMore = this.#isCustomer && !this.#mode.isNote;
    }

    #gone() {
        const text = h("p.empty", { role: "alert" }, this.#app.t("staff.refused"));
        this.#list.element.replaceChildren(text);
    }

    #announce(message) {
        const { announcer, t } = this.#app;
        announcer.say(t("message.by", { name: nameOf(message.by, t), text: plainText(message, t) }));
    }

    #showTyping() {
        const now = Date.now();
        this.#typing.show([...this.room.typing(now), ...(this.#side?.typing(now) ?? [])]);
    }

    #send(text) {
        const { hub } = this.#app;
        if (!this.#editing && this.#target === this.room && this.#window.isClosed) {
            // The hub would refuse it: what was written stays, and what may be sent is offered.
            this.#composer.value = text;
            this.#sendTemplate();
            return;
        }
        if (this.#editing) {
            const { room, item } = this.#editing;
            const mentions = this.#mentions.idsIn(text, item.body.mentions);
            if (text !== item.body.text) hub.edit(room.id, item.seq, text, mentions);
        } else {
            const replyTo = this.#replyTo?.room === this.#target ? this.#replyTo.item.seq : undefined;
            hub.send(this.#target.id, { text, mentions: this.#mentions.idsIn(text), replyTo, ...this.#seen() });
            this.#list.scrollToEnd();
        }
        this.#composer.cancel();
    }

    #moreItems() {
        const { t } = this.#app;
        const template = { label: t("template.title"), run: () => this.#sendTemplate() };
        const choices = { label: t("choices.title"), run: () => this.#sendChoices() };
        return [this.summary?.channel === "whatsapp" && template, !this.#window.isClosed && choices].filter(Boolean);
    }

    async #sendTemplate() {
        this.#sendCard("template", await chooseTemplate(this.#app));
    }

    async #sendChoices() {
        const body = await composeChoices(this.#app, this.#composer.value);
        if (body) this.#composer.value = "";
        this.#sendCard("interactive", body);
    }

    #sendCard(kind, body) {
        if (body) {
            this.#app.hub.send(this.room.id, { kind, body, ...this.#seen() });
            this.#list.scrollToEnd();
        }
        this.#composer.focus();
    }

    #sendFile(file) {
        this.#app.hub.send(this.#target.id, { file, ...this.#seen() });
        this.#list.scrollToEnd();
    }

    /** An answer must fit what the customer wrote last; a note to colleagues always does. */
    #seen() {
        return this.#isCustomer && this.#target === this.room && this.room.seq !== null ? { seen: this.room.seq } : {};
    }

    #reply(row) {
        this.#mode?.choose(row.isNote);
        this.#replyTo = row;
        const { t } = this.#app;
        const name = row.room.isMine(row.item) ? t("message.you") : nameOf(row.item.by, t);
        this.#composer.showBanner(
            t("composer.replyingTo", { name }),
            plainText(row.item, t),
            () => (this.#replyTo = null),
        );
    }

    #edit(row) {
        const { t } = this.#app;
        const draft = this.#composer.value;
        this.#editing = row;
        this.#composer.showBanner(t("composer.editing"), row.item.body.text, () => {
            this.#editing = null;
            this.#composer.value = draft;
        });
        this.#composer.value = row.item.body.text;
    }

    async #remove({ room, item }) {
        const { t, hub } = this.#app;
        if (await confirm(t, t("message.delete.ask"), t("message.delete"))) hub.delete(room.id, item.seq);
    }

    #modeChanged() {
        this.#composer.placeholder = this.#app.t(this.#mode.isNote ? "composer.note" : "composer.placeholder");
        this.element.classList.toggle("writes-note", this.#mode.isNote);
        this.#refresh();
        this.#composer.focus();
    }

    async #loadOlder() {
        const { hub } = this.#app;
        if (!this.room.timeline.isComplete) await hub.loadHistory(this.room);
        await this.#alignNotes();
    }

    /** Notes are loaded as far back as the messages they belong to. */
    async #alignNotes() {
        const side = this.#side;
        const reaches = () => side.timeline.isComplete || (side.items[0]?.anchor ?? 0) < this.room.timeline.from;
        while (side && side.seq !== null && !reaches()) {
            if (!(await this.#app.hub.loadHistory(side, 200))) return;
        }
    }

    #markRead() {
        const { hub, mentions } = this.#app;
        if (document.visibilityState !== "visible" || !this.element.isConnected || !this.#list.isAtEnd) return;
        for (const room of [this.room, this.#side]) {
            const isMentioned = room !== null && mentions.model.has(room.id);
            if (!room?.seq || (room.unread === 0 && !isMentioned)) continue;
            hub.read(room.id, room.seq);
            mentions.read(room.id, room.seq);
        }
    }

    #until(condition) {
        if (condition()) return Promise.resolve();
        return new Promise((resolve) => {
            const check = () => {
                if (!condition()) return;
                this.#app.hub.removeEventListener("status", check);
                resolve();
            };
            const { signal } = this.#listeners;
            this.room.addEventListener("change", check, { signal });
            this.#app.inbox.addEventListener("change", check, { signal });
            this.#app.hub.addEventListener("status", check, { signal });
        });
    }
}
