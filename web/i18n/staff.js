/** The words of the pages for staff, which customers need not load. */
import arHelp from "./ar-help.js";
import arStaff from "./ar-staff.js";
import enHelp from "./en-help.js";
import enStaff from "./en-staff.js";

export default { ar: { ...arStaff, ...arHelp }, en: { ...enStaff, ...enHelp } };
