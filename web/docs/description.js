/** What openapi.json says, as the page shows it. Nothing here touches the page. */

const METHODS = ["get", "head", "post", "put", "patch", "delete"];

export class Description {
    #document;

    /** @param {object} document an OpenAPI 3.1 document */
    constructor(document) {
        this.#document = document;
        this.title = document.info.title;
        this.version = document.info.version;
        this.text = document.info.description ?? "";
        this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
            METHODS.filter((method) => item[method]).map((method) => this.#operation(path, method, item[method])),
        );
        const order = document.tags.map(({ name }) => name);
        this.groups = order
            .map((name) => ({ name, operations: this.operations.filter(({ tag }) => tag === name) }))
            .filter(({ operations }) => operations.length > 0);
    }

    #operation(path, method, operation) {
        const [type, media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
        return {
            id: operation.operationId,
            method: method.toUpperCase(),
            path,
            tag: operation.tags[0],
            summary: operation.summary,
            access: operation.description ?? "",
            isOpen: operation.security?.length === 0,
            parameters: operation.parameters ?? [],
            body: type ? { type, schema: media.schema } : null,
            answers: Object.entries(operation.responses).map(([status, answer]) => ({
                status,
                ...this.follow(answer),
            })),
        };
    }

    /** A node, or what it refers to; a note beside the reference stays. */
    follow(node) {
        if (!node?.$ref) return node ?? {};
        const target = node.$ref
            .split("/")
            .slice(1)
            .reduce((place, name) => place?.[name], this.#document);
        const { $ref, ...rest } = node;
        return { ...target, ...rest };
    }

    /** The name of what a node refers to, if it refers to something. */
    static nameOf(node) {
        return node?.$ref?.split("/").at(-1);
    }

    /** The members of an object: name, type in words, note, whether it must be there, and what is inside it. */
    members(schema) {
        const object = this.follow(schema);
        return Object.entries(object.properties ?? {}).map(([name, member]) => ({
            name,
            isRequired: object.required?.includes(name) ?? false,
            type: this.typeOf(member),
            note: member.description ?? "",
            inside: this.#inside(member),
        }));
    }

    #inside(member) {
        const schema = this.follow(member.anyOf?.[0] ?? member);
        const element = schema.type === "array" ? schema.items : schema;
        return this.follow(element).properties ? element : null;
    }

    /** `string ≤ 200`, `integer 1–200`, `"a" | "b"`, `Product[]`, … */
    typeOf(node) {
        if (node.anyOf) return node.anyOf.map((part) => this.typeOf(part)).join(" | ");
        const schema = this.follow(node);
        if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
        switch (schema.type) {
            case "array":
                return `${this.typeOf(schema.items)}[]`;
            case "object":
                return Description.nameOf(node) ?? "object";
            case "string":
                return [schema.format ?? "string", schema.maxLength && `≤ ${schema.maxLength}`].filter(Boolean).join(" ");
            case "integer":
                return `integer ${bound(schema.minimum)}–${bound(schema.maximum)}`;
            default:
                return schema.type ?? "any";
        }
    }

    /** A value that fits: what must be there, or else the first member. */
    example(node) {
        if (node.anyOf) return this.example(node.anyOf[0]);
        const schema = this.follow(node);
        if (schema.enum) return schema.enum[0];
        switch (schema.type) {
            case "object": {
                const members = this.members(schema);
                const needed = members.filter(({ isRequired }) => isRequired);
                const shown = needed.length > 0 ? needed : members.slice(0, 1);
                return Object.fromEntries(shown.map(({ name }) => [name, this.example(schema.properties[name])]));
            }
            case "array":
                return [];
            case "integer":
                return Math.max(1, schema.minimum ?? 1);
            case "boolean":
                return true;
            default:
                return textOf(schema);
        }
    }

    /** How one asks for it from a shell. */
    curl(operation, origin) {
        const lines = [operation.method === "HEAD" ? "curl --head" : `curl -X ${operation.method}`];
        if (operation.method === "GET") lines[0] = "curl";
        lines[0] += ` '${origin}${operation.path}'`;
        if (!operation.isOpen) lines.push(`-H "Authorization: Bearer $TOKEN"`);
        for (const { name, in: place } of operation.parameters) {
            if (place === "header") lines.push(`-H '${name}: ${name === "If-Match" ? '"v1"' : "a-new-key"}'`);
        }
        if (operation.body) {
            lines.push(`-H 'Content-Type: ${operation.body.type}'`);
            const isJSON = operation.body.type.includes("json");
            const text = isJSON ? JSON.stringify(this.example(operation.body.schema)) : "@file";
            lines.push(isJSON ? `-d '${text.replaceAll("'", "'\\''")}'` : `--data-binary ${text}`);
        }
        return lines.join(" \\\n  ");
    }
}

/** Whether all words occur in what an operation is called. */
export function isFound(operation, query) {
    const text = [operation.id, operation.method, operation.path, operation.summary, operation.access, operation.tag]
        .join(" ")
        .toLowerCase();
    return query
        .toLowerCase()
        .split(/\s+/)
        .every((word) => text.includes(word));
}

/** Beyond what any client counts exactly there is no bound to speak of. */
const bound = (number) => (Math.abs(number) >= Number.MAX_SAFE_INTEGER ? "…" : String(number ?? "…"));

function textOf({ format, pattern, minLength = 0 }) {
    if (format === "date-time") return "2026-11-21T08:00:00.000Z";
    const prefix = /^\^([a-z]+_)\[0-7\]/.exec(pattern ?? "")?.[1];
    if (prefix) return `${prefix}01K8XQ5V0G3T9M2N4P6R8S0W1Y`;
    if (pattern?.startsWith("^https?")) return "https://shop.example/card.png";
    if (pattern?.startsWith("^\\+")) return "+966501234567";
    if (pattern === "^[A-Z]{3}$") return "SAR";
    if (pattern?.startsWith("^[^@")) return "sara@shop.example";
    return "text".padEnd(minLength, "x");
}
