/** The fields of an account, for inviting and for changing. */
import { ROLES } from "./users.js";

/** As the API allows them (docs: UserDescription). */
const MAX_NAME = 100;
const MAX_CAPACITY = 1_000;

export function userGroups({ t }, teams, { isNew }) {
    return [
        {
            fields: [
                { name: "name", kind: "text", label: t("users.name"), hint: t("users.name.hint"), isRequired: true, maxLength: MAX_NAME },
                isNew && { name: "email", kind: "email", label: t("users.email"), hint: t("users.email.hint"), isRequired: true },
                {
                    name: "role",
                    kind: "choice",
                    label: t("users.role"),
                    hint: t("users.role.hint"),
                    options: ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
                },
                {
                    name: "language",
                    kind: "choice",
                    label: t("users.language"),
                    options: ["ar", "en"].map((value) => ({ value, label: t(`users.language.${value}`) })),
                },
                {
                    name: "capacity",
                    kind: "number",
                    label: t("users.capacity"),
                    hint: t("users.capacity.hint"),
                    min: 0,
                    max: MAX_CAPACITY,
                },
                { name: "teams", kind: "checks", label: t("section.teams"), options: teams, none: t("teams.none") },
            ].filter(Boolean),
        },
    ];
}
