/** The words that the panel beside a conversation has of its own, in both languages. */
import ar from "./ar-panel.js";
import en from "./en-panel.js";

export default { ar, en };
