/**
 * The keys of the console.
 *
 * A key is where it lies on the board (`code`), not what it writes: with an Arabic layout the same
 * keys do the same. Keys without Ctrl or ⌘ can be turned off, as those who steer by voice need
 * (WCAG 2.2, 2.1.4), and rest while somebody writes.
 */
const SINGLE = {
    KeyJ: "next",
    KeyK: "previous",
    KeyR: "reply",
    KeyN: "note",
    KeyE: "resolve",
    KeyA: "assignMe",
    KeyI: "inbox",
    KeyT: "team",
    KeyM: "mentions",
    KeyD: "details",
    Slash: "search",
};
/** As they are written on keys. */
const NAMES = { Slash: "/" };

/** What a key press asks for, by the id of a command; null for nothing. Pure. */
export function commandOf(event, { areSingleKeysOn, isWriting }) {
    const { code, ctrlKey, metaKey, altKey, shiftKey, isComposing, repeat } = event;
    if (isComposing || altKey) return null;
    if (ctrlKey || metaKey) return code === "KeyK" && !shiftKey ? "palette" : null;
    if (!areSingleKeysOn || isWriting || repeat || shiftKey) return null;
    return SINGLE[code] ?? null;
}

/** How a command's key is called, e.g. `J`; null for one without. */
export function keyNameOf(id) {
    const code = Object.keys(SINGLE).find((each) => SINGLE[each] === id);
    return code ? (NAMES[code] ?? code.replace("Key", "")) : null;
}

/** Whether the keys go to a text. */
export const isWriting = (element) =>
    element !== null && (element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName));
