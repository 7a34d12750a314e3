/** All words of the panel beside a conversation in one language: its own, and those of what it shows. */
import catalog from "./en-catalog.js";
import crm from "./en-crm.js";
import growth from "./en-growth.js";
import orders from "./en-orders.js";
import panel from "./en-panel.js";
import settings from "./en-settings.js";

export default { ...settings, ...catalog, ...crm, ...orders, ...growth, ...panel };
