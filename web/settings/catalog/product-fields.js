/** The fields of a product, and how its values travel: prices are typed as people write them. */
import { amountOf, amountText } from "../../ui/values.js";

export const STATES = ["draft", "active", "archived"];
export const POLICIES = ["codes", "tracked", "unlimited"];

const NULLABLE = ["name_en", "description_ar", "description_en", "category"];
const LINE = 200;
const PROSE = 10_000;

export const FIRST = {
    name_ar: "",
    name_en: "",
    sku: "",
    price: "",
    currency: "SAR",
    state: "draft",
    category: "",
    description_ar: "",
    description_en: "",
    stock_policy: "codes",
    stock: null,
    low_stock_threshold: null,
};

export function productGroups({ t }) {
    const text = (name, more = {}) => ({ name, kind: "text", label: t(`products.${name}`), maxLength: LINE, ...more });
    const choice = (name, key, values) => ({
        name,
        kind: "choice",
        label: t(`products.${key}`),
        options: values.map((value) => ({ value, label: t(`products.${key}.${value}`) })),
    });
    return [
        {
            fields: [
                text("name_ar", { isRequired: true }),
                text("name_en"),
                text("sku", { isRequired: true, isCode: true, maxLength: 64, hint: t("products.sku.hint") }),
                { ...text("price", { isRequired: true, isCode: true, maxLength: 20 }), kind: "money", hint: t("products.price.hint") },
                text("currency", { isCode: true, maxLength: 3 }),
                choice("state", "state", STATES),
            ],
        },
        {
            title: t("products.stock"),
            fields: [
                { ...choice("stock_policy", "policy", POLICIES), hint: t("products.policy.hint") },
                { name: "stock", kind: "number", label: t("products.count"), hint: t("products.count.hint"), min: 0 },
                { name: "low_stock_threshold", kind: "number", label: t("products.threshold"), hint: t("products.threshold.hint"), min: 0 },
            ],
        },
        {
            title: t("products.more"),
            isFolded: true,
            fields: [
                text("category", { maxLength: 100 }),
                text("description_ar", { kind: "prose", maxLength: PROSE }),
                text("description_en", { kind: "prose", maxLength: PROSE }),
            ],
        },
    ];
}

/** What the form shows of a product. Pure, for tests. */
export function valuesOf(product) {
    const shown = Object.fromEntries(Object.keys(FIRST).map((name) => [name, product[name] ?? FIRST[name]]));
    return {
        ...shown,
        price: amountText(product.price, product.currency),
        // Codes are counted, and not said.
        stock: product.stock_policy === "tracked" ? product.stock : null,
        low_stock_threshold: product.low_stock_threshold,
    };
}

/**
 * The body of a request. Pure, for tests.
 * @param {object} changed the fields to send
 * @param {object} values all of them: a price is counted in the currency of the form
 * @throws {HubError} `invalid` for a price that is none, as the hub would say it
 */
export function bodyOf(changed, values) {
    const body = { ...changed };
    for (const name of NULLABLE) if (name in body) body[name] = body[name].trim() || null;
    if ("price" in body || "currency" in body) body.price = amountOf("price", values.price, values.currency);
    return body;
}
