/** The description of the API as a page: `#operation` leads to one of its operations. */
import { catalogueOf } from "../i18n/catalogue.js";
import words from "../i18n/docs.js";
import { bdi, h } from "../ui/dom.js";
import { Description, isFound } from "./description.js";
import { operationView, prose } from "./operation.js";

const { lang, dir, t } = catalogueOf(new URLSearchParams(location.search).get("lang") ?? "ar", words);
Object.assign(document.documentElement, { lang, dir });
document.title = t("docs.title");

const answer = await fetch("/api/v1/openapi.json");
if (answer.ok) show(new Description(await answer.json()));
else document.body.replaceChildren(h("p.failure", { role: "alert" }, t("docs.failed", { code: answer.status })));

function show(description) {
    const search = h("input.search", {
        type: "search",
        placeholder: t("docs.search"),
        "aria-label": t("docs.search"),
    });
    const count = h("p.count", { role: "status" });
    const groups = description.groups.map((group) => groupView(group, description));
    const other = lang === "ar" ? "en" : "ar";
    search.addEventListener("input", () => filter(groups, search.value, count));
    filter(groups, "", count);
    document.body.replaceChildren(
        h(
            "header.bar",
            {},
            h("h1", {}, t("docs.title")),
            h("span.version", {}, bdi(`${description.title} ${description.version}`, "ltr")),
            h("a", { href: "/api/v1/openapi.json" }, bdi("openapi.json", "ltr")),
            h("a", { href: `?lang=${other}${location.hash}`, lang: other }, t("language.other")),
        ),
        h(
            "nav.index",
            { "aria-label": t("docs.index") },
            search,
            count,
            groups.map(({ index }) => index),
        ),
        h(
            "main",
            {},
            prose("p.lead", description.text),
            groups.map(({ element }) => element),
        ),
    );
    // The browser looked for the place before it was there.
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

function groupView({ name, operations }, description) {
    const entries = operations.map((operation) => ({
        operation,
        element: operationView(operation, { description, t, origin: location.origin }),
        link: h(
            "a.link-to",
            { href: `#${operation.id}`, dir: "ltr" },
            h("span.method", { data: { method: operation.method } }, operation.method),
            operation.path.replace("/api/v1", ""),
        ),
    }));
    return {
        entries,
        element: h("section.group", {}, h("h2", { dir: "auto", lang: "en" }, name), entries.map((entry) => entry.element)),
        index: h("div.links", {}, h("h2", { dir: "auto", lang: "en" }, name), entries.map((entry) => entry.link)),
    };
}

function filter(groups, query, count) {
    let shown = 0;
    for (const { entries, element, index } of groups) {
        for (const entry of entries) {
            const isShown = isFound(entry.operation, query.trim());
            entry.element.hidden = entry.link.hidden = !isShown;
            if (isShown) shown += 1;
        }
        element.hidden = index.hidden = entries.every(({ link }) => link.hidden);
    }
    count.textContent = t("docs.count", { n: shown });
}
