/** Systems of the shop that are told what happens: all of them, one of them, or a new one. */
import { creation } from "./creation.js";
import { endpoint } from "./endpoint.js";
import { overview } from "./overview.js";

export function open(app, { path: [id], query }) {
    if (id === undefined) return overview(app);
    return id === "new" ? creation(app) : endpoint(app, id, query);
}
