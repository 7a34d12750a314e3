/** A fresh `mid`: 128 random bits in base 36, safe in the alphabet the protocol allows. */
export function makeMid(crypto = globalThis.crypto) {
    const words = crypto.getRandomValues(new Uint32Array(4));
    return Array.from(words, (word) => word.toString(36).padStart(7, "0")).join("");
}
