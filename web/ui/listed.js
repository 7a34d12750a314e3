/** Words that are typed as one line with commas between them. Pure. */

/** The words of a line; both commas and new lines part them. */
export const listed = (line) =>
    line
        .split(/[,،\n]/)
        .map((each) => each.trim())
        .filter(Boolean);

/** A line of words, with the comma of their script. */
export const lineOf = (words) => words.join(words.some((each) => /\p{Script=Arabic}/u.test(each)) ? "، " : ", ");
