/** Hands a conversation to a colleague or a team, with a note. */
import { showDialog } from "../ui/dialog.js";
import { h } from "../ui/dom.js";
import { nameIn } from "../ui/format.js";
import { choice, closeAction, formActions, textField } from "../ui/form-parts.js";

const MAX_NOTE = 2_000;

/** Asks to whom, and hands it over. */
export async function transfer(app, room) {
    const { t, hub, toast } = app;
    let people;
    try {
        people = await Promise.all([hub.rest.teams(), hub.rest.routingAgents()]);
    } catch (error) {
        toast(t("error.other", { code: error.code }));
        return;
    }
    const targets = targetsOf(...people, hub.me?.id, t, document.documentElement.lang);
    const isDone = await showDialog(t("transfer.title"), (done) => {
        if (targets.length === 0) return [h("p", {}, t("transfer.nobody")), closeAction(t, done)];
        const list = targets.map(({ id, name, hint }, index) =>
            choice("radio", "to", id, name, { hint, isChecked: index === 0 }),
        );
        const message = h("p.form-message", { role: "alert" });
        const form = h(
            "form.dialog-form",
            { on: { submit: send } },
            h("fieldset.choices.is-scrolled", {}, h("legend", {}, t("transfer.to")), ...list),
            textField(t("transfer.note"), "note", "", { maxlength: MAX_NOTE }),
            choice("checkbox", "queue", "yes", t("transfer.queue"), { hint: t("transfer.queue.text") }),
            message,
            formActions(t, t("transfer.do"), done),
        );
        return [form];

        async function send(event) {
            event.preventDefault();
            const data = new FormData(form);
            const note = data.get("note").trim();
            const options = { fallback: data.has("queue") ? "queue" : "stay", ...(note === "" ? {} : { note }) };
            try {
                await hub.transfer(room, data.get("to"), options);
                done(true);
            } catch (error) {
                const key = error.code === "conflict" ? "transfer.conflict" : "error.other";
                message.textContent = t(key, { code: error.code });
            }
        }
    });
    if (isDone) toast(t("transfer.done"));
}

/** Teams first, then colleagues: who is online and has most room comes before the others. */
export function targetsOf(teams, agents, me, t, lang) {
    const others = agents.filter(({ id }) => id !== me);
    const here = (team) => others.filter((agent) => agent.presence === "online" && agent.teams.includes(team)).length;
    const room = ({ capacity, load }) => capacity - load;
    const isHere = ({ presence }) => presence === "online";
    const colleagues = others.toSorted((a, b) => isHere(b) - isHere(a) || room(b) - room(a));
    return [
        ...teams.map((team) => ({ id: team.id, name: nameIn(lang, team), hint: t("transfer.team", { n: here(team.id) }) })),
        ...colleagues.map(({ id, name, presence, held }) => ({
            id,
            name,
            hint: `${t(`presence.${presence}`)} · ${t("transfer.held", { n: held })}`,
        })),
    ];
}
