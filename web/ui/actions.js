/** One step of something that the hub keeps: sends it, and says in words when it is refused. */
import { failureWords } from "./problems.js";

/** Only lawful steps are offered, so one that contradicts what is kept says that somebody else was faster. */
export const stepWords = ({ t }) => (error) => (error.code === "conflict" ? t("failure.stale") : null);

/**
 * @param {object} app
 * @param {() => Promise} work
 * @param {{done?: string, onRefused?: (error) => void, words?: (error) => ?string}} [options] `words` says what
 *   a refusal means here; null for what it means everywhere
 * @returns {Promise<boolean>} whether it was done
 */
export async function act({ t, toast }, work, { done, onRefused, words } = {}) {
    try {
        await work();
        if (done) toast(done);
        return true;
    } catch (error) {
        toast(words?.(error) ?? failureWords(t, error));
        onRefused?.(error);
        return false;
    }
}
