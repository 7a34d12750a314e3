/** One operation on the page: what it takes, what it answers, and how to ask for it. */
import { bdi, h } from "../ui/dom.js";
import { Description } from "./description.js";

/** Words of the description, which are English; what stands between backticks is code. */
export function prose(tag, text) {
    const pieces = text.split("`").map((piece, index) => (index % 2 === 1 ? h("code", {}, piece) : piece));
    return h(tag, { dir: "auto", lang: "en" }, pieces);
}

export function operationView(operation, { description, t, origin }) {
    const code = h("pre.code", { dir: "ltr", tabindex: 0 }, description.curl(operation, origin));
    const copy = h("button.copy", { type: "button" }, t("docs.copy"));
    copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(code.textContent);
        copy.textContent = t("docs.copied");
        setTimeout(() => (copy.textContent = t("docs.copy")), 2000);
    });
    return h(
        "section.operation",
        { id: operation.id, "aria-labelledby": `${operation.id}-title` },
        h(
            "h3",
            { id: `${operation.id}-title` },
            h(
                "a.address",
                { href: `#${operation.id}`, dir: "ltr" },
                h("span.method", { data: { method: operation.method } }, operation.method),
                h("span.path", {}, operation.path),
            ),
        ),
        prose("p.summary", operation.summary),
        prose("p.access", operation.access),
        part(t("docs.parameters"), operation.parameters.length > 0 && parameters(operation, description, t)),
        operation.body &&
            part(t("docs.body"), [
                h("p.media", {}, bdi(operation.body.type, "ltr")),
                schema(operation.body.schema, description, t),
            ]),
        part(t("docs.answers"), answers(operation, description, t)),
        part(t("docs.example"), h("div.example", {}, code, copy)),
    );
}

function part(title, content) {
    return content && h("div.part", {}, h("h4", {}, title), content);
}

function parameters({ parameters: list }, description, t) {
    return table(
        list.map((parameter) => ({
            name: parameter.name,
            isRequired: parameter.required,
            type: `${t(`docs.in.${parameter.in}`)} · ${description.typeOf(parameter.schema)}`,
            note: parameter.description ?? "",
        })),
        description,
        t,
        0,
    );
}

function schema(node, description, t, depth = 0) {
    if (!node) return null;
    const members = description.members(node);
    if (members.length === 0) return h("p.type", {}, bdi(description.typeOf(node), "ltr"));
    const name = Description.nameOf(node);
    return h("div.schema", {}, name && h("p.type", {}, bdi(name, "ltr")), table(members, description, t, depth));
}

function table(rows, description, t, depth) {
    return h(
        "dl.members",
        {},
        rows.flatMap((row) => [
            h(
                "dt",
                {},
                h("code", { dir: "ltr" }, row.name),
                row.isRequired && h("span.required", {}, t("docs.required")),
                h("span.type", {}, bdi(row.type, "ltr")),
            ),
            h(
                "dd",
                {},
                row.note && prose("p.note", row.note),
                row.inside &&
                    depth < 3 &&
                    h("details", {}, h("summary", {}, t("docs.inside")), schema(row.inside, description, t, depth + 1)),
            ),
        ]),
    );
}

function answers(operation, description, t) {
    return operation.answers.map((answer) => {
        const [type, media] = Object.entries(answer.content ?? {})[0] ?? [];
        const headers = Object.keys(answer.headers ?? {});
        const title = [
            h("span.status", { data: { kind: answer.status[0] } }, answer.status),
            prose("span.note", answer.description),
        ];
        return h(
            "details.answer",
            {},
            h("summary", {}, title),
            type && h("p.media", {}, bdi(type, "ltr")),
            media?.schema && schema(media.schema, description, t),
            headers.length > 0 && h("p.headers", {}, `${t("docs.headers")} `, bdi(headers.join(", "), "ltr")),
        );
    });
}
