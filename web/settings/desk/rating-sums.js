/** What customers said, counted. Pure. */

const SCORES = [5, 4, 3, 2, 1];

/** @returns {{n: number, average: ?number, scores: Array<{score, n, share}>}} shares in percent, the best score first */
export function sumsOf(ratings) {
    const n = ratings.length;
    const sum = ratings.reduce((all, { score }) => all + score, 0);
    const scores = SCORES.map((score) => {
        const found = ratings.filter((each) => each.score === score).length;
        return { score, n: found, share: n === 0 ? 0 : Math.round((found / n) * 100) };
    });
    return { n, average: n === 0 ? null : sum / n, scores };
}

/** How many of them have something to say. */
export const commented = (ratings) => ratings.filter(({ comment }) => comment !== null).length;
