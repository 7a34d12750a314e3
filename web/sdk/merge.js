/**
 * Merges a conversation's room and its side room into one view, in the one way there is.
 *
 * A side event with `anchor: n` was committed when the room's head was `n`, so it stands after the
 * room's item `n` and before `n + 1`. Pure.
 *
 * @param {Array} items the room's items in rising seq
 * @param {Array} notes the side room's items in rising seq
 * @param {number} from everything of the room from this seq on is loaded; older notes wait for it
 */
export function mergeByAnchor(items, notes, from = 1) {
    const merged = [];
    let next = 0;
    for (const note of notes) {
        const anchor = note.anchor ?? anchorByTime(items, note.at);
        if (from > 1 && anchor < from) continue;
        while (next < items.length && items[next].seq <= anchor) merged.push(items[next++]);
        merged.push(note);
    }
    while (next < items.length) merged.push(items[next++]);
    return merged;
}

function anchorByTime(items, at) {
    let anchor = 0;
    for (const item of items) {
        if (item.at > at) break;
        anchor = item.seq;
    }
    return anchor;
}
