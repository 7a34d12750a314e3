/**
 * Cuts a CSV file (RFC 4180) into parts that can be sent one after another, each with the header before it.
 * Works on bytes, so that what is wrong with their encoding reaches the hub as it is. Pure.
 */
const QUOTE = 34;
const COMMA = 44;
const LF = 10;
const CR = 13;
const MARK = [0xef, 0xbb, 0xbf];

/**
 * @param {Uint8Array} bytes
 * @param {number} perPart records in a part
 * @returns {{header: Uint8Array, headerLines: number, lines: number, parts: Array<{bytes, line, records}>}} `lines` is
 *   how many records there are below the header, empty lines not among them; `line` where a part begins in the
 *   file, from 1 on
 */
export function cut(bytes, perPart) {
    const records = [...recordsOf(bytes)];
    if (records.length === 0) return { header: bytes.subarray(0, 0), headerLines: 1, lines: 0, parts: [] };
    const [head, ...rows] = records;
    const parts = [];
    for (let index = 0; index < rows.length; index += perPart) {
        const some = rows.slice(index, index + perPart);
        parts.push({ bytes: bytes.subarray(some[0].start, some.at(-1).end), line: some[0].line, records: some.length });
    }
    return { header: bytes.subarray(0, head.end), headerLines: head.last, lines: rows.length, parts };
}

/** Where a line that the hub names in a part stands in the whole file. Pure. */
export const lineIn = (part, headerLines, line) => part.line + line - headerLines - 1;

function* recordsOf(bytes) {
    let at = MARK.every((byte, index) => bytes[index] === byte) ? MARK.length : 0;
    let line = 1;
    while (at < bytes.length) {
        const start = at;
        const first = line;
        let isStart = true;
        let isQuoted = false;
        for (; at < bytes.length; at += 1) {
            const byte = bytes[at];
            const isEnd = byte === LF || (byte === CR && bytes[at + 1] !== LF);
            if (isEnd) line += 1;
            if (isEnd && !isQuoted) break;
            if (byte === QUOTE && isQuoted && bytes[at + 1] === QUOTE) at += 1;
            else if (byte === QUOTE && (isQuoted || isStart)) isQuoted = !isQuoted;
            isStart = !isQuoted && byte === COMMA;
        }
        const hasText = bytes.subarray(start, at).some((byte) => byte !== CR && byte !== LF);
        // The line on which it ends: `line` is the one after it by now, unless the file ends here.
        if (hasText) yield { start, end: Math.min(at + 1, bytes.length), line: first, last: at < bytes.length ? line - 1 : line };
        at += 1;
    }
}
