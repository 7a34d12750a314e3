/** Bringing codes in: a file, how far it is, what became of it, and the imports before it. */
import { bdi, h } from "../../ui/dom.js";
import { icon } from "../../ui/icons.js";
import { failureWords } from "../form/problems.js";
import { PagedList } from "../parts/paged-list.js";
import { ImportJob, jobOf } from "./import-job.js";

const SHOWN_PROBLEMS = 20;
const KNOWN = new Set(["duplicate", "required", "format", "too_long", "columns", "encoding", "json", "expired"]);

export class ImportPanel {
    element;
    #app;
    #product;
    #onDone;
    #job = null;
    #state = h("div.import-state", {});
    #list;
    #onChange = () => this.#draw();

    /** @param {() => void} onDone hears of each that was kept */
    constructor(app, product, onDone) {
        const { t } = app;
        this.#app = app;
        this.#product = product.id;
        this.#onDone = onDone;
        const file = h("input.input", { type: "file", name: "file", accept: ".csv,.json,.ndjson,text/csv", required: true, "aria-describedby": "import-hint" });
        const mode = h("select.input", { name: "mode" }, ...["all", "valid"].map((value) => h("option", { value }, t(`imports.mode.${value}`))));
        this.#list = new PagedList(app, { path: "/codes/imports", limit: 10, row: (each) => this.#row(each), none: t("imports.none") });
        this.element = h(
            "section.panel",
            { "aria-labelledby": "imports-title" },
            h("h2", { id: "imports-title" }, t("imports.title")),
            h("p.field-hint", { id: "import-hint" }, t("imports.text")),
            h(
                "form.filters",
                { on: { submit: (event) => this.#start(event, file, mode) } },
                h("label.filter.is-wide", {}, h("span", {}, t("imports.file")), file),
                h("label.filter", {}, h("span", {}, t("imports.mode")), mode),
                h("button.button", { type: "submit" }, t("imports.do")),
            ),
            this.#state,
            h("details.form-more", {}, h("summary", {}, t("imports.before")), this.#list.element),
        );
        this.#list.show({ product: product.id });
        this.#follow(jobOf(product.id));
    }

    close() {
        this.#list.close();
        this.#job?.removeEventListener("change", this.#onChange);
    }

    #start(event, file, mode) {
        event.preventDefault();
        if (this.#job?.state === "running" || file.files.length === 0) return;
        this.#follow(new ImportJob(this.#app.rest, this.#product, file.files[0], mode.value));
        event.target.reset();
    }

    #follow(job) {
        this.#job?.removeEventListener("change", this.#onChange);
        this.#job = job;
        job?.addEventListener("change", this.#onChange);
        this.#draw();
    }

    #draw() {
        const job = this.#job;
        if (job === null) return this.#state.replaceChildren();
        if (job.state === "running") return this.#drawRunning(job);
        const isKept = job.state === "finished";
        this.#state.dataset.state = job.state;
        this.#state.replaceChildren(
            h(
                "div.verdict",
                { role: "status", tabindex: -1, data: { outcome: isKept ? "ok" : "error" } },
                icon(isKept ? "check" : "alert"),
                h("div", {}, h("strong", {}, this.#verdict(job)), job.error?.fields.length > 0 && problems(this.#app, job.error.fields)),
            ),
        );
        this.#list.show();
        if (isKept) this.#onDone();
    }

    #drawRunning({ name, lines, total }) {
        const { t, format } = this.#app;
        if (this.#state.dataset.state !== "running") {
            this.#state.dataset.state = "running";
            this.#state.replaceChildren(
                h("p", { role: "status" }, ...[t("imports.running"), " ", bdi(name)]),
                h("progress.progress", { "aria-label": t("imports.running") }),
                h("p.row-more", {}),
                h("button.link", { type: "button", on: { click: () => this.#job.leave() } }, t("imports.leave")),
            );
        }
        const bar = this.#state.querySelector("progress");
        if (total) Object.assign(bar, { max: total, value: Math.min(lines, total) });
        this.#state.querySelector(".row-more").textContent = total
            ? t("imports.far", { lines: format.number(lines), total: format.number(total) })
            : "";
    }

    #verdict({ state, result, error }) {
        const { t, format } = this.#app;
        if (state === "finished") {
            const bad = result.invalid + result.duplicate;
            const kept = t("imports.finished", { n: result.accepted });
            return bad > 0 ? `${kept} ${t("imports.passed", { n: format.number(bad) })}` : kept;
        }
        return state === "failed" ? failureWords(t, error) : t(`imports.${state}`);
    }

    #row({ id, name, state, lines, accepted, invalid, duplicate, created_at: at }) {
        const { t, format } = this.#app;
        const report = h("div", {});
        const bad = invalid + duplicate;
        return h(
            "li.row",
            { data: { import: id } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, h("strong", {}, bdi(name ?? id)), h("span.chip", { data: { import: state } }, t(`imports.state.${state}`))),
                h("p.row-more", {}, `${format.stamp(at)} · ${t("imports.counts", { lines: format.number(lines), accepted: format.number(accepted), bad: format.number(bad) })}`),
                bad > 0 && h("button.link", { type: "button", on: { click: () => this.#report(id, report) } }, t("imports.problems")),
                report,
            ),
        );
    }

    async #report(id, place) {
        const { t, rest } = this.#app;
        try {
            const { problems: lines } = await rest.get(`/codes/imports/${encodeURIComponent(id)}`);
            place.replaceChildren(problems(this.#app, lines.map(({ line, ...each }) => ({ ...each, pointer: `#/lines/${line}` }))));
        } catch (error) {
            place.replaceChildren(h("p", { role: "alert" }, failureWords(t, error)));
        }
    }
}

function problems({ t }, fields) {
    const shown = fields.slice(0, SHOWN_PROBLEMS);
    return h(
        "ul.line-problems",
        {},
        ...shown.map(({ pointer = "", code, detail }) =>
            h("li", {}, t("imports.line", { n: pointer.split("/").at(-1) }), " ", KNOWN.has(code) ? t(`imports.problem.${code}`) : bdi(detail)),
        ),
        fields.length > shown.length && h("li", {}, t("imports.others", { n: fields.length - shown.length })),
    );
}
