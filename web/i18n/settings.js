/** The words of the settings, which the pages of customers need not load. */
import arAssistant from "./ar-assistant.js";
import arCatalog from "./ar-catalog.js";
import arCRM from "./ar-crm.js";
import arDesk from "./ar-desk.js";
import arGrowth from "./ar-growth.js";
import arHooks from "./ar-hooks.js";
import arIntegrations from "./ar-integrations.js";
import arOrders from "./ar-orders.js";
import arPeople from "./ar-people.js";
import arSettings from "./ar-settings.js";
import arShop from "./ar-shop.js";
import arStart from "./ar-start.js";
import arSystem from "./ar-system.js";
import enAssistant from "./en-assistant.js";
import enCatalog from "./en-catalog.js";
import enCRM from "./en-crm.js";
import enDesk from "./en-desk.js";
import enGrowth from "./en-growth.js";
import enHooks from "./en-hooks.js";
import enIntegrations from "./en-integrations.js";
import enOrders from "./en-orders.js";
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
        ...arCRM,
        ...arOrders,
        ...arGrowth,
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
        ...enCRM,
        ...enOrders,
        ...enGrowth,
        ...enAssistant,
        ...enDesk,
        ...enSystem,
        ...enPeople,
    },
};
