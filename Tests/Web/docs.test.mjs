import assert from "node:assert/strict";
import { test } from "node:test";
import { Description, isFound } from "../../web/docs/description.js";

const description = new Description({
    openapi: "3.1.0",
    info: { title: "Hub", version: "1" },
    tags: [{ name: "Cards" }, { name: "Empty" }],
    paths: {
        "/cards/{card}": {
            patch: {
                operationId: "changeCard",
                tags: ["Cards"],
                summary: "Change a card.",
                parameters: [
                    { name: "card", in: "path", required: true, schema: { type: "string" } },
                    { name: "If-Match", in: "header", schema: { type: "string" } },
                ],
                requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Card" } } } },
                responses: { 404: { $ref: "#/components/responses/Problem404" }, 200: { description: "It." } },
            },
        },
        "/health": {
            get: { operationId: "health", tags: ["Cards"], summary: "?", security: [], responses: {} },
        },
    },
    components: {
        responses: { Problem404: { description: "None." } },
        schemas: {
            Card: {
                type: "object",
                required: ["name", "state", "owner", "at"],
                properties: {
                    name: { type: "string", minLength: 1, maxLength: 9, description: "It's a name." },
                    state: { type: "string", enum: ["new", "old"] },
                    owner: { type: "string", pattern: "^u_[0-7][0-9A-HJKMNP-TV-Z]{25}$" },
                    at: { type: "string", format: "date-time" },
                    parts: { type: "array", items: { $ref: "#/components/schemas/Part" } },
                    part: { anyOf: [{ $ref: "#/components/schemas/Part" }, { type: "null" }] },
                    stock: { type: "integer", minimum: 0, maximum: 9007199254740991 },
                },
            },
            Part: { type: "object", required: [], properties: { n: { type: "integer", minimum: 1, maximum: 5 } } },
        },
    },
});
const [change, health] = description.operations;

test("operations stand in their groups, and references are followed", () => {
    assert.deepEqual(
        description.groups.map(({ name, operations }) => [name, operations.length]),
        [["Cards", 2]],
    );
    assert.deepEqual(change.answers.find(({ status }) => status === "404").description, "None.");
    assert.equal(health.isOpen, true);
});

test("members say what they are in words", () => {
    const types = Object.fromEntries(description.members(change.body.schema).map(({ name, type }) => [name, type]));
    assert.deepEqual(types, {
        name: "string ≤ 9",
        state: '"new" | "old"',
        owner: "string",
        at: "date-time",
        parts: "Part[]",
        part: "Part | null",
        stock: "integer 0–…",
    });
    const inside = description.members(change.body.schema).filter(({ inside }) => inside);
    assert.deepEqual(
        inside.map(({ name }) => name),
        ["parts", "part"],
    );
});

test("an example has what must be there and can be pasted into a shell", () => {
    assert.equal(
        description.curl(change, "https://hub.example"),
        [
            "curl -X PATCH 'https://hub.example/cards/{card}' \\",
            '  -H "Authorization: Bearer $TOKEN" \\',
            "  -H 'If-Match: \"v1\"' \\",
            "  -H 'Content-Type: application/json' \\",
            `  -d '{"name":"text","state":"new","owner":"u_01K8XQ5V0G3T9M2N4P6R8S0W1Y","at":"2026-11-21T08:00:00.000Z"}'`,
        ].join("\n"),
    );
    assert.equal(description.curl(health, ""), "curl '/health'");
});

test("all words of a search must occur", () => {
    assert.equal(isFound(change, "patch CARD"), true);
    assert.equal(isFound(change, "patch health"), false);
    assert.equal(isFound(change, ""), true);
});
