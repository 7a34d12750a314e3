/**
 * What the assistant is writing, put together from pieces of which any may get lost. Pure values.
 *
 * A draft is `{run, text}`. It also knows `bytes`, the length of the text in UTF-8, and `isTorn`:
 * a piece is missing, so that nothing more can be shown until the text begins anew.
 */
const utf8 = new TextEncoder();

const lengthOf = (text) => utf8.encode(text).length;

/** @param {string} [text] what is known of it already */
export const beginDraft = (run, text = "") => ({ run, text, bytes: lengthOf(text), isTorn: false });

/** The draft with one `delta` event; the very same object when that changes nothing. */
export function growDraft(draft, { run, off, t }) {
    if (off === 0) return beginDraft(run, t);
    const known = draft?.run === run ? draft : beginDraft(run);
    if (known.isTorn) return known;
    if (off !== known.bytes) return { ...known, isTorn: true };
    return { ...known, text: known.text + t, bytes: known.bytes + lengthOf(t) };
}
