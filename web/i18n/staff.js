/** The words of the pages for staff, which customers need not load. */
import arHelp from "./ar-help.js";
import arMentions from "./ar-mentions.js";
import arStaff from "./ar-staff.js";
import enHelp from "./en-help.js";
import enMentions from "./en-mentions.js";
import enStaff from "./en-staff.js";

export default { ar: { ...arStaff, ...arHelp, ...arMentions }, en: { ...enStaff, ...enHelp, ...enMentions } };
