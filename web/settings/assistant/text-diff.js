/** What differs between two texts, word by word. Pure. */

/** Beyond so many pairs of words a whole text is shown against the other. */
const MAX_PAIRS = 4_000_000;

/**
 * @param {string} before
 * @param {string} after
 * @returns {Array<{kind: "same" | "gone" | "new", text: string}>} put together without what is new it is `before`,
 *   and without what is gone `after`
 */
export function textDiff(before, after) {
    if (before === after) return before === "" ? [] : [{ kind: "same", text: before }];
    const [a, b] = [wordsOf(before), wordsOf(after)];
    if (a.length * b.length > MAX_PAIRS) return joined([["gone", before], ["new", after]]);
    return joined(walk(a, b, lengths(a, b)));
}

/** Words and what stands between them. */
const wordsOf = (text) => text.match(/\s+|[^\s]+/gu) ?? [];

/** `table[i][j]` is how long the longest common part of `a` from `i` on and `b` from `j` on is. */
function lengths(a, b) {
    const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; i -= 1) {
        for (let j = b.length - 1; j >= 0; j -= 1) {
            table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
        }
    }
    return table;
}

function walk(a, b, table) {
    const steps = [];
    let [i, j] = [0, 0];
    while (i < a.length || j < b.length) {
        if (i < a.length && j < b.length && a[i] === b[j]) {
            steps.push(["same", a[i]]);
            i += 1;
            j += 1;
        } else if (j === b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) {
            steps.push(["gone", a[i]]);
            i += 1;
        } else {
            steps.push(["new", b[j]]);
            j += 1;
        }
    }
    return steps;
}

/** Neighbours of one kind become one piece. */
function joined(steps) {
    const pieces = [];
    for (const [kind, text] of steps) {
        if (pieces.at(-1)?.kind === kind) pieces.at(-1).text += text;
        else if (text !== "") pieces.push({ kind, text });
    }
    return pieces;
}
