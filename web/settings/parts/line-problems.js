/** What is wrong with lines of a file: the first of them, and how many more there are. */
import { bdi, h } from "../../ui/dom.js";

const SHOWN = 20;

/**
 * @param {object} app
 * @param {Array<{line, code, detail}>} problems
 * @param {(code: string) => ?string} wordsOf the sentence of a code; null for one that is not known
 */
export function lineProblems({ t }, problems, wordsOf) {
    const shown = problems.slice(0, SHOWN);
    return h(
        "ul.line-problems",
        {},
        ...shown.map(({ line, code, detail }) => h("li", {}, t("imports.line", { n: line }), " ", wordsOf(code) ?? bdi(detail))),
        problems.length > shown.length && h("li", {}, t("imports.others", { n: problems.length - shown.length })),
    );
}
