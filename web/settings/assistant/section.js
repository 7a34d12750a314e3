/** The assistant: trying it, what it is told, and what it takes, each a page: `#/assistant/usage`. */
import { h } from "../../ui/dom.js";
import { tabLinks } from "../parts/tabs.js";
import { writeRoute } from "../router.js";
import { instructions } from "./instructions.js";
import { playground } from "./playground.js";
import { usage } from "./usage.js";

const PAGES = [
    { id: "playground", right: "settings:write", open: playground },
    { id: "instructions", right: "settings:read", open: instructions },
    { id: "usage", right: "settings:read", open: usage },
];

export async function open(app, { path: [wanted], query }) {
    const { t } = app;
    const pages = PAGES.filter(({ right }) => app.may(right));
    const page = pages.find(({ id }) => id === wanted) ?? pages[0];
    const view = await page.open(app, query);
    const tabs = pages.map(({ id }) => ({
        href: writeRoute("assistant", [id]),
        label: t(`assist.page.${id}`),
        isHere: id === page.id,
    }));
    return {
        title: t(`assist.page.${page.id}`),
        tools: view.tools,
        element: h("div", {}, tabLinks(t("section.assistant"), tabs), view.element),
        get isDirty() {
            return view.isDirty ?? false;
        },
        close: () => view.close?.(),
    };
}
