/** The outside services: all of them as cards, or one of them. */
import { overview } from "./overview.js";
import { service } from "./service.js";

export function open(app, { path }) {
    return path.length > 0 ? service(app, path[0]) : overview(app);
}
