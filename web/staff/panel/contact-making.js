/** Gives the customer of a conversation a contact: a new one, or one that the shop has. */
import { makeMid } from "../../sdk/ids.js";
import { showDialog } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { choice, formActions } from "../../ui/form-parts.js";
import { failureWords } from "../../ui/problems.js";
import { askForm } from "./form-dialog.js";

const MOST = 8;
const PATIENCE_MS = 300;

/** Somebody else has one of the addresses. */
const takenWords = (t) => (error) => (error.code === "conflict" ? t("panel.contact.taken") : null);

/** @returns {Promise<?object>} the contact; null when none was made */
export function makeContact({ app, summary }, identity) {
    const { t, rest } = app;
    const person = summary()?.contact ?? {};
    const key = makeMid();
    const hasNumber = identity.kind === "phone";
    return askForm(app, {
        title: t("contacts.make"),
        lead: t(person.verified ? "panel.contact.make.text" : "panel.contact.make.claimed"),
        submit: t("panel.contact.make"),
        words: takenWords(t),
        fields: [
            { name: "name", label: t("contacts.name"), value: person.name, isRequired: true, maxLength: 200 },
            { name: "company", label: t("contacts.company"), maxLength: 200 },
            !hasNumber && { name: "phone", label: t("leads.phone"), kind: "tel", value: person.phone, maxLength: 64 },
            { name: "email", label: t("leads.email"), kind: "email", value: person.email, maxLength: 254 },
        ].filter(Boolean),
        async send({ name, company, phone, email }) {
            const identities = [identity, phone && { kind: "phone", value: phone }, email && { kind: "email", value: email }].filter(Boolean);
            const body = { name, company: company || null, identities, language: /^(ar|en)\b/.exec(person.locale ?? "")?.[1] ?? null };
            return rest.send("POST", "/crm/contacts", body, { headers: { "Idempotency-Key": key } });
        },
    });
}

/** Looks a contact up and gives it the identity of the customer. @returns {Promise<?object>} */
export function linkContact({ app, signal }, identity) {
    const { t, rest } = app;
    return showDialog(t("panel.contact.link"), (done) => {
        const list = h("fieldset.choices.is-scrolled", {}, h("legend", {}, t("section.contacts")));
        const message = h("p.form-message", { role: "alert" });
        const said = h("p.dialog-say", { role: "status" }, t("lookup.type"));
        const search = h("input", { type: "search", dir: "auto", name: "q", autocomplete: "off" });
        const form = h(
            "form.dialog-form",
            { novalidate: true, on: { submit } },
            h("label.field", {}, h("span", {}, t("contacts.search")), search),
            said,
            list,
            message,
            formActions(t, t("panel.contact.link.do"), done),
        );
        list.hidden = true;
        let timer = null;
        let turn = 0;
        search.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(find, PATIENCE_MS);
        });
        return [form];

        async function find() {
            const q = search.value.trim();
            const mine = (turn += 1);
            if (q === "") return show([], t("lookup.type"));
            try {
                const { items } = await rest.get(`/crm/contacts?${new URLSearchParams({ q, limit: MOST, sort: "name" })}`, { signal });
                if (mine === turn) show(items, items.length === 0 ? t("lookup.none") : "");
            } catch (error) {
                if (mine === turn) show([], failureWords(t, error));
            }
        }

        function show(items, words) {
            said.textContent = words;
            list.hidden = items.length === 0;
            const legend = list.firstChild;
            list.replaceChildren(
                legend,
                ...items.map(({ id, name, company, identities }, index) => {
                    const known = identities.find(({ kind }) => kind === "phone" || kind === "email");
                    return choice("radio", "contact", id, name, { hint: [company, known?.value].filter(Boolean).join(" · ") || null, isChecked: index === 0 });
                }),
            );
        }

        async function submit(event) {
            event.preventDefault();
            const id = new FormData(form).get("contact");
            message.textContent = id ? "" : t("panel.contact.choose");
            if (!id) return search.focus();
            try {
                done(await give(id));
            } catch (error) {
                message.textContent = takenWords(t)(error) ?? failureWords(t, error);
            }
        }

        /** Adding is right whatever else somebody changes meanwhile, so it is sent again to the newer contact. */
        async function give(id, isAgain = false) {
            const path = `/crm/contacts/${encodeURIComponent(id)}`;
            const { identities, version } = await rest.get(path);
            try {
                return await rest.send("PATCH", path, { identities: [...identities, identity] }, { version });
            } catch (error) {
                if (error.code !== "stale" || isAgain) throw error;
                return give(id, true);
            }
        }
    });
}
