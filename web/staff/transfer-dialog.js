/** Hands a conversation to a colleague or a team, with a note. */
import { showDialog } from "../ui/dialog.js";
import { h } from "../ui/dom.js";
import { nameIn } from "../ui/format.js";
import { choice, closeAction, formActions, textField } from "../ui/form-parts.js";
import { isFull, loadOf, roomIn } from "./workload.js";

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
    const targets = targetsOf(...people, hub.me?.id, app, document.documentElement.lang);
    const isDone = await showDialog(t("transfer.title"), (done) => {
        if (targets.length === 0) return [h("p", {}, t("transfer.nobody")), closeAction(t, done)];
        const list = targets.map(({ id, name, hint, presence }, index) =>
            choice("radio", "to", id, name, {
                hint: presence ? [h("span.dot", { data: { presence } }), hint] : hint,
                isChecked: index === 0,
            }),
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
export function targetsOf(teams, agents, me, { t, format }, lang) {
    const others = agents.filter(({ id }) => id !== me);
    const room = ({ capacity, load }) => capacity - load;
    const isHere = ({ presence }) => presence === "online";
    const colleagues = others.toSorted((a, b) => isHere(b) - isHere(a) || room(b) - room(a));
    return [
        ...teams.map((team) => {
            const members = others.filter((agent) => agent.teams.includes(team.id));
            const n = members.filter(isHere).length;
            const words = [t("transfer.team", { n }), ...(n > 0 ? [t("transfer.room", { n: roomIn(members) })] : [])];
            return { id: team.id, name: nameIn(lang, team), hint: words.join(" · ") };
        }),
        ...colleagues.map((agent) => {
            const { id, name, presence } = agent;
            const now = loadOf(agent);
            const load = t(isFull(now) ? "team.full" : "team.load", { n: format.number(now.load), of: format.number(now.capacity) });
            return { id, name, presence, hint: `${t(`presence.${presence}`)} · ${load}` };
        }),
    ];
}
