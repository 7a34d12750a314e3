import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogueOf } from "../../web/i18n/catalogue.js";
import words from "../../web/i18n/settings.js";
import { HubError } from "../../web/sdk/errors.js";
import { Rest } from "../../web/sdk/rest.js";
import { FormState } from "../../web/settings/form/form-state.js";
import { isMask } from "../../web/settings/form/mask.js";
import { failureWords, problemsOf, problemWords } from "../../web/ui/problems.js";

const kept = { name: "متجر", key: "••••oken", teams: ["g_1", "g_2"], note: null };

test("a form is changed by what differs, and by nothing else", () => {
    const state = new FormState(kept);
    state.set("name", "متجر");
    state.set("teams", ["g_2", "g_1"]);
    state.set("note", "");
    assert.equal(state.isDirty, false, "the order of a set and an empty text for nothing are no change");
    state.set("name", "سوق");
    state.set("teams", ["g_2"]);
    assert.deepEqual(state.changed, ["name", "teams"]);
    assert.deepEqual(state.patch, { name: "سوق", teams: ["g_2"] });
    assert.deepEqual(state.values, { ...kept, name: "سوق", teams: ["g_2"] });
    state.set("name", "متجر");
    assert.deepEqual(state.changed, ["teams"], "typed back is unchanged");
});

test("what is typed while a form is being saved stays typed", () => {
    const state = new FormState({ a: "1", b: "2" });
    state.set("a", "10");
    const sent = state.values;
    state.set("b", "20");
    state.saved(sent, { a: "10", b: "2" });
    assert.deepEqual(state.patch, { b: "20" });
});

test("somebody else's values are laid under what was typed", () => {
    const state = new FormState({ a: "1", b: "2", c: "3", d: "4" });
    state.set("b", "mine");
    state.set("c", "both");
    state.set("d", "mine");
    const clashes = state.rebase({ a: "theirs", b: "2", c: "both", d: "theirs" });
    assert.deepEqual(clashes, [{ name: "d", was: "4", mine: "mine", theirs: "theirs" }]);
    assert.deepEqual(state.values, { a: "theirs", b: "mine", c: "both", d: "mine" });
    assert.deepEqual(state.changed, ["b", "d"], "what both made the same is no change any more");
    state.take("d", false);
    assert.deepEqual(state.values, { a: "theirs", b: "mine", c: "both", d: "theirs" });
    assert.deepEqual(state.clashes, []);
});

test("a kept clash is a change over the values of the other", () => {
    const state = new FormState({ a: "1" });
    state.set("a", "mine");
    state.rebase({ a: "theirs" });
    state.take("a", true);
    assert.deepEqual(state.patch, { a: "mine" });
    assert.equal(state.kept("a"), "theirs");
});

test("a mask is told from a secret", () => {
    assert.equal(isMask("••••oken"), true);
    assert.equal(isMask("••••"), true);
    for (const value of ["••••token", "oken", "•••oken", "", null, undefined]) assert.equal(isMask(value), false);
});

test("what the hub says is wrong is put to its field", () => {
    const fields = [
        { pointer: "#/values/api_url", code: "format", detail: "must be an address" },
        { pointer: "#/values/odd~1name", code: "unknown", detail: "no field" },
        { pointer: "#/values/api_url", code: "too_long", detail: "second" },
        { pointer: "#/values/hours/week", code: "type", detail: "deep" },
        { pointer: "#/enabled", code: "type", detail: "elsewhere" },
        { parameter: "limit", code: "range", detail: "of the query" },
        { pointer: "#/values/%D8%A7", code: "unknown", detail: "escaped" },
        { pointer: "#/values/%zz", code: "unknown", detail: "badly escaped" },
    ];
    const { byField, others } = problemsOf({ fields }, "/values");
    assert.deepEqual([...byField.keys()], ["api_url", "odd/name", "hours", "ا", "%zz"]);
    assert.equal(byField.get("api_url").detail, "must be an address", "the first counts");
    assert.deepEqual(
        others.map(({ detail }) => detail),
        ["second", "elsewhere", "of the query"],
    );
    assert.deepEqual([...problemsOf({ fields: [{ pointer: "#/name", code: "required" }] }).byField.keys()], ["name"]);
    assert.equal(problemsOf(new HubError("network", "")).others.length, 0);
});

test("problems are told in the reader's language, by code and by kind of field", () => {
    for (const lang of ["ar", "en"]) {
        const { t } = catalogueOf(lang, words);
        const said = (code, kind) => problemWords(t, { code, detail: "2 to 5" }, kind);
        const codes = ["required", "unknown", "type", "format", "choice", "range", "count", "too_short", "too_long", "twice", "conflict", "mismatch"];
        for (const code of [...codes, "never heard of"]) assert.doesNotMatch(said(code, "text"), /^problem\./, code);
        for (const kind of ["url", "email", "digits", "secret", "sender"]) assert.notEqual(said("format", kind), said("format", "number"));
        assert.match(said("range"), /2 to 5/);
        for (const code of ["network", "stale", "forbidden", "unauthorized", "left", "odd"]) {
            assert.doesNotMatch(failureWords(t, new HubError(code, "")), /^failure\./);
        }
        assert.equal(failureWords(t, new HubError("internal", "", { status: 500 })), t("failure.hub"));
    }
});

test("errors of the REST side keep their fields, and a request can be left", async () => {
    const answers = [
        () => new Response(JSON.stringify({ code: "invalid", detail: "no", errors: [{ pointer: "#/name", code: "required", detail: "x" }] }), { status: 422 }),
        ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    ];
    const seen = [];
    const fetch = (url, options) => {
        seen.push([options.method, url, options.headers["If-Match"], options.body]);
        return answers.shift()(options);
    };
    const rest = new Rest("https://hub.test", { fetch, token: async () => "t" });
    const refused = await rest.send("PATCH", "/teams/g_1", { name_ar: "" }, { version: 3 }).catch((error) => error);
    assert.equal(refused.code, "invalid");
    assert.deepEqual(refused.fields, [{ pointer: "#/name", code: "required", detail: "x" }]);
    const leaving = new AbortController();
    const asked = rest.metrics({ signal: leaving.signal }).catch((error) => error.code);
    await Promise.resolve();
    leaving.abort();
    assert.equal(await asked, "left");
    assert.deepEqual(seen, [
        ["PATCH", "https://hub.test/api/v1/teams/g_1", '"v3"', '{"name_ar":""}'],
        ["GET", "https://hub.test/metrics", undefined, undefined],
    ]);
});
