import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ar from "../../web/i18n/ar.js";
import { catalogueOf } from "../../web/i18n/catalogue.js";
import continued from "../../web/i18n/continue.js";
import docs from "../../web/i18n/docs.js";
import en from "../../web/i18n/en.js";
import home from "../../web/i18n/home.js";
import panel from "../../web/i18n/panel.js";
import settings from "../../web/i18n/settings.js";
import staff from "../../web/i18n/staff.js";

const web = new URL("../../web", import.meta.url).pathname;
const sources = readdirSync(web, { recursive: true })
    .filter((path) => /\.(js|html)$/.test(path) && !path.startsWith("i18n"))
    .map((path) => readFileSync(join(web, path), "utf8"))
    .join("\n");

/** Words that are loaded together, and apart from the others. */
const parts = { chat: { ar: ar.words, en: en.words }, staff, panel, settings, home, continued, docs };

/** All words of a language. */
const wordsOf = (lang) => Object.assign({}, ...Object.values(parts).map((part) => part[lang]));
const words = { ar: wordsOf("ar"), en: wordsOf("en") };

test("no page takes a word of the others for its own", () => {
    const owners = new Map();
    for (const [name, part] of Object.entries(parts)) {
        for (const key of Object.keys(part.ar)) {
            assert.equal(owners.get(key), undefined, `${key} of ${name}`);
            owners.set(key, name);
        }
    }
});

test("both languages say the same things, with the same places", () => {
    assert.deepEqual(Object.keys(words.ar).sort(), Object.keys(words.en).sort());
    const places = (entry) => new Set(String(typeof entry === "string" ? entry : entry.other).match(/\{\w+\}/g) ?? []);
    for (const key of Object.keys(words.ar)) assert.deepEqual(places(words.ar[key]), places(words.en[key]), key);
});

test("every plural has all categories of its language", () => {
    for (const { lang, locale } of [ar, en]) {
        const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
        for (const [key, entry] of Object.entries(words[lang])) {
            if (typeof entry !== "string")
                assert.deepEqual(Object.keys(entry).sort(), [...pluralCategories].sort(), key);
        }
    }
});

test("every key that the pages name exists", () => {
    const named = [...sources.matchAll(/(?:\bt\(|#t\(|t, |data-t=|\[)\s*"([a-z]+(?:\.[\w]+)+)"/gi)].map(
        ([, key]) => key,
    );
    assert.ok(named.length > 80, "the pattern finds the keys");
    for (const key of named) assert.ok(key in words.ar, key);
});

test("every word is used", () => {
    const quoted = (text) => text.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    const built = [...sources.matchAll(/`([a-z]+\.[^`\s]*\$\{[^`]+)`/gi)].map(
        ([, template]) =>
            new RegExp(
                `^${template
                    .split(/\$\{[^}]*\}/)
                    .map(quoted)
                    .join(".+")}$`,
            ),
    );
    for (const key of Object.keys(words.ar)) {
        assert.ok(sources.includes(`"${key}"`) || built.some((pattern) => pattern.test(key)), key);
    }
});

test("Arabic counts as Arabic does", () => {
    const { t } = catalogueOf("ar", staff);
    assert.equal(t("team.count", { n: 2 }), "عضوان");
    assert.equal(t("team.count", { n: 5 }), "5 أعضاء");
    assert.equal(t("team.count", { n: 11 }), "11 عضوًا");
    assert.equal(catalogueOf("fr-FR").lang, "ar");
    assert.equal(catalogueOf("en-GB").lang, "en");
});
