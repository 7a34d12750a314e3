/** A name, number or code inside a sentence that is only text: its direction stays its own (UAX #9, FSI and PDI). */
export const isolate = (text) => `\u2068${text}\u2069`;
