/** The words of the page that goes on with a conversation. */
import ar from "./ar-continue.js";
import en from "./en-continue.js";

export default { ar, en };
