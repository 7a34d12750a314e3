/**
 * Merges a conversation's room and its side room into one view, in the one way there is.
 *
 * A side event with `anchor: n` was committed when the room's head was `n`, so it stands after the
 * room's item `n` and before `n + 1`. Pure.
 *
 * @param {Array} items the room's items in rising seq
 * @param {Array} notes the side room's items in rising seq
 * @param {number} from everything of the room from this seq on is loaded; older notes wait for it
 * @param {(each) => {seq, at, anchor?}} of the item of what is merged, when it is wrapped
 */
export function mergeByAnchor(items, notes, from = 1, of = (each) => each) {
    const merged = [];
    let next = 0;
    for (const note of notes) {
        const { anchor } = of(note);
        if (from > 1 && anchor < from - 1) continue;
        while (next < items.length && of(items[next]).seq <= anchor) merged.push(items[next++]);
        merged.push(note);
    }
    return merged.concat(items.slice(next));
}
