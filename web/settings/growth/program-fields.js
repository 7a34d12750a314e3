/** The fields of a training program, and how its values travel. */
export const STATES = ["draft", "active", "archived"];
const LINE = 200;
const PROSE = 10_000;
const MOST = 100;

export const FIRST = { title_ar: "", title_en: "", state: "draft", modules: "[]", description_ar: "", description_en: "" };

export function programGroups({ t }) {
    const text = (name, more) => ({ name, kind: "text", label: t(`training.${name}`), maxLength: LINE, ...more });
    return [
        {
            fields: [
                text("title_ar", { isRequired: true }),
                text("title_en"),
                {
                    name: "state",
                    kind: "choice",
                    label: t("training.state"),
                    hint: t("training.state.hint"),
                    options: STATES.map((value) => ({ value, label: t(`training.state.${value}`) })),
                },
                {
                    name: "modules",
                    kind: "rows",
                    label: t("training.modules"),
                    hint: t("training.modules.hint"),
                    row: (n) => t("training.module", { n }),
                    add: t("training.modules.add"),
                    first: { title: "", link: "", minutes: 10 },
                    max: MOST,
                    isOrdered: true,
                    columns: [
                        { name: "title", label: t("training.module.title"), isWide: true, maxLength: LINE },
                        { name: "link", label: t("training.module.link"), isCode: true, isWide: true, maxLength: 2_000, placeholder: "https://" },
                        { name: "minutes", label: t("training.module.minutes"), kind: "number" },
                    ],
                },
            ],
        },
        {
            title: t("training.description"),
            isFolded: true,
            fields: [text("description_ar", { kind: "prose", maxLength: PROSE }), text("description_en", { kind: "prose", maxLength: PROSE })],
        },
    ];
}

/** The title in the language of the reader. Pure. */
export const titleIn = (lang, { title_ar: ar, title_en: en }) => (lang === "en" ? (en ?? ar) : ar);

/** What the form shows of a program. Pure, for tests. */
export const valuesOf = (program) => ({
    title_ar: program.title_ar,
    title_en: program.title_en ?? "",
    state: program.state,
    modules: JSON.stringify(program.modules.map(({ id, title, link, minutes }) => ({ id, title, link: link ?? "", minutes }))),
    description_ar: program.description_ar ?? "",
    description_en: program.description_en ?? "",
});

/** The body of a request; a module without an id is new. Pure, for tests. */
export function bodyOf(changed) {
    const body = { ...changed };
    for (const name of ["title_en", "description_ar", "description_en"]) if (name in body) body[name] = body[name].trim() || null;
    if ("modules" in body) {
        body.modules = JSON.parse(body.modules).map(({ id, title, link, minutes }) => ({
            ...(id ? { id } : {}),
            title: title.trim(),
            link: link.trim() || null,
            minutes: minutes ?? 0,
        }));
    }
    return body;
}
