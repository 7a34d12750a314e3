/** A setting of the shop as a field of a form. */
import { nameIn } from "../../ui/format.js";
import { isolate } from "../../ui/isolate.js";

const KINDS = {
    line: "text",
    lines: "prose",
    integer: "number",
    flag: "switch",
    choice: "choice",
    time_zone: "choice",
    color: "color",
    week: "week",
    holidays: "holidays",
    team: "choice",
    languages: "checks",
};
/** Choices that have words of their own. */
const WORDED = {
    "routing.policy": (value) => `teams.policy.${value}`,
    "shop.language": (value) => `users.language.${value}`,
    "follow_up.by": (value) => `shop.by.${value}`,
    "assistant.hours": (value) => `shop.hours.${value}`,
    "assistant.tone": (value) => `shop.tone.${value}`,
    "routing.visibility": (value) => `shop.sees.${value}`,
    "desk.away_message": (value) => `form.${value}`,
    "desk.asks_satisfaction": (value) => `form.${value}`,
    "widget.introduction": (value) => `shop.intro.${value}`,
};
const LANGUAGES = ["ar", "en", "ur", "hi", "bn", "tl", "id", "tr", "fa", "fr"];

export function specOf({ t, lang, format, teams }, setting) {
    const { key, type, choices, description_ar: arabic, description_en: english } = setting;
    return {
        name: key,
        kind: KINDS[type] ?? "text",
        label: lang === "en" ? english : arabic,
        hint: hintOf(t, setting),
        options: optionsOf({ t, lang, format, teams }, key, type, choices, setting.value),
    };
}

/** What was there before anybody changed it, where that fits into a line. */
function hintOf(t, { type, default: standard, is_default: isDefault }) {
    const isShort = ["line", "integer", "time_zone", "color"].includes(type) && standard !== "";
    return isDefault || !isShort ? null : t("shop.default", { value: isolate(String(standard)) });
}

function optionsOf({ t, lang, format, teams }, key, type, choices, value) {
    switch (type) {
        case "choice":
            return choices.map((each) => ({ value: each, label: WORDED[key] ? t(WORDED[key](each)) : each }));
        case "time_zone":
            return zones(value).map((each) => ({ value: each, label: each }));
        case "team":
            return [{ value: "", label: t("shop.noTeam") }, ...teams.map((team) => ({ value: team.id, label: nameIn(lang, team) }))];
        case "languages":
            return LANGUAGES.map((value) => ({ value, label: format.language(value) }));
        default:
            return undefined;
    }
}

function zones(kept) {
    const known = Intl.supportedValuesOf?.("timeZone") ?? [];
    return [...new Set([...known, "Asia/Riyadh", "UTC", kept])].sort();
}
