/** Bringing codes in: a file, how far it is, what became of it, and the imports before it. */
import { bdi, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords } from "../../ui/problems.js";
import { JobView } from "../parts/job-view.js";
import { lineProblems } from "../parts/line-problems.js";
import { ImportJob, jobOf } from "./import-job.js";

const KNOWN = new Set(["duplicate", "required", "format", "too_long", "columns", "encoding", "json", "expired"]);

export class ImportPanel {
    element;
    #app;
    #product;
    #onDone;
    #view;
    #list;

    /** @param {() => void} onDone hears of each that was kept */
    constructor(app, product, onDone) {
        const { t } = app;
        this.#app = app;
        this.#product = product.id;
        this.#onDone = onDone;
        const file = h("input.input", { type: "file", name: "file", accept: ".csv,.json,.ndjson,text/csv", required: true, "aria-describedby": "import-hint" });
        const mode = h("select.input", { name: "mode" }, ...["all", "valid"].map((value) => h("option", { value }, t(`imports.mode.${value}`))));
        this.#list = new PagedList(app, { path: "/codes/imports", limit: 10, row: (each) => this.#row(each), none: t("imports.none") });
        this.#view = new JobView({
            running: t("imports.running"),
            leave: t("imports.leave"),
            far: (job) => this.#far(job),
            verdict: (job) => [h("strong", {}, this.#verdict(job)), ...this.#refused(job)],
            onEnd: (job) => this.#ended(job),
        });
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
            this.#view.element,
            h("details.form-more", {}, h("summary", {}, t("imports.before")), this.#list.element),
        );
        this.#list.show({ product: product.id });
        this.#view.follow(jobOf(product.id));
    }

    close() {
        this.#list.close();
        this.#view.close();
    }

    #start(event, file, mode) {
        event.preventDefault();
        if (this.#view.isRunning || file.files.length === 0) return;
        this.#view.follow(new ImportJob(this.#app.rest, this.#product, file.files[0], mode.value));
        event.target.reset();
    }

    #ended({ state }) {
        this.#list.show();
        if (state === "finished") this.#onDone();
    }

    #far({ lines, total }) {
        const { t, format } = this.#app;
        if (!total) return { share: null, words: "" };
        return {
            share: Math.min(lines, total) / total,
            words: t("imports.far", { lines: format.number(lines), total: format.number(total) }),
        };
    }

    #refused({ error }) {
        const fields = error?.fields ?? [];
        return fields.length > 0 ? [this.#problems(fields.map(({ pointer = "", ...each }) => ({ ...each, line: pointer.split("/").at(-1) })))] : [];
    }

    #problems(problems) {
        return lineProblems(this.#app, problems, (code) => (KNOWN.has(code) ? this.#app.t(`imports.problem.${code}`) : null));
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
            place.replaceChildren(this.#problems(lines));
        } catch (error) {
            place.replaceChildren(h("p", { role: "alert" }, failureWords(t, error)));
        }
    }
}
