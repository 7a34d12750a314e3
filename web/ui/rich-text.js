/**
 * Message text as nodes: links become links, and codes, numbers and addresses keep their own
 * direction inside Arabic sentences. Nothing is ever parsed as markup.
 */
import { bdi, h } from "./dom.js";

const LINK = String.raw`https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?؟،؛)\]}]`;
const MAIL = String.raw`[\w.+-]+@[\w-]+\.[\w.-]*\w`;
/** Order numbers, gift codes, phone numbers: Latin letters or digits that belong together. */
const CODE = String.raw`\+?\d[\d ]{5,}\d|[+#]?[A-Za-z0-9]+(?:[-_/.][A-Za-z0-9]+)+|[+#][A-Za-z0-9]+`;
/** A code of up to so many characters stays on one line, so that it can be read out. */
const MAX_UNBROKEN = 28;
const TOKEN = new RegExp(`(${LINK})|(${MAIL})|(${CODE})`, "g");

/**
 * Splits text into pieces. Pure, for tests.
 * @returns {Array<{kind: "text" | "link" | "code", text: string}>}
 */
export function tokenize(text) {
    const pieces = [];
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
        if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
        pieces.push({ kind: match[1] ? "link" : "code", text: match[0] });
        end = match.index + match[0].length;
    }
    if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
    return pieces;
}

/** A paragraph whose direction follows its own first strong letter. */
export function richText(text, tag = "p.text") {
    const nodes = tokenize(text).map((piece) => {
        switch (piece.kind) {
            case "link":
                return bdi(
                    h("a", { href: piece.text, target: "_blank", rel: "noopener noreferrer nofollow" }, piece.text),
                    "ltr",
                );
            case "code":
                return h(piece.text.length <= MAX_UNBROKEN ? "bdi.code" : "bdi", { dir: "ltr" }, piece.text);
            default:
                return piece.text;
        }
    });
    return h(tag, { dir: "auto" }, ...nodes);
}
