/** A sign for each service, drawn by us: the marks of others are theirs. */
import { h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";

const SIGNS = {
    whatsapp: "chat",
    sms: "phone",
    email: "inbox",
    google_calendar: "clock",
    slack: "hash",
    seha: "shield",
    tatman: "shield",
    zid: "gift",
    openai: "spark",
};

export const logo = (type) => h("span.logo", { data: { type } }, icon(SIGNS[type] ?? "plug"));
