/** Who takes part in a program, and how far they are; learners mark their own steps. */
import { makeMid } from "../../sdk/ids.js";
import { act } from "../../ui/actions.js";
import { ring } from "../../ui/chart.js";
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords, problemsOf } from "../../ui/problems.js";
import { Field } from "../form/field.js";
import { contactField } from "../parts/contact-lookup.js";
import { filters } from "../parts/filters.js";
import { nameOf } from "../parts/names.js";
import { ownerName } from "../parts/staff.js";
import { writeRoute } from "../router.js";

const STATES = ["active", "completed"];

export class Enrolments {
    element;
    #app;
    #program;
    #staff;
    #path;
    #list;

    constructor(app, program, staff) {
        const { t, may } = app;
        this.#app = app;
        this.#program = program;
        this.#staff = staff;
        this.#path = `/training-programs/${encodeURIComponent(program.id)}/enrolments`;
        this.#list = new PagedList(app, { path: this.#path, limit: 20, row: (each) => this.#row(each), none: t("training.learners.none") });
        const all = { value: "", label: t("filter.all") };
        const fields = [
            { name: "state", kind: "choice", label: t("training.far"), options: [all, ...STATES.map((value) => ({ value, label: t(`enrolment.state.${value}`) }))] },
        ];
        const chosen = filters(app, fields, new URLSearchParams(), (values) => this.#list.show(values));
        this.element = h(
            "section",
            { "aria-labelledby": "learners-title" },
            h("h2", { id: "learners-title" }, t("training.learners")),
            may("training:write") && (program.state === "active" ? this.#enrolment() : h("p.field-hint", {}, t("training.closed"))),
            chosen.element,
            this.#list.element,
        );
        this.#list.show(chosen.values);
    }

    /** @param {object} program as it is by now */
    show(program) {
        this.#program = program;
        return this.#list.show();
    }

    close() {
        this.#list.close();
    }

    #enrolment() {
        const { t } = this.#app;
        const learner = { contact: null, user: null };
        const contact = new Field(this.#app, contactField(this.#app, { name: "contact", label: t("training.contact") }), (value) => take("contact", value));
        const nobody = { value: null, label: t("staff.nobody") };
        const user = new Field(this.#app, { name: "user", kind: "choice", label: t("training.user"), options: [nobody, ...this.#staff] }, (value) => take("user", value));
        user.show(null);
        const take = (name, value) => {
            learner[name] = value;
            contact.complain(null);
        };
        const submit = async (event) => {
            event.preventDefault();
            const given = Object.fromEntries(Object.entries(learner).filter(([, value]) => value !== null));
            if (Object.keys(given).length !== 1) {
                contact.complain({ code: "one", detail: "" });
                return contact.focus();
            }
            try {
                await this.#app.rest.send("POST", this.#path, given, { headers: { "Idempotency-Key": makeMid() } });
                for (const field of [contact, user]) field.show(null);
                Object.assign(learner, { contact: null, user: null });
                this.#app.announcer.say(t("training.enrolled"));
                await this.#list.show();
            } catch (error) {
                const [problem] = [...problemsOf(error).byField.values()];
                if (problem) contact.complain(problem);
                else this.#app.toast(error.code === "conflict" ? t("training.enrol.conflict") : failureWords(t, error));
            }
        };
        return h(
            "form.panel.enrol-form",
            { novalidate: true, on: { submit } },
            contact.element,
            user.element,
            h("button.button", { type: "submit" }, t("training.enrol")),
        );
    }

    #row(enrolment) {
        const { t, format, may, session } = this.#app;
        const { id, contact, user, percent, state, completed_at: at } = enrolment;
        const isMine = user === session.me.id;
        const name = user === null ? h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(this.#app, contact, t("leads.contact.hidden"))) : bdi(ownerName(this.#staff, user) ?? t("staff.gone"));
        return h(
            "li.row.enrolment-row",
            { data: { enrolment: id } },
            ring(percent, { label: t("goals.percent", { n: format.number(percent) }) }),
            h(
                "div.row-body",
                {},
                h(
                    "p.row-title",
                    {},
                    name,
                    isMine && h("span.chip", {}, t("users.you")),
                    h("span.chip", { data: { enrolment: state } }, t(`enrolment.state.${state}`)),
                    at && h("span.row-more", {}, format.stamp(at)),
                ),
                this.#steps(enrolment, isMine || may("training:write")),
            ),
            may("training:write") &&
                h("button.link", { type: "button", on: { click: () => this.#remove(enrolment) } }, t("training.leave")),
        );
    }

    #steps(enrolment, mayMark) {
        const { t, format } = this.#app;
        const done = new Map(enrolment.modules.map(({ module, done_at: at }) => [module, at]));
        const count = this.#program.modules.filter(({ id }) => done.get(id)).length;
        const words = t("training.steps", { done: format.number(count), all: format.number(this.#program.modules.length) });
        const step = ({ id, title, link }) => {
            const at = done.get(id) ?? null;
            const input = h("input", { type: "checkbox", checked: at !== null, disabled: !mayMark, data: { module: id } });
            input.addEventListener("change", () => this.#mark(enrolment, id, input));
            return h(
                "li.step-row",
                {},
                h("label.choice", {}, input, h("span", {}, bdi(title), at && h("small", {}, format.stamp(at)))),
                // The API takes no other addresses; what was stored some other way is no link either.
                link && /^https?:\/\//i.test(link) && h("a.link", { href: link, target: "_blank", rel: "noreferrer" }, t("training.open")),
            );
        };
        return h("details.steps-done", {}, h("summary", {}, words), h("ol.step-list", {}, ...this.#program.modules.map(step)));
    }

    async #mark(enrolment, module, input) {
        const path = `${this.#path}/${encodeURIComponent(enrolment.id)}/modules/${encodeURIComponent(module)}`;
        input.disabled = true;
        const isDone = await act(this.#app, async () => {
            const now = await this.#app.rest.send(input.checked ? "PUT" : "DELETE", path);
            this.#replace(now);
        });
        if (isDone) return;
        input.checked = !input.checked;
        input.disabled = false;
        input.focus();
    }

    /** Puts a row in place of the old one, unfolded as it was and with the focus where it was. */
    #replace(enrolment) {
        const old = this.#list.element.querySelector(`[data-enrolment="${CSS.escape(enrolment.id)}"].row`);
        if (!old) return;
        const fresh = this.#row(enrolment);
        fresh.querySelector("details").open = old.querySelector("details").open;
        const focused = document.activeElement?.dataset?.module ?? [...old.querySelectorAll("input")].find(({ disabled }) => disabled)?.dataset.module;
        old.replaceWith(fresh);
        if (focused) fresh.querySelector(`[data-module="${CSS.escape(focused)}"]`)?.focus();
    }

    async #remove({ id, version }) {
        const { t, rest } = this.#app;
        if (!(await confirm(t, t("training.leave.ask"), t("training.leave")))) return;
        await act(this.#app, () => rest.send("DELETE", `${this.#path}/${encodeURIComponent(id)}`, undefined, { version }));
        await this.#list.show();
    }
}
