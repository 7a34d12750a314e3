/** All words of the panel beside a conversation in one language: its own, and those of what it shows. */
import catalog from "./ar-catalog.js";
import crm from "./ar-crm.js";
import growth from "./ar-growth.js";
import orders from "./ar-orders.js";
import panel from "./ar-panel.js";
import settings from "./ar-settings.js";

export default { ...settings, ...catalog, ...crm, ...orders, ...growth, ...panel };
