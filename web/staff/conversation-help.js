/** Help of the language model in one room: what it is asked for, and what becomes of what it writes. */
import { plainText } from "../ui/bubble.js";
import { HelpPanel } from "./help-panel.js";

export class ConversationHelp {
    #app;
    #room;
    #composer;
    #panel;

    /** @param {{room: () => string, composer: Composer}} place `room` is where the next message goes */
    constructor(app, { room, composer }) {
        this.#app = app;
        this.#room = room;
        this.#composer = composer;
        this.#panel = new HelpPanel(app, () => this.#goOnWriting());
    }

    get element() {
        return this.#panel.element;
    }

    /** Whether this hub has a model to ask. */
    get isOffered() {
        return this.#app.hub.features.includes("help");
    }

    /** Entries of the menu beside the line; `canReply` where the next message goes to a customer. */
    items(canReply) {
        const { t } = this.#app;
        const isEmpty = this.#composer.value.trim() === "";
        const reply = { label: t(isEmpty ? "help.reply" : "help.reply.finish"), run: () => this.#suggest() };
        const translate = { label: t("help.translate"), run: () => this.#translateDraft() };
        return [...(canReply ? [reply] : []), ...(isEmpty && canReply ? [] : [translate])];
    }

    translate({ room, item }) {
        const { hub, t } = this.#app;
        this.#panel.open({
            kind: "translation",
            quote: plainText(item, t),
            begin: () => hub.help(room.id, "translation", { target: item.seq }),
            uses: [this.#copy],
        });
    }

    /** @param {() => string | undefined} side the room of private notes */
    summarise(room, side) {
        const { hub } = this.#app;
        const note = {
            key: "note",
            run: (text) => {
                hub.send(side, { text });
                this.#panel.close();
            },
        };
        this.#panel.open({
            kind: "summary",
            begin: () => hub.help(room, "summary", { to: document.documentElement.lang }),
            uses: side ? [this.#copy, note] : [this.#copy],
        });
    }

    /** The room is left, and its help with it. */
    leave() {
        this.#panel.leave();
    }

    /** On a phone the keyboard would cover what is being written. */
    #goOnWriting() {
        if (matchMedia("(pointer: coarse)").matches) this.#composer.focusHelp();
        else this.#composer.focus();
    }

    #suggest() {
        const { hub } = this.#app;
        const [room, isBegun] = [this.#room(), this.#composer.value.trim() !== ""];
        this.#panel.open({
            kind: "reply",
            begin: () => hub.help(room, "reply", { draft: this.#composer.value.trim() }),
            uses: isBegun ? [this.#replace, this.#insert] : [this.#insert, this.#replace],
        });
        this.#goOnWriting();
    }

    #translateDraft() {
        const { hub } = this.#app;
        const [room, text] = [this.#room(), this.#composer.value.trim()];
        if (text === "") return this.#goOnWriting();
        this.#panel.open({
            kind: "translation",
            quote: text,
            begin: () => hub.help(room, "translation", { text }),
            uses: [this.#replace, this.#insert],
        });
        this.#goOnWriting();
    }

    get #copy() {
        return { key: "copy", run: (text, button) => this.#panel.copy(text, button) };
    }

    get #insert() {
        return { key: "insert", run: (text) => this.#write(text, false) };
    }

    get #replace() {
        return { key: "replace", run: (text) => this.#write(text, true) };
    }

    #write(text, replaces) {
        this.#panel.close();
        this.#composer.insert(text, { replaces });
    }
}
