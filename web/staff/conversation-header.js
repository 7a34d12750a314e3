/** The head of a room: who it is, whose it is, in which state, and the way back on a phone. */
import { avatar } from "../ui/avatar.js";
import { nameOf } from "../ui/bubble.js";
import { bdi, coalesced, h, iconButton } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { attachMenu } from "../ui/menu.js";
import { customerName } from "./customer.js";
import { showMembers } from "./new-room.js";
import { transfer } from "./transfer-dialog.js";

/** When a snoozed conversation comes back in the morning. */
const MORNING_HOUR = 9;

/** Why the assistant does not take a conversation. */
const NO_ASSISTANT = { not_found: "conversation.assign.noAssistant", conflict: "conversation.assign.notOpen" };

export class ConversationHeader {
    element = h("header.stage-head");
    redraw = coalesced(() => this.#draw());
    #app;
    #conversation;
    #identity = h("div.stage-title");
    #assign;
    #state;
    #quick;
    #summarise;

    constructor(app, conversation) {
        this.#app = app;
        this.#conversation = conversation;
        const { t } = app;
        const back = iconButton(icon("back"), t("staff.back"), () => (location.hash = ""), {
            class: "icon-button back",
        });
        this.element.append(
            back,
            this.#identity,
            ...(conversation.isCustomer ? this.#customerTools() : this.#teamTools()),
        );
    }

    /** What can be done with the customer's conversation, for the palette and the keys. */
    get commands() {
        const { t, hub } = this.#app;
        const { room } = this.#conversation;
        if (!this.#conversation.isCustomer || !this.#conversation.summary) return [];
        const [, , , ...snoozes] = this.#stateItems();
        return [
            { id: "resolve", label: this.#quick.textContent, image: "check", run: () => this.#resolveOrReopen() },
            {
                id: "assignMe",
                label: t("conversation.assign.me"),
                image: "person",
                run: () => this.#run(hub.assign(room.id, "me")),
            },
            { id: "details", label: t("staff.details"), image: "info", run: () => this.#conversation.toggleDetails() },
            ...snoozes.map((item) => ({ ...item, image: "clock" })),
        ];
    }

    #customerTools() {
        const { t } = this.#app;
        this.#assign = h("button.select", { type: "button", data: { menu: "assign" } });
        this.#state = h("button.select", { type: "button", data: { menu: "state" } });
        this.#quick = h("button.button.is-small", {
            type: "button",
            data: { menu: "resolve" },
            on: { click: () => this.#resolveOrReopen() },
        });
        attachMenu(this.#assign, () => this.#assignItems());
        attachMenu(this.#state, () => this.#stateItems());
        const details = iconButton(icon("info"), t("staff.details"), () => this.#conversation.toggleDetails(), {
            class: "icon-button details-button",
        });
        this.#summarise = iconButton(icon("spark"), t("help.summary"), () => this.#conversation.summarise(), {
            hidden: true,
            data: { help: "summary" },
        });
        return [this.#assign, this.#state, this.#quick, this.#summarise, details];
    }

    #teamTools() {
        const { t, team } = this.#app;
        const members = () => showMembers(this.#app, team, this.#conversation.room.id);
        return [iconButton(icon("people"), t("team.members"), members)];
    }

    #draw() {
        if (this.#conversation.isCustomer) this.#drawCustomer();
        else this.#drawTeam();
    }

    #drawCustomer() {
        const { t } = this.#app;
        const { summary, room } = this.#conversation;
        if (!summary) return;
        const name = customerName(summary, t);
        const customer = [...room.here.values()].find((person) => person.kind !== "staff");
        const presence = customer ? (customer.state ?? "online") : "offline";
        this.#identity.replaceChildren(
            avatar(summary.contact, customer ? presence : null),
            h("div", {}, h("h2", {}, bdi(name)), h("p", {}, t(`presence.${presence}`))),
        );
        const owner = summary.assignee ? nameOf(summary.assignee, t) : t("conversation.unassigned");
        this.#label(this.#assign, icon("person"), t("conversation.assign"), owner);
        this.#label(
            this.#state,
            h("span.dot", { data: { state: summary.state } }),
            t("conversation.state"),
            t(`state.${summary.state}`),
        );
        this.#summarise.hidden = !this.#conversation.canSummarise;
        this.#quick.textContent = t(summary.state === "resolved" ? "conversation.reopen" : "conversation.resolve");
        this.#quick.classList.toggle("is-plain", summary.state === "resolved");
    }

    #label(button, mark, name, value) {
        button.replaceChildren(mark, h("span", {}, bdi(value)), icon("down"));
        button.setAttribute("aria-label", `${name}: ${value}`);
        button.title = name;
    }

    #drawTeam() {
        const { t, team } = this.#app;
        const room = team.get(this.#conversation.room.id);
        if (!room) return;
        const mark =
            room.kind === "direct"
                ? avatar({ id: room.id, name: team.titleOf(room) })
                : h("span.avatar.is-room", {}, icon(room.kind === "channel" ? "hash" : "people"));
        const count = t("team.count", { n: room.members.length });
        const text = room.kind === "direct" ? t("team.direct") : `${t(`team.${room.kind}`)} · ${count}`;
        this.#identity.replaceChildren(mark, h("div", {}, h("h2", {}, bdi(team.titleOf(room))), h("p", {}, text)));
    }

    #assignItems() {
        const { t, hub, team } = this.#app;
        const { summary, room } = this.#conversation;
        const owner = summary?.assignee?.id ?? null;
        const me = hub.me?.id;
        const to = (target, words) => () => this.#run(hub.assign(room.id, target), words);
        const isAssistants = summary?.assignee?.kind === "assistant";
        const colleagues = team.staff.filter(({ id }) => id !== me);
        return [
            { label: t("conversation.assign.me"), isChecked: owner === me, run: to("me") },
            ...colleagues.map(({ id, name }) => ({ label: name, isChecked: owner === id, run: to(id) })),
            { label: t("assistant.name"), isChecked: isAssistants, run: to("assistant", NO_ASSISTANT) },
            { label: t("conversation.assign.none"), isChecked: owner === null, run: to(null) },
            // Only who has a conversation hands it on.
            ...(owner === me ? [{ label: t("transfer.title"), run: () => transfer(this.#app, room.id) }] : []),
        ];
    }

    #stateItems() {
        const { t } = this.#app;
        const current = this.#conversation.summary?.state;
        const entry = (state) => ({
            label: t(`state.${state}`),
            isChecked: current === state,
            run: () => this.#set(state),
        });
        const snooze = (key, until) => ({
            label: t(`conversation.snooze.${key}`),
            isChecked: false,
            run: () => this.#set("snoozed", until),
        });
        const now = new Date();
        const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING_HOUR);
        return [
            entry("open"),
            entry("pending"),
            entry("resolved"),
            snooze("hour", new Date(now.getTime() + 3_600_000)),
            snooze("tomorrow", morning),
            snooze("week", new Date(now.getTime() + 7 * 86_400_000)),
        ];
    }

    #resolveOrReopen() {
        this.#set(this.#conversation.summary?.state === "resolved" ? "open" : "resolved");
    }

    #set(state, until) {
        this.#run(this.#app.hub.setState(this.#conversation.room.id, state, until?.toISOString()));
    }

    /** @param {object} [words] what is said of an error, by its code */
    async #run(promise, words = {}) {
        try {
            await promise;
        } catch (error) {
            this.#app.toast(this.#app.t(words[error.code] ?? "error.other", { code: error.code }));
        }
    }
}
