/** The fields of an endpoint, for making and for changing. */
import { EVENT_GROUPS, EVENT_TYPES, eventWords } from "./event-types.js";

/** As the API allows it (docs: HookDescription). */
const MAX_DESCRIPTION = 200;

export const FIRST = { url: "", description: "", events: [] };

/** @param {string[]} kept types that are chosen, among them perhaps some that this page has not heard of */
export function endpointGroups({ t }, kept = []) {
    const options = EVENT_GROUPS.flatMap(({ id, types }) =>
        types.map((value) => ({ value, label: eventWords(t, value), hint: value, group: t(`hooks.group.${id}`) })),
    );
    for (const value of kept) if (!EVENT_TYPES.includes(value)) options.push({ value, label: value });
    return [
        {
            fields: [
                {
                    name: "url",
                    kind: "url",
                    label: t("hooks.url"),
                    hint: t("hooks.url.hint"),
                    placeholder: "https://erp.example/hub",
                    isRequired: true,
                    problems: { conflict: "hooks.problem.url" },
                },
                {
                    name: "description",
                    kind: "text",
                    label: t("hooks.description"),
                    hint: t("hooks.description.hint"),
                    maxLength: MAX_DESCRIPTION,
                },
                { name: "events", kind: "checks", label: t("hooks.events"), hint: t("hooks.events.hint"), options },
            ],
        },
    ];
}
