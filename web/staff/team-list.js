/** The internal rooms as a list, by kind. */
import { avatar } from "../ui/avatar.js";
import { arrange, bdi, coalesced, h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { Colleagues } from "./colleagues.js";
import { mentionSign } from "./mention-list.js";
import { newRoom } from "./new-room.js";

const KINDS = ["channel", "group", "direct"];

export class TeamList {
    element;
    redraw = coalesced(() => this.#draw());
    #app;
    #team;
    #list = h("div.rows");
    #colleagues;
    #selected = null;

    constructor(app, team) {
        this.#app = app;
        this.#team = team;
        this.#colleagues = new Colleagues(app);
        const { t } = app;
        const create = h(
            "button.button.is-plain",
            { type: "button", on: { click: () => newRoom(app, team) } },
            icon("plus"),
            t("team.new"),
        );
        this.element = h("div.list-pane", {}, h("div.list-actions", {}, create), this.#list);
        team.addEventListener("change", this.redraw);
        app.mentions.addEventListener("change", this.redraw);
        this.redraw();
    }

    set selected(room) {
        this.#selected = room;
        this.redraw();
    }

    #draw() {
        const { t } = this.#app;
        const groups = KINDS.map((kind) => [kind, this.#team.rooms.filter((room) => room.kind === kind)]);
        const sections = groups
            .filter(([, rooms]) => rooms.length > 0)
            .map(([kind, rooms]) =>
                h(
                    "section",
                    {},
                    h("h2", {}, t(`team.${kind}s`)),
                    h("ul.rows", {}, ...rooms.map((room) => this.#row(room))),
                ),
            );
        const empty = h(
            "div.empty",
            {},
            icon("people"),
            h("strong", {}, t("team.empty")),
            h("span", {}, t("team.empty.text")),
        );
        // What somebody reads, or has the focus on, stays in place.
        arrange(this.#list, [this.#colleagues.element, ...(sections.length > 0 ? sections : [empty])]);
    }

    #row(room) {
        const { t, format, hub } = this.#app;
        const unread = this.#team.unreadOf(room);
        const other = room.members.find((member) => member.id !== hub.me?.id) ?? room.members[0];
        const mark =
            room.kind === "direct" && other
                ? avatar(other)
                : h("span.avatar.is-room", {}, icon(room.kind === "channel" ? "hash" : "people"));
        const live = hub.room(room.id)?.items.findLast((item) => item.ev === undefined);
        const last = live ? { ...live, text: live.body?.text ?? live.body?.name } : room.last;
        const link = h(
            "a.row",
            {
                href: `#/t/${encodeURIComponent(room.id)}`,
                data: { room: room.id },
                "aria-current": room.id === this.#selected ? "true" : null,
            },
            mark,
            h(
                "span.row-main",
                {},
                h(
                    "span.row-top",
                    {},
                    h("strong", {}, bdi(this.#team.titleOf(room))),
                    last ? h("time", {}, format.brief(last.at)) : null,
                ),
                h(
                    "span.row-text",
                    {},
                    h("span.preview", {}, bdi(last?.text ?? t(`team.${room.kind}.text`))),
                    this.#app.mentions.model.has(room.id) ? mentionSign(t) : null,
                    unread > 0
                        ? h("span.count", { "aria-label": t("staff.unread", { n: unread }) }, String(unread))
                        : null,
                ),
            ),
        );
        link.classList.toggle("is-unread", unread > 0);
        return h("li", {}, link);
    }
}
