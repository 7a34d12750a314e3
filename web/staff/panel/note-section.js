/** What colleagues wrote about the contact, which stays with them over all conversations. */
import { makeMid } from "../../sdk/ids.js";
import { bdi, fill, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords } from "../../ui/problems.js";
import { nothing, Section } from "./section.js";

const FEW = 5;
const MOST = 10_000;

export class NoteSection extends Section {
    #list = null;
    #key = makeMid();

    constructor(panel) {
        super(panel, { id: "notes", title: panel.app.t("panel.notes"), image: "edit" });
        panel.signal.addEventListener("abort", () => this.#list?.close());
    }

    async load() {
        const { contact } = await this.panel.customer.get();
        // The list asks for its pages itself.
        if (contact?.id === this.data?.contact) this.#list?.refresh();
        return { contact: contact?.id ?? null };
    }

    draw() {
        const { app } = this.panel;
        const { t, may } = app;
        const { contact } = this.data;
        this.#list?.close();
        if (contact === null) return [nothing(t("panel.needsContact"))];
        const path = `/crm/contacts/${encodeURIComponent(contact)}`;
        this.#list = new PagedList(app, { path: `${path}/timeline`, limit: FEW, tag: "ol.part-rows", row: (note) => this.#row(note), none: t("panel.notes.none") });
        this.#list.show({ kind: "note" });
        return [may("crm:write") && this.#form(path), this.#list.element];
    }

    #form(path) {
        const { t, rest, announcer } = this.panel.app;
        const say = h("p.inline-say", { id: "panel-note-say", role: "alert" });
        const text = h("textarea.input", { rows: 2, dir: "auto", maxlength: MOST, "aria-label": t("panel.notes.write"), placeholder: t("panel.notes.write"), "aria-describedby": "panel-note-say", name: "note" });
        const button = h("button.button.is-plain.is-small", { type: "submit" }, t("timeline.write"));
        return h(
            "form.note-form",
            {
                novalidate: true,
                on: {
                    submit: async (event) => {
                        event.preventDefault();
                        fill(say, text.value.trim() === "" ? t("problem.required") : "");
                        if (text.value.trim() === "") return text.focus();
                        try {
                            await rest.send("POST", `${path}/notes`, { text: text.value.trim() }, { headers: { "Idempotency-Key": this.#key } });
                            this.#key = makeMid();
                            text.value = "";
                            announcer.say(t("timeline.written"));
                            this.#list.show();
                        } catch (error) {
                            fill(say, failureWords(t, error));
                        }
                    },
                },
            },
            text,
            say,
            button,
        );
    }

    #row({ id, at, text, by }) {
        const { format } = this.panel.app;
        return h(
            "li.part-row",
            { data: { note: id } },
            h("div.row-body", {}, h("p.row-text", { dir: "auto" }, text ?? ""), h("p.row-more", {}, bdi(by ?? ""), " · ", h("time", { datetime: at, title: format.moment(at) }, format.stamp(at)))),
        );
    }
}
