/** One contact, or a new one: what is known of them, what is to be done, and what happened. */
import { makeMid } from "../../sdk/ids.js";
import { bdi, h } from "../../ui/dom.js";
import { Form } from "../form/form.js";
import { namesOf } from "../parts/names.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { bodyOf, contactGroups, FIRST, takenBy, valuesOf } from "./contact-fields.js";
import { ContactHistory } from "./contact-history.js";
import { ContactMerging } from "./contact-merging.js";
import { ContactWork } from "./contact-work.js";
import { personalData } from "./personal-data.js";

export async function contact(app, id) {
    const { t, rest, may, format } = app;
    const isNew = id === "new";
    const path = `/crm/contacts/${encodeURIComponent(id)}`;
    const key = makeMid();
    const staff = await staffOf(app);
    let kept = null;
    if (!isNew) {
        const found = await present(rest, path);
        if (found.gone) return gone(app, found);
        kept = found.contact;
    }
    const isReadOnly = !may("crm:write");
    const taken = h("p.notice-line", { role: "alert", hidden: true });
    const form = new Form(app, {
        groups: contactGroups(app, staff, kept),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("contacts.make") : undefined,
        save: (values, patch) => save(values, patch).catch(sayTaken),
        async reload() {
            kept = await rest.get(path);
            return valuesOf(kept);
        },
    });
    const parts = isNew
        ? []
        : [new ContactWork(app, kept), new ContactHistory(app, kept), may("crm:manage") && new ContactMerging(app, kept)].filter(Boolean);
    const owned = isNew ? [] : [" · ", t("contacts.since", { time: format.day(kept.created_at) })];
    return {
        title: isNew ? t("contacts.make") : kept.name,
        back: writeRoute("contacts"),
        element: h(
            "div.stack",
            {},
            !isNew && h("p.lead", {}, kept.company ? bdi(kept.company) : t("contacts.person"), ...owned),
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element, taken),
            ...parts.map(({ element }) => element),
            !isNew && may("crm:manage") && personalData(app, kept, () => form.discard()),
        ),
        get isDirty() {
            return form.isDirty || parts.some((part) => part.isDirty);
        },
        close() {
            form.close();
            for (const part of parts) part.close();
        },
    };

    async function save(values, patch) {
        taken.hidden = true;
        if (isNew) {
            const made = await rest.send("POST", "/crm/contacts", bodyOf(values), { headers: { "Idempotency-Key": key } });
            // The form holds nothing any more that leaving could lose.
            setTimeout(() => app.go("contacts", [made.id]));
            return valuesOf(made);
        }
        kept = await rest.send("PATCH", path, bodyOf(patch, kept), { version: kept.version });
        namesOf(app).put(kept.id, kept.name);
        return valuesOf(kept);
    }

    /** Where somebody else has the number, the way to them stands below the form. */
    function sayTaken(error) {
        const other = takenBy(error);
        taken.hidden = other === null;
        if (other !== null) taken.replaceChildren(t("contacts.taken"), " ", h("a.link", { href: writeRoute("contacts", [other]) }, t("contacts.taken.open")));
        throw error;
    }
}

/** A contact, or what became of it. */
async function present(rest, path) {
    try {
        return { contact: await rest.get(path) };
    } catch (error) {
        const why = error.fields?.find(({ code }) => code === "merged" || code === "erased");
        if (!why) throw error;
        return { gone: why.code, into: why.code === "merged" ? why.detail : null };
    }
}

function gone({ t }, { gone: why, into }) {
    return {
        title: t(`contacts.gone.${why}`),
        back: writeRoute("contacts"),
        element: h(
            "div.blank",
            {},
            h("p", {}, t(`contacts.gone.${why}.text`)),
            into && h("a.button", { href: writeRoute("contacts", [into]) }, t("contacts.gone.open")),
        ),
    };
}
