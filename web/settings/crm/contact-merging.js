/** Two contacts that are one person: the other's numbers, deals and orders move here, and back again when that was wrong. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { Field } from "../form/field.js";
import { contactField } from "../parts/contact-lookup.js";
import { namesOf } from "../parts/names.js";
import { writeRoute } from "../router.js";

const COUNTED = ["identities", "leads", "deals", "notes", "goals", "enrolments", "orders", "callbacks"];

export class ContactMerging {
    element;
    #app;
    #contact;
    #field;
    #other = null;
    #done = h("div", { role: "status" });

    constructor(app, contact) {
        const { t } = app;
        this.#app = app;
        this.#contact = contact;
        const spec = contactField(app, { name: "from", label: t("merge.from"), hint: t("merge.hint") });
        this.#field = new Field(app, spec, (value) => {
            this.#other = value;
            this.#field.complain(null);
        });
        this.element = h(
            "section.panel",
            { "aria-labelledby": "merge-title" },
            h("h2", { id: "merge-title" }, t("merge.title")),
            h("p.field-hint", {}, t("merge.text")),
            h(
                "form.merge-form",
                { on: { submit: (event) => this.#ask(event) } },
                this.#field.element,
                h("button.button.is-plain", { type: "submit" }, t("merge.do")),
            ),
            this.#done,
        );
    }

    get isDirty() {
        return false;
    }

    close() {}

    async #ask(event) {
        event.preventDefault();
        const { t, rest, toast } = this.#app;
        const from = this.#other;
        if (from === null || from === this.#contact.id) {
            this.#field.complain({ code: from === null ? "required" : "twice", detail: "" });
            return this.#field.focus();
        }
        const name = (await namesOf(this.#app).of(from)) ?? from;
        const names = { from: isolate(name), into: isolate(this.#contact.name) };
        if (!(await confirm(t, t("merge.ask", names), t("merge.do")))) return;
        try {
            const merge = await rest.send("POST", this.#path(this.#contact.id, "merge"), { from }, { headers: { "Idempotency-Key": makeMid() } });
            this.#other = null;
            this.#field.show(null);
            this.#tell(merge, name);
        } catch (error) {
            toast(failureWords(t, error));
        }
    }

    #tell(merge, name) {
        const { t } = this.#app;
        const moved = COUNTED.reduce((sum, kind) => sum + merge[kind].length, 0);
        const undo = h("button.link", { type: "button", on: { click: () => this.#undo(merge.from) } }, t("merge.undo"));
        this.#done.replaceChildren(
            h(
                "div.verdict",
                { tabindex: -1, data: { outcome: "ok" } },
                h("div", {}, h("strong", {}, t("merge.done", { name: isolate(name) })), h("p", {}, t("merge.moved", { n: moved })), undo),
            ),
        );
        this.#done.firstElementChild.focus();
    }

    async #undo(from) {
        const { t, rest, toast } = this.#app;
        try {
            await rest.send("POST", this.#path(from, "unmerge"), {}, { headers: { "Idempotency-Key": makeMid() } });
            const open = h("a.link", { href: writeRoute("contacts", [from]) }, t("merge.undone.open"));
            this.#done.replaceChildren(h("p", { tabindex: -1 }, t("merge.undone"), " ", open));
            this.#done.firstElementChild.focus();
        } catch (error) {
            toast(error.code === "conflict" ? t("merge.undo.conflict") : failureWords(t, error));
        }
    }

    #path = (id, verb) => `/crm/contacts/${encodeURIComponent(id)}/${verb}`;
}
