/** The settings of the shop, a page for each kind: `#/shop/hours`. */
import { h } from "../../ui/dom.js";
import { Form } from "../form/form.js";
import { tabLinks } from "../parts/tabs.js";
import { writeRoute } from "../router.js";
import { specOf } from "./specs.js";
import { bodyOf, errorOf, groupIds, groupsOf, valuesOf } from "./values.js";

export async function open(app, { path: [wanted] }) {
    const { t, rest, may, lang, format } = app;
    let [settings, teams] = await Promise.all([load(), teamsOf(app)]);
    const groups = groupsOf(settings);
    const ids = groupIds(groups);
    const id = ids.includes(wanted) ? wanted : ids[0];
    const shown = () => settings.filter(({ key }) => groups.get(id).includes(key));
    const isReadOnly = !may("settings:write");
    const form = new Form(app, {
        groups: [{ fields: shown().map((setting) => specOf({ t, lang, format, teams }, setting)) }],
        values: valuesOf(shown()),
        isReadOnly,
        save,
        async reload() {
            settings = await load();
            return valuesOf(shown());
        },
    });
    const tabs = ids.map((each) => ({ href: writeRoute("shop", [each]), label: t(`shop.group.${each}`), isHere: each === id }));
    return {
        title: t(`shop.group.${id}`),
        element: h(
            "div",
            {},
            tabLinks(t("section.shop"), tabs),
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close: () => form.close(),
    };

    async function load() {
        return (await rest.get("/settings")).items;
    }

    /** One after the other: each has a version of its own. What was saved before one is refused stays saved. */
    async function save(_, patch) {
        for (const [key, value] of Object.entries(patch)) {
            const setting = settings.find((each) => each.key === key);
            try {
                const kept = await rest.send("PATCH", `/settings/${key}`, { value: bodyOf(setting, value) }, { version: setting.version });
                settings = settings.map((each) => (each.key === key ? kept : each));
            } catch (error) {
                throw errorOf(error, key);
            }
        }
        return valuesOf(shown());
    }
}

async function teamsOf({ rest, may }) {
    return may("users:read") ? (await rest.get("/teams?limit=200")).items : [];
}
