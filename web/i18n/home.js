/** The words of the shop's own page. */
import ar from "./ar-home.js";
import en from "./en-home.js";

export default { ar, en };
