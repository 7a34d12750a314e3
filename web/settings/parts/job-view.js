/** How far a job is, or how it ended: follows one job after another, and lets one be left. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";

export class JobView {
    element = h("div.import-state", {});
    #options;
    #job = null;
    #onChange = () => this.#draw();

    /**
     * @param {object} options
     * @param {string} options.running what is under way
     * @param {string} options.leave what leaving it is called
     * @param {(job) => {share: ?number, words: string}} options.far `share` from 0 to 1; null when nobody knows
     * @param {(job) => Array<Node | string>} options.verdict how it ended
     * @param {(job) => void} [options.onEnd]
     */
    constructor(options) {
        this.#options = options;
    }

    get isRunning() {
        return this.#job?.state === "running";
    }

    /** @param {?Job} job null for none */
    follow(job) {
        this.#job?.removeEventListener("change", this.#onChange);
        this.#job = job;
        job?.addEventListener("change", this.#onChange);
        this.#draw();
    }

    close() {
        this.#job?.removeEventListener("change", this.#onChange);
    }

    #draw() {
        const job = this.#job;
        if (job === null) return this.element.replaceChildren();
        if (job.state === "running") return this.#drawRunning(job);
        const isKept = job.state === "finished";
        this.element.dataset.state = job.state;
        this.element.replaceChildren(
            h(
                "div.verdict",
                { role: "status", tabindex: -1, data: { outcome: isKept ? "ok" : "error" } },
                icon(isKept ? "check" : "alert"),
                h("div", {}, ...this.#options.verdict(job)),
            ),
        );
        this.#options.onEnd?.(job);
    }

    #drawRunning(job) {
        const { running, leave, far } = this.#options;
        if (this.element.dataset.state !== "running") {
            this.element.dataset.state = "running";
            this.element.replaceChildren(
                h("p", { role: "status" }, running, " ", bdi(job.name)),
                h("progress.progress", { "aria-label": running }),
                h("p.row-more", {}),
                h("button.link", { type: "button", on: { click: () => this.#job.leave() } }, leave),
            );
        }
        const { share, words } = far(job);
        const bar = this.element.querySelector("progress");
        if (share !== null) Object.assign(bar, { max: 1, value: share });
        this.element.querySelector(".row-more").textContent = words;
    }
}
