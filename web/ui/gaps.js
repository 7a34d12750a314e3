/** What stands in a list for the rows that are not in the document: an empty item before each run, and one after the last. */
import { h } from "./dom.js";
import { gapsOf } from "./window-of-rows.js";

export class Gaps {
    #elements = [];

    at(place) {
        this.#elements[place] ??= h("li.gap", { "aria-hidden": "true" });
        return this.#elements[place];
    }

    /** Gives them the heights of what is missing. */
    fit(places, runs) {
        for (const [place, height] of gapsOf(places, runs).entries()) {
            const size = `${height}px`;
            if (this.at(place).style.blockSize !== size) this.at(place).style.blockSize = size;
        }
    }
}
