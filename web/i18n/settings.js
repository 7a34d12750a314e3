/** The words of the settings, which the pages of customers need not load. */
import arAssistant from "./ar-assistant.js";
import arCatalog from "./ar-catalog.js";
import arDesk from "./ar-desk.js";
import arHooks from "./ar-hooks.js";
import arIntegrations from "./ar-integrations.js";
import arPeople from "./ar-people.js";
import arSettings from "./ar-settings.js";
import arShop from "./ar-shop.js";
import arStart from "./ar-start.js";
import arSystem from "./ar-system.js";
import enAssistant from "./en-assistant.js";
import enCatalog from "./en-catalog.js";
import enDesk from "./en-desk.js";
import enHooks from "./en-hooks.js";
import enIntegrations from "./en-integrations.js";
import enPeople from "./en-people.js";
import enSettings from "./en-settings.js";
import enShop from "./en-shop.js";
import enStart from "./en-start.js";
import enSystem from "./en-system.js";

export default {
    ar: {
        ...arSettings,
        ...arIntegrations,
        ...arHooks,
        ...arCatalog,
        ...arShop,
        ...arStart,
        ...arAssistant,
        ...arDesk,
        ...arSystem,
        ...arPeople,
    },
    en: {
        ...enSettings,
        ...enIntegrations,
        ...enHooks,
        ...enCatalog,
        ...enShop,
        ...enStart,
        ...enAssistant,
        ...enDesk,
        ...enSystem,
        ...enPeople,
    },
};
