/** The words of the page that describes the API. */
import ar from "./ar-docs.js";
import en from "./en-docs.js";

export default { ar, en };
