/** What a canned reply may name, as the hub fills it in (docs/routing.md); what it will read like. Pure. */

const of = (subject, ...names) => names.map((name) => `${subject}.${name}`);

export const VARIABLES = [
    ...of("contact", "name", "first_name", "email", "phone"),
    ...of("agent", "name", "first_name"),
    ...of("team", "name"),
    ...of("shop", "name"),
    ...of("hours", "next_opening"),
];

export const written = (name) => `{{${name}}}`;

/**
 * A text with values in place of its variables.
 * @param {(name: string) => string} sample
 * @returns {Array<{kind: "text" | "value" | "unknown", text: string}>} `unknown` is what the hub will refuse
 */
export function filledWith(text, sample) {
    return text
        .split(/(\{\{[^{}]*\}\})/)
        .filter((piece) => piece !== "")
        .map((piece) => {
            if (!piece.startsWith("{{") || !piece.endsWith("}}")) return { kind: "text", text: piece };
            const name = piece.slice(2, -2).trim();
            return VARIABLES.includes(name) ? { kind: "value", text: sample(name) } : { kind: "unknown", text: piece };
        });
}
