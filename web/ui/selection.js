/** What a reader has selected, also within a shadow tree. */

/** @returns {?Range} null when nothing is selected in the tree of `element` */
export function selectedRange(element) {
    const root = element.getRootNode();
    const shadowRoots = root instanceof ShadowRoot ? [root] : [];
    const found = document.getSelection()?.getComposedRanges?.({ shadowRoots })[0] ?? firstRange(root);
    if (!found || found.collapsed) return null;
    if (!element.contains(found.startContainer) && !element.contains(found.endContainer)) return null;
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
}

/** For browsers without composed ranges; those of a shadow tree are Chromium's alone. */
function firstRange(root) {
    const selection = root.getSelection?.() ?? document.getSelection();
    return selection?.rangeCount > 0 ? selection.getRangeAt(0) : null;
}
