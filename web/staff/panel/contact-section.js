/** Who the customer is to the shop: what is known of them, changed where it stands. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { addressesOf, kindOf, linkOf, maySendAgain, patchOf, textOf } from "./contact-values.js";
import { linkContact, makeContact } from "./contact-making.js";
import { Clash, inlineField } from "./inline-field.js";
import { action, nothing, Section, settingsLink } from "./section.js";

const LINE = 200;

export class ContactSection extends Section {
    #staff = [];

    constructor(panel) {
        super(panel, { id: "contact", title: panel.app.t("panel.contact"), image: "contact", isOpen: true });
    }

    async load() {
        const { customer, app } = this.panel;
        const [found, staff] = await Promise.all([customer.get(), app.may("users:read") ? app.rest.staff() : []]);
        this.#staff = staff;
        return found;
    }

    draw() {
        const { contact, identity } = this.data;
        if (contact !== null) return this.#known(contact);
        const { app } = this.panel;
        const { t } = app;
        if (identity === null) return [nothing(t("panel.contact.erased"))];
        if (!app.may("crm:write")) return [nothing(t("panel.contact.none"))];
        const made = (run) => async () => {
            if (!(await run(this.panel, identity))) return;
            app.toast(t("panel.contact.kept"));
            this.panel.customer.forget();
            this.panel.contactChanged();
        };
        return [
            nothing(
                t("panel.contact.none.do"),
                h("div.part-actions", {}, action(t("contacts.make"), made(makeContact), { isPlain: false, key: "make" }), action(t("panel.contact.link"), made(linkContact), { key: "link" })),
            ),
        ];
    }

    #known(contact) {
        const { app } = this.panel;
        const { t } = app;
        const mayWrite = app.may("crm:write");
        const field = (name, label, more = {}) =>
            inlineField(app, {
                name,
                label,
                maxLength: LINE,
                ...more,
                value: () => textOf(this.data.contact, name),
                save: mayWrite ? (text) => this.#change(name, text) : undefined,
            });
        const owners = [{ value: "", label: t("staff.nobody") }, ...this.#staff.map(({ id, name }) => ({ value: id, label: name }))];
        if (contact.owner && !owners.some(({ value }) => value === contact.owner)) owners.push({ value: contact.owner, label: t("staff.gone") });
        const languages = [...new Set(["ar", "en", contact.language].filter(Boolean))];
        const languageWords = (value) => (value === "ar" || value === "en" ? t(`panel.language.${value}`) : value);
        const fields = Object.keys(contact.fields).sort();
        return [
            h(
                "dl.part-facts",
                {},
                ...field("name", t("contacts.name")),
                ...field("company", t("contacts.company")),
                h("dt", {}, t("contacts.identities")),
                h("dd", {}, h("ul.addresses", {}, ...addressesOf(contact).map((each) => this.#address(each)))),
                ...(mayWrite ? [this.#newAddress()] : []),
                ...field("labels", t("panel.labels"), {
                    hint: t("contacts.labels.hint"),
                    maxLength: 1_400,
                    shown: () => h("span.label-chips", {}, ...this.data.contact.labels.map((label) => h("span.tag", {}, bdi(label)))),
                }),
                ...field("owner", t("staff.owner"), {
                    kind: "choice",
                    options: owners,
                    shown: () => bdi(owners.find(({ value }) => value === this.data.contact.owner)?.label ?? t("staff.gone")),
                }),
                ...field("language", t("contacts.language"), {
                    kind: "choice",
                    options: [{ value: "", label: t("contacts.language.none") }, ...languages.map((value) => ({ value, label: languageWords(value) }))],
                    shown: () => languageWords(this.data.contact.language),
                }),
                ...field("notes", t("contacts.notes"), {
                    kind: "prose",
                    maxLength: 10_000,
                    shown: () => h("span.prose", { dir: "auto" }, this.data.contact.notes),
                }),
                ...fields.flatMap((name) => field(`fields.${name}`, name, { maxLength: 1_000 })),
            ),
            h("p.part-foot", {}, settingsLink(t("panel.contact.open"), `#/contacts/${encodeURIComponent(contact.id)}`)),
        ];
    }

    /** An id of ours or of a service tells nobody anything: its kind does. */
    #address({ kind, value }) {
        const { t } = this.panel.app;
        const link = linkOf({ kind, value });
        const name = t(`contacts.kind.${kind}`);
        const words = link === null ? h("span.tag", { title: value }, name) : h("a.link", { href: link, title: name }, bdi(value, "ltr"));
        return h("li", { data: { identity: kind } }, words);
    }

    /** The kind is read off what was typed: nobody has to say that an address with @ is one. */
    #newAddress() {
        const { app } = this.panel;
        const place = h("dd.inline-field", { data: { field: "identities" } });
        const label = app.t("contacts.identities.add");
        const open = () => {
            const [, row] = inlineField(app, {
                name: "identities",
                label,
                value: () => "",
                maxLength: 254,
                dir: "ltr",
                hint: app.t("contacts.identities.hint"),
                save: (text) => this.#addAddress(text),
            });
            place.replaceWith(row);
            row.querySelector("button").click();
        };
        place.append(h("button.link.add-line", { type: "button", data: { key: "field:identities" }, on: { click: open } }, icon("plus"), label));
        return place;
    }

    async #addAddress(text) {
        const kind = kindOf(text) ?? "phone";
        await this.#send((contact) => ({ identities: [...contact.identities, { kind, value: text }] }), () => true);
        // After the box is gone.
        setTimeout(() => this.redraw());
    }

    async #change(name, text) {
        await this.#send(
            () => patchOf(name, text),
            (before, now) => maySendAgain(before, now, name, text),
            (now) => textOf(now, name),
        );
    }

    /** Sends a change; after somebody else's it is sent again where both fit, else whoever writes decides. */
    async #send(patch, fits, theirs = () => "") {
        const { rest } = this.panel.app;
        const before = this.data.contact;
        const path = `/crm/contacts/${encodeURIComponent(before.id)}`;
        const send = (contact) => rest.send("PATCH", path, patch(contact), { version: contact.version });
        try {
            this.#take(await send(before));
        } catch (error) {
            if (error.code !== "stale") throw error;
            const now = await rest.get(path);
            this.#take(now);
            if (!fits(before, now)) throw new Clash(theirs(now));
            this.#take(await send(now));
            setTimeout(() => this.redraw());
        }
    }

    #take(contact) {
        this.data = { ...this.data, contact };
        this.panel.customer.take(contact);
    }
}
