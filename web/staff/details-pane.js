/** What is known of a customer, and who of the team looks at the conversation now. */
import { avatar } from "../ui/avatar.js";
import { bdi, coalesced, h, iconButton } from "../ui/dom.js";
import { nameIn } from "../ui/format.js";
import { icon } from "../ui/icons.js";
import { labelChip } from "../ui/label-chip.js";
import { attachMenu } from "../ui/menu.js";
import { customerName } from "./customer.js";
import { downloadTranscript, mailTranscript } from "./transcript.js";

export class DetailsPane {
    element = h("aside.details");
    redraw = coalesced(() => this.#draw());
    #app;
    #conversation;
    #label;
    #transcript;

    constructor(app, conversation) {
        this.#app = app;
        this.#conversation = conversation;
        this.element.setAttribute("aria-label", app.t("staff.details"));
        this.#label = h("button.button.is-small", { type: "button", data: { menu: "labels" } }, app.t("labels.edit"));
        attachMenu(this.#label, () => this.#labelItems());
        this.#transcript = h(
            "button.button.is-small.is-plain",
            { type: "button", data: { menu: "transcript" } },
            app.t("transcript.title"),
        );
        attachMenu(this.#transcript, () => this.#transcriptItems());
    }

    #draw() {
        const { t } = this.#app;
        const { summary } = this.#conversation;
        if (!summary) return;
        const { contact } = summary;
        const trust = h(
            "p.trust",
            { data: { verified: String(contact.verified) } },
            icon(contact.verified ? "shield" : "info"),
            t(contact.verified ? "details.verified" : "details.unverified"),
        );
        const close = iconButton(icon("close"), t("details.close"), () => this.#conversation.toggleDetails(), {
            class: "icon-button details-close",
        });
        const head = h("div.details-head", {}, avatar(contact), h("h3", {}, bdi(customerName(summary, t))), trust);
        this.element.replaceChildren(close, head, h("dl", {}, ...this.#facts(summary)), ...this.#labels(summary), ...this.#people(), this.#transcript);
    }

    #facts({ contact, channel }) {
        const { t } = this.#app;
        const channelKey = `details.channel.${channel}`;
        const name = t(channelKey);
        const facts = [
            ["email", contact.email],
            ["phone", contact.phone],
            ["locale", contact.locale],
            ["channel", name === channelKey ? channel : name],
            ["page", contact.page],
        ];
        return facts
            .filter(([, value]) => value)
            .flatMap(([key, value]) => [h("dt", {}, t(`details.${key}`)), h("dd", {}, bdi(value))]);
    }

    #labels({ labels = [] }) {
        const { t } = this.#app;
        const chips = labels.map((label) => labelChip(label, this.#nameOf(label)));
        return [h("h4", {}, t("labels.title")), h("div.label-chips", {}, ...chips), this.#label];
    }

    #nameOf(label) {
        return nameIn(document.documentElement.lang, label);
    }

    #labelItems() {
        const { labels, t, toast } = this.#app;
        const { summary } = this.#conversation;
        labels.load().catch(() => {});
        if (labels.known.length === 0) return [{ label: t("labels.none"), run: () => {} }];
        return labels.known.map((label) => ({
            label: this.#nameOf(label),
            isChecked: summary.labels.some(({ id }) => id === label.id),
            run: () => labels.toggle(summary, label.id).catch(({ code }) => toast(t("error.other", { code }))),
        }));
    }

    #transcriptItems() {
        const { t } = this.#app;
        const { room, contact } = this.#conversation.summary;
        const mail = { label: t("transcript.mail"), run: () => mailTranscript(this.#app, room) };
        const item = (key, options) => ({
            label: t(`transcript.${key}`),
            run: () => downloadTranscript(this.#app, room, options),
        });
        return [
            item("page", { format: "html", notes: false }),
            item("text", { format: "text", notes: false }),
            item("notes", { format: "html", notes: true }),
            ...(contact.email ? [mail] : []),
        ];
    }

    #people() {
        const { t } = this.#app;
        const staff = [...this.#conversation.room.here.values()].filter((person) => person.kind === "staff");
        if (staff.length === 0) return [];
        const lines = staff.map((person) => h("li", {}, avatar(person, person.state ?? "online"), bdi(person.name)));
        return [h("h4", {}, t("details.here")), h("ul.people", {}, ...lines)];
    }
}
