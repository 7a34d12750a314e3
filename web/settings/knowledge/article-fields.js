/** The fields of an article, and how its values travel. */
import { lineOf, listed } from "../../ui/listed.js";

export const STATES = ["draft", "published"];
export const AUDIENCES = ["customers", "staff"];
export const LANGUAGES = ["ar", "en"];

/** As the API allows it (docs: ArticleDescription). */
const MAX_TITLE = 200;
const MAX_BODY = 40_000;

export const FIRST = { title: "", body: "", language: "ar", audience: "customers", url: "", tags: "" };

export function articleGroups({ t }) {
    const choice = (name, values, more) => ({
        name,
        kind: "choice",
        label: t(`articles.${name}`),
        options: values.map((value) => ({ value, label: t(`articles.${name}.${value}`) })),
        ...more,
    });
    return [
        {
            fields: [
                { name: "title", kind: "text", label: t("articles.title"), hint: t("articles.title.hint"), isRequired: true, maxLength: MAX_TITLE },
                {
                    name: "body",
                    kind: "prose",
                    rows: 14,
                    label: t("articles.body"),
                    hint: t("articles.body.hint"),
                    isRequired: true,
                    maxLength: MAX_BODY,
                },
                choice("language", LANGUAGES),
                choice("audience", AUDIENCES, { hint: t("articles.audience.hint") }),
                { name: "tags", kind: "text", label: t("articles.tags"), hint: t("articles.tags.hint") },
                { name: "url", kind: "url", label: t("articles.url"), hint: t("articles.url.hint"), placeholder: "https://shop.example/help" },
            ],
        },
    ];
}

/** What the form shows of an article. Pure, for tests. */
export const valuesOf = ({ title, body, language, audience, url, tags }) => ({
    title,
    body,
    language,
    audience,
    url: url ?? "",
    tags: lineOf(tags),
});

/** The body of a request. Pure, for tests. */
export function bodyOf(values) {
    const body = { ...values };
    if ("title" in body) body.title = body.title.trim();
    if ("url" in body) body.url = body.url.trim() || null;
    if ("tags" in body) body.tags = listed(body.tags);
    return body;
}
