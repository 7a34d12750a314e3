/** Whom the shop promised to call, and when: made and finished here. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { nextOf, standing } from "../../ui/crm/callback-steps.js";
import { bdi, h, iconButton } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { attachMenu } from "../../ui/menu.js";
import { momentOf, momentText } from "../../ui/values.js";
import { phoneOf, united } from "./contact-values.js";
import { askForm } from "./form-dialog.js";
import { action, nothing, Section, settingsLink } from "./section.js";

const MOST = 10;
const HOUR_MS = 3_600_000;

/** What is still to be called stands first, the next one above; then the others, the latest above. Pure. */
export function inTurn(a, b) {
    const isPlanned = (each) => each.state === "planned";
    if (isPlanned(a) !== isPlanned(b)) return isPlanned(a) ? -1 : 1;
    const order = a.due_at < b.due_at ? -1 : a.due_at > b.due_at ? 1 : 0;
    return isPlanned(a) ? order : -order;
}

/** The next full hour, but one: time to finish what one is at. Pure. */
export const soon = (now) => new Date(Math.ceil(now.getTime() / HOUR_MS) * HOUR_MS + HOUR_MS);

export class CallbackSection extends Section {
    constructor(panel) {
        super(panel, { id: "callbacks", title: panel.app.t("section.callbacks"), image: "call" });
    }

    async load(signal) {
        const { app, customer, room } = this.panel;
        const { contact } = await customer.get();
        const of = async (query) => (await app.rest.get(`/callbacks?${new URLSearchParams({ limit: MOST, sort: "-due_at", ...query })}`, { signal })).items;
        const lists = await Promise.all([of({ conversation: room }), contact ? of({ contact: contact.id }) : []]);
        return { callbacks: united(lists, inTurn).slice(0, MOST), contact };
    }

    count() {
        return this.data.callbacks.filter(({ state }) => state === "planned").length;
    }

    draw() {
        const { t, may } = this.panel.app;
        const { callbacks } = this.data;
        return [
            callbacks.length === 0 && nothing(t("panel.callbacks.none")),
            callbacks.length > 0 && h("ul.part-rows", {}, ...callbacks.map((each) => this.#row(each))),
            may("crm:write") && h("div.part-actions", {}, action(t("callbacks.make"), () => this.#make(), { key: "make" })),
        ];
    }

    #row(callback) {
        const { t, format, may } = this.panel.app;
        const { id, phone, name, due_at: due, topic, outcome, state } = callback;
        const shown = standing(callback);
        const items = nextOf(state).map((next) => ({ label: t(`callbacks.to.${next}`), run: () => this.#step(callback, next) }));
        const button = iconButton(icon("more"), t("panel.callback.menu", { phone }), () => {}, { data: { key: `callback:${id}` } });
        attachMenu(button, () => items);
        return h(
            "li.part-row",
            { data: { callback: id, state } },
            h(
                "div.row-body",
                {},
                h(
                    "p.row-title",
                    {},
                    settingsLink(h("time", { datetime: due, title: format.moment(due) }, format.stamp(due)), `#/callbacks/${encodeURIComponent(id)}`),
                    h("span.chip", { data: { callback: shown } }, t(`callbacks.state.${shown}`)),
                ),
                h("p.row-more", {}, h("a.link", { href: `tel:${phone}` }, bdi(phone, "ltr")), name && [" · ", bdi(name)]),
                topic && h("p.row-text", { dir: "auto" }, topic),
                outcome && h("p.row-text.is-outcome", { dir: "auto" }, outcome),
            ),
            may("crm:write") && items.length > 0 && button,
        );
    }

    async #make() {
        const { app, room, summary } = this.panel;
        const { t, rest } = app;
        const { contact } = this.data;
        const key = makeMid();
        const made = await askForm(app, {
            title: t("callbacks.make"),
            submit: t("panel.make"),
            fields: [
                { name: "phone", label: t("callbacks.phone"), kind: "tel", value: phoneOf(contact, summary()?.contact), isRequired: true, maxLength: 64 },
                { name: "due_at", label: t("callbacks.due_at"), kind: "moment", value: momentText(soon(new Date())), isRequired: true },
                { name: "topic", label: t("callbacks.topic"), kind: "prose", maxLength: 2_000 },
            ],
            send: async ({ phone, due_at: due, topic }) =>
                rest.send(
                    "POST",
                    "/callbacks",
                    {
                        contact: contact?.id ?? null,
                        conversation: room,
                        name: contact?.name ?? summary()?.contact.name ?? null,
                        phone,
                        due_at: momentOf(due),
                        topic: topic || null,
                        owner: this.panel.me.id,
                    },
                    { headers: { "Idempotency-Key": key } },
                ),
        });
        if (made) this.refresh();
    }

    /** What came of a call is asked for where it is finished. */
    async #step(callback, next) {
        const { app } = this.panel;
        const { t, rest } = app;
        const send = (more) => rest.send("PATCH", `/callbacks/${encodeURIComponent(callback.id)}`, { ...more, state: next }, { version: callback.version });
        if (next === "done") {
            await askForm(app, {
                title: t("callbacks.to.done"),
                submit: t("callbacks.to.done"),
                words: stepWords(app),
                fields: [{ name: "outcome", label: t("callbacks.outcome"), kind: "prose", value: callback.outcome, maxLength: 10_000 }],
                send: ({ outcome }) => send({ outcome: outcome || null }),
            });
        } else {
            await act(app, () => send({}), { words: stepWords(app) });
        }
        this.refresh();
    }
}
