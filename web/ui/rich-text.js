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

/**
 * A paragraph whose direction follows its own first strong letter.
 * @param {Array<{from, to, person: {id, isMe}}>} names who is called by name in it, as `namesIn` finds them
 */
export function richText(text, names = []) {
    const nodes = [];
    let end = 0;
    for (const { from, to, person } of names) {
        nodes.push(...plain(text.slice(end, from)), mention(text.slice(from, to), person));
        end = to;
    }
    return h("p.text", { dir: "auto" }, ...nodes, ...plain(text.slice(end)));
}

function mention(text, { id, isMe }) {
    const name = h("bdi.mention", { data: { user: id } }, text);
    name.classList.toggle("is-me", isMe);
    return name;
}

function plain(text) {
    return tokenize(text).map((piece) => {
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
}
