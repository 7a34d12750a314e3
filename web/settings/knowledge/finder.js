/** What a question finds: the passages that the assistant, or a colleague, would be given. */
import { bdi, h } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { filters } from "../parts/filters.js";
import { writeRoute } from "../router.js";

/** As the API allows it (docs: ArticleFindingsDescription). */
const MAX_QUESTION = 500;

export function finder(app, query) {
    const { t, rest } = app;
    const said = h("p.field-hint", { role: "status" });
    const found = h("ol.rows", {});
    let leaving = new AbortController();
    const fields = [
        { name: "q", kind: "search", label: t("articles.question"), placeholder: t("articles.question.like") },
        {
            name: "audience",
            kind: "choice",
            label: t("articles.sight"),
            options: [
                { value: "", label: t("articles.sight.staff") },
                { value: "customers", label: t("articles.sight.customers") },
            ],
        },
    ];
    const chosen = filters(app, fields, query, (values) => {
        app.note("articles", ["find"], values);
        show(values);
    });
    show(chosen.values);
    return {
        title: t("articles.find"),
        back: writeRoute("articles"),
        element: h("div", {}, h("p.lead", {}, t("articles.find.lead")), chosen.element, said, found),
        close: () => leaving.abort(),
    };

    async function show({ q, audience }) {
        leaving.abort();
        const { signal } = (leaving = new AbortController());
        if (q === "") return draw("", []);
        const asked = { q: q.slice(0, MAX_QUESTION), ...(audience ? { audience } : {}) };
        try {
            const { items, mode } = await rest.get(`/ai/articles/search?${new URLSearchParams(asked)}`, { signal });
            if (!signal.aborted) draw(items.length === 0 ? t("articles.find.none") : t(`articles.mode.${mode}`), items);
        } catch (error) {
            if (!signal.aborted) draw(failureWords(t, error), []);
        }
    }

    function draw(words, items) {
        said.textContent = words;
        found.replaceChildren(...items.map((each) => passage(app, each)));
    }
}

function passage({ t }, { article, title, heading, text, by }) {
    return h(
        "li.row.passage-row",
        {},
        h(
            "div.row-body",
            {},
            h("p.row-title", {}, h("a.row-link", { href: writeRoute("articles", [article]) }, bdi(title)), heading && bdi(heading)),
            h("p", { dir: "auto" }, text),
            h("p.row-more", {}, by.map((way) => t(`articles.by.${way}`)).join(t("form.comma"))),
        ),
    );
}
