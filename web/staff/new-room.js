/** Dialogs of internal rooms: making one, and its members. */
import { avatar } from "../ui/avatar.js";
import { showDialog } from "../ui/dialog.js";
import { bdi, h, iconButton } from "../ui/dom.js";
import { choice, closeAction, field, formActions } from "../ui/form-parts.js";
import { icon } from "../ui/icons.js";

const KINDS = ["channel", "group", "direct"];

/** Asks what the room shall be, makes it and goes there. */
export async function newRoom(app, team) {
    const { t, hub } = app;
    const made = await showDialog(t("team.new"), (done) => {
        const colleagues = team.staff.filter(({ id }) => id !== hub.me?.id);
        const kinds = KINDS.map((kind, index) =>
            choice("radio", "kind", kind, t(`team.${kind}`), {
                hint: t(`team.${kind}.text`),
                isChecked: index === 0,
            }),
        );
        const people = colleagues.map(({ id, name }) => choice("checkbox", "member", id, name));
        const title = field(t("team.name"), "title", { maxlength: 80 });
        const members = h("fieldset.choices", {}, h("legend", {}, t("team.members")), ...people);
        const message = h("p.form-message", { role: "alert" });
        const form = h(
            "form.dialog-form",
            { on: { submit: send, change: adapt } },
            h("fieldset.choices.is-kinds", {}, h("legend", {}, t("team.kind")), ...kinds),
            title,
            members,
            message,
            formActions(t, t("team.create"), done),
        );
        adapt();
        return [form];

        function adapt(event) {
            const kind = new FormData(form).get("kind");
            title.hidden = kind === "direct";
            title.querySelector("input").required = kind !== "direct";
            members.hidden = kind === "channel";
            const boxes = [...members.querySelectorAll("input")];
            if (kind !== "direct") return;
            for (const box of boxes) if (box !== event?.target && event?.target?.name === "member") box.checked = false;
        }

        async function send(event) {
            event.preventDefault();
            const data = new FormData(form);
            const kind = data.get("kind");
            const chosen = data.getAll("member");
            if (kind === "direct" && chosen.length !== 1) return;
            try {
                const room = await team.create({
                    kind,
                    ...(kind === "direct" ? {} : { title: data.get("title").trim() }),
                    ...(kind === "channel" ? {} : { members: chosen }),
                });
                done(room);
            } catch (error) {
                message.textContent = t("error.other", { code: error.code });
            }
        }
    });
    if (made) location.hash = `#/t/${encodeURIComponent(made.id)}`;
}

/** Who is in a room; members of a group may add and remove. */
export function showMembers(app, team, id) {
    const { t, hub } = app;
    return showDialog(t("team.members"), (done) => {
        const list = h("ul.members");
        const message = h("p.form-message", { role: "alert" });
        draw();
        return [
            list,
            message,
            closeAction(t, done),
        ];

        function draw() {
            const room = team.get(id);
            if (!room) return done(null);
            const canChange = room.kind === "group";
            const members = room.members.map((member) => line(member, canChange ? removal(member) : null));
            const others = canChange
                ? team.staff.filter((each) => !room.members.some((member) => member.id === each.id))
                : [];
            const additions = others.map((each) =>
                line(
                    each,
                    h(
                        "button.button.is-plain",
                        { type: "button", on: { click: run(() => team.addMember(id, each.id)) } },
                        t("team.add"),
                    ),
                ),
            );
            list.replaceChildren(...members, ...additions);
        }

        function removal(member) {
            const remove = run(() => team.removeMember(id, member.id));
            if (member.id !== hub.me?.id)
                return iconButton(icon("close"), t("team.remove", { name: member.name }), remove);
            return h("button.button.is-plain", { type: "button", on: { click: remove } }, t("team.leave"));
        }

        function run(task) {
            return async () => {
                try {
                    await task();
                    draw();
                } catch (error) {
                    message.textContent = t("error.other", { code: error.code });
                }
            };
        }
    });
}

const line = (person, action) => h("li", {}, avatar(person), h("span", {}, bdi(person.name)), action);
