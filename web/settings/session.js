/** Who uses the settings: the sign-in of the console, and what that person may do. */
import { systemClock } from "../sdk/clock.js";
import { StaffIdentity } from "../sdk/identity.js";
import { Rest } from "../sdk/rest.js";
import { SafeStorage } from "../sdk/storage.js";

export class Session extends EventTarget {
    rest;
    identity;
    me = null;

    constructor(origin = location.origin) {
        super();
        this.rest = new Rest(origin, { token: (options) => this.#token(options) });
        this.identity = new StaffIdentity(origin, new SafeStorage(), { rest: this.rest, clock: systemClock });
        // The console in another window signed out.
        addEventListener("storage", () => this.#look());
    }

    /** @throws {HubError} when the hub cannot be asked */
    async load() {
        this.me = await this.rest.me();
        return this.me;
    }

    may = (right) => this.me?.rights.includes(right) ?? false;

    async #token(options) {
        try {
            return await this.identity.token(options);
        } catch (error) {
            this.#look();
            throw error;
        }
    }

    #look() {
        if (this.me !== null && this.identity.user === null) this.dispatchEvent(new CustomEvent("signedout"));
    }
}
