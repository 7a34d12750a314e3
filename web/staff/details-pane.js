/** What is known of a customer: what they say of themselves, what the shop keeps, and who of the team is here. */
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
    #top = h("div.details-top");
    #panel = h("div.details-panel");
    #foot = h("div.details-foot");
    #isAsked = false;

    /** @param {AbortSignal} signal ends it with the conversation */
    constructor(app, conversation, signal) {
        this.#app = app;
        this.#conversation = conversation;
        this.element.setAttribute("aria-label", app.t("staff.details"));
        this.#label = h("button.button.is-small.is-plain", { type: "button", data: { menu: "labels" } }, app.t("labels.edit"));
        attachMenu(this.#label, () => this.#labelItems());
        this.#transcript = h(
            "button.button.is-small.is-plain",
            { type: "button", data: { menu: "transcript" } },
            app.t("transcript.title"),
        );
        attachMenu(this.#transcript, () => this.#transcriptItems());
        const close = iconButton(icon("close"), app.t("details.close"), () => conversation.toggleDetails(), {
            class: "icon-button details-close",
        });
        this.element.append(close, this.#top, this.#panel, this.#foot);
        this.element.addEventListener("keydown", (event) => {
            const isSheet = close.offsetParent !== null;
            if (event.key !== "Escape" || event.defaultPrevented || !isSheet) return;
            conversation.toggleDetails();
        });
        this.#watch(signal);
    }

    /** What the shop keeps is loaded when somebody looks: on a narrow screen the pane is out of sight at first. */
    #watch(signal) {
        const observer = new IntersectionObserver((entries) => {
            if (entries.some(({ isIntersecting }) => isIntersecting)) this.#open(signal);
        });
        observer.observe(this.element);
        signal.addEventListener("abort", () => observer.disconnect());
    }

    async #open(signal) {
        if (this.#isAsked) return;
        this.#isAsked = true;
        const { t } = this.#app;
        try {
            const { customerPanel } = await import("./panel/panel.js");
            const place = { room: this.#conversation.room.id, summary: () => this.#conversation.summary, signal };
            const panel = await customerPanel(this.#app, place);
            if (!signal.aborted) this.#panel.replaceChildren(panel);
        } catch {
            const retry = () => {
                this.#isAsked = false;
                this.#open(signal);
            };
            const again = h("button.button.is-plain.is-small", { type: "button", on: { click: retry } }, t("details.again"));
            this.#panel.replaceChildren(h("p", { role: "alert" }, t("details.failed")), again);
        }
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
        const head = h("div.details-head", {}, avatar(contact), h("h2", {}, bdi(customerName(summary, t))), trust);
        this.#top.replaceChildren(head, h("dl", {}, ...this.#facts(summary)), ...this.#labels(summary));
        this.#foot.replaceChildren(...this.#people(), this.#transcript);
    }

    #facts({ contact, channel }) {
        const { t, format } = this.#app;
        const channelKey = `details.channel.${channel}`;
        const name = t(channelKey);
        const facts = [
            ["email", contact.email],
            ["phone", contact.phone],
            ["locale", contact.locale && format.language(contact.locale)],
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
        return [h("h3.details-title", {}, t("labels.title")), h("div.label-chips", {}, ...chips), this.#label];
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
        return [h("h3.details-title", {}, t("details.here")), h("ul.people", {}, ...lines)];
    }
}
