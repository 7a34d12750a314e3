/**
 * Names of colleagues in a text: `@`, and the name as they are called. Pure.
 *
 * Arabic and other names have blanks in them, so a name ends where it ends, and not at the first blank.
 */
import { fold } from "./arabic.js";

/** Somebody who has typed more than this after an `@` is not looking for a name. */
const MAX_QUERY = 40;

/** As many as a list shows at once. */
const MAX_SHOWN = 8;

const OPENS = /[\s([{«"'“‘،؛:/–—-]/u;
const LETTER = /[\p{L}\p{M}\p{N}_]/u;

const beginsWord = (text, at) => at === 0 || OPENS.test(text[at - 1]);
const endsWord = (text, end) => end === text.length || !LETTER.test(String.fromCodePoint(text.codePointAt(end)));

/**
 * Where a text calls somebody by name; of two names the longer one.
 * @param {Array<{id, name}>} people of equal names the first one is meant
 * @returns {Array<{from: number, to: number, person}>} in the order of the text; `from` is the place of `@`
 */
export function namesIn(text, people) {
    const longestFirst = people.filter(({ name }) => name).sort((a, b) => b.name.length - a.name.length);
    const found = [];
    for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
        if (!beginsWord(text, at)) continue;
        const from = at;
        const person = longestFirst.find(
            ({ name }) => text.startsWith(name, from + 1) && endsWord(text, from + 1 + name.length),
        );
        if (person) found.push({ from, to: from + 1 + person.name.length, person });
    }
    return found;
}

/** Whom a text mentions: their ids, each once. */
export function idsIn(text, people) {
    return [...new Set(namesIn(text, people).map(({ person }) => person.id))];
}

/**
 * What somebody types after an `@`, up to the caret; null when it is no name, or one that is complete.
 * @returns {{query: string, from: number} | null} `from` is the place of `@`
 */
export function queryAt(text, caret, people) {
    const from = caret > 0 ? text.lastIndexOf("@", caret - 1) : -1;
    if (from < 0 || !beginsWord(text, from)) return null;
    const query = text.slice(from + 1, caret);
    if (query.length > MAX_QUERY || /^\s|\n/.test(query)) return null;
    const isComplete = namesIn(text.slice(0, caret), people).some((name) => name.from === from && name.to < caret);
    return isComplete ? null : { query, from };
}

/** Whose name begins with what was typed, then those of whom another part does; in any spelling. */
export function matching(people, query) {
    const wanted = fold(query).trim();
    const rank = ({ name }) => {
        const folded = fold(name);
        if (folded.startsWith(wanted)) return 0;
        return folded.includes(` ${wanted}`) ? 1 : -1;
    };
    return people
        .map((person) => ({ person, rank: rank(person) }))
        .filter((entry) => entry.rank >= 0)
        .sort((a, b) => a.rank - b.rank || a.person.name.localeCompare(b.person.name, "ar"))
        .slice(0, MAX_SHOWN)
        .map(({ person }) => person);
}
