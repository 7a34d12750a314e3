/** One team, or a new one: its names, who is in it, what it is good at, and how its conversations are handed out. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { lineOf, listed } from "../../ui/listed.js";
import { writeRoute } from "../router.js";

const POLICIES = ["manual", "round_robin", "least_busy"];
const MAX_NAME = 100;
const FIRST = {
    name_ar: "",
    name_en: "",
    members: [],
    skills: "",
    routing_policy: null,
    last_agent_first: null,
    asks_first: null,
};

export async function team(app, id) {
    const { t, rest, may, lang, toast } = app;
    const isNew = id === "new";
    const path = `/teams/${encodeURIComponent(id)}`;
    const key = makeMid();
    let [kept, staff] = await Promise.all([isNew ? null : rest.get(path), rest.get("/users?limit=200&sort=name&disabled=false")]);
    const isReadOnly = !may("users:manage");
    const form = new Form(app, {
        groups: groups(app, staff.items, kept),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("teams.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/teams", bodyOf(values), { headers: { "Idempotency-Key": key } });
                toast(t("teams.made"));
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("teams", [made.id]));
                return valuesOf(made);
            }
            kept = await rest.send("PATCH", path, bodyOf(patch), { version: kept.version });
            return valuesOf(kept);
        },
        reload,
    });
    const remove = h("button.button.is-danger", { type: "button", on: { click: take } }, t("teams.remove"));
    return {
        title: isNew ? t("teams.make") : nameIn(lang, kept),
        back: writeRoute("teams"),
        element: h(
            "div",
            {},
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            !isNew && !isReadOnly && h("section.panel", {}, h("h2", {}, t("teams.remove")), h("p.field-hint", {}, t("teams.remove.text")), remove),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    async function reload() {
        kept = await rest.get(path);
        return valuesOf(kept);
    }

    async function take() {
        if (!(await confirm(t, t("teams.remove.ask", { name: isolate(nameIn(lang, kept)) }), t("teams.remove")))) return;
        try {
            await rest.send("DELETE", path, undefined, { version: kept.version });
            form.discard();
            toast(t("teams.removed"));
            app.go("teams");
        } catch (error) {
            toast(error.code === "conflict" ? t("teams.remove.conflict") : failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }
}

/** Skills are typed as one line; what is empty is null. Pure, for tests. */
export function bodyOf(values) {
    const body = { ...values };
    if ("skills" in body) body.skills = listed(body.skills);
    if ("name_en" in body) body.name_en = body.name_en.trim() || null;
    return body;
}

const valuesOf = (team) => ({
    name_ar: team.name_ar,
    name_en: team.name_en ?? "",
    members: team.members,
    skills: lineOf(team.skills),
    routing_policy: team.routing_policy,
    last_agent_first: team.last_agent_first,
    asks_first: team.asks_first,
});

function groups({ t }, staff, kept) {
    const shop = { value: null, label: t("teams.asShop") };
    const people = staff.map(({ id, name, email }) => ({ value: id, label: name, hint: email }));
    // Somebody who is shut out stays a member until somebody takes them out.
    for (const id of kept?.members ?? []) {
        if (!people.some(({ value }) => value === id)) people.push({ value: id, label: id, hint: t("users.disabled") });
    }
    const yesNo = (name) => ({
        name,
        kind: "choice",
        label: t(`teams.${name}`),
        hint: t(`teams.${name}.hint`),
        options: [shop, { value: true, label: t("form.yes") }, { value: false, label: t("form.no") }],
    });
    return [
        {
            fields: [
                { name: "name_ar", kind: "text", label: t("teams.name_ar"), isRequired: true, maxLength: MAX_NAME },
                { name: "name_en", kind: "text", label: t("teams.name_en"), maxLength: MAX_NAME },
                { name: "members", kind: "checks", label: t("team.members"), options: people },
                { name: "skills", kind: "text", label: t("teams.skills"), hint: t("teams.skills.hint") },
            ],
        },
        {
            title: t("teams.routing"),
            fields: [
                {
                    name: "routing_policy",
                    kind: "choice",
                    label: t("teams.policy"),
                    options: [shop, ...POLICIES.map((value) => ({ value, label: t(`teams.policy.${value}`) }))],
                },
                yesNo("last_agent_first"),
                yesNo("asks_first"),
            ],
        },
    ];
}
