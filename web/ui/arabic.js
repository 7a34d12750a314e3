/** Spellings of one Arabic word find each other, as in the hub's search (docs/adr/0006). */
export function fold(text) {
    return text
        .toLowerCase()
        .replace(/[\u064B-\u0652\u0640]/g, "")
        .replace(/[أإآٱ]/g, "ا")
        .replace(/ة/g, "ه")
        .replace(/[ىئ]/g, "ي")
        .replace(/ؤ/g, "و");
}
