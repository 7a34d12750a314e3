/** What the hub tells of a service's fields, as the fields of a form. */
import { isolate } from "../../ui/isolate.js";
import { groupsOf } from "./state.js";

/** Fields with more to say than their label: `field.<type>.<name>` in the catalogue. */
const GUIDED = {
    sms: ["account_sid", "from_number"],
    email: ["api_key", "from_email", "webhook_public_key"],
    google_calendar: ["refresh_token", "calendar_id"],
    slack: ["webhook_url", "channel"],
    seha: ["auth_scheme"],
    tatman: ["auth_scheme"],
    whatsapp: ["app_secret", "verify_token"],
    zid: [
        "authorization_token", "manager_token", "client_id", "refresh_token", "store_id", "webhook_id", "webhook_username",
        "webhook_password", "stock_owner", "order_template",
    ],
    openai: ["model", "embedding_model"],
};

/** People's words, which may be in any script; all else of kind `text` is a code. */
const PROSE = new Set(["from_name", "channel", "order_template"]);

/** Groups as form.js takes them. */
export function formGroups(app, integration) {
    const { main, more } = groupsOf(integration);
    const specs = (fields) => fields.map((field) => specOf(app, integration.type, field));
    return [
        { fields: specs(main) },
        ...(more.length > 0 ? [{ title: app.t("integration.more"), isFolded: true, fields: specs(more) }] : []),
    ];
}

function specOf({ t, lang }, type, { name, kind, required, label, label_en: english, default: standard, value, source }) {
    const guide = GUIDED[type]?.includes(name) ? t(`field.${type}.${name}`) : null;
    return {
        name,
        kind,
        label: lang === "en" ? english : label,
        isRequired: required,
        isCode: kind === "text" && !PROSE.has(name),
        placeholder: kind === "secret" ? undefined : source === "stored" ? (standard ?? undefined) : (value ?? undefined),
        hint: [guide, behindWords(t, { value, source, standard })].filter(Boolean).join(" ") || null,
        maxLength: 4_000,
    };
}

/** What holds while the field is empty. */
function behindWords(t, { value, source, standard }) {
    if (source === "environment") return t("integration.fromEnvironment", { value: isolate(value) });
    if (standard !== null) return t("integration.fromDefault", { value: isolate(standard) });
    return null;
}
