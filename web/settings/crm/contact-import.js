/** Bringing contacts in from a table, and taking them along as one. */
import { h } from "../../ui/dom.js";
import { failureWords } from "../../ui/problems.js";
import { JobView } from "../parts/job-view.js";
import { lineProblems } from "../parts/line-problems.js";
import { writeRoute } from "../router.js";
import { ContactImportJob, jobOf } from "./contact-import-job.js";

const MODES = ["skip", "update"];
const COLUMNS = "name, phone, email, company, labels, notes, whatsapp, zid, language, owner, fields";
const KNOWN = new Set(["mismatch", "required", "format", "too_long", "count", "columns", "encoding", "conflict", "taken", "quotes"]);

export function importPage(app) {
    const { t, format, rest } = app;
    const file = h("input.input", { type: "file", name: "file", accept: ".csv,text/csv", required: true, "aria-describedby": "contacts-import-hint" });
    const mode = h("select.input", { name: "mode" }, ...MODES.map((value) => h("option", { value }, t(`contacts.import.mode.${value}`))));
    const view = new JobView({ running: t("contacts.import.running"), leave: t("contacts.import.leave"), far, verdict });
    view.follow(jobOf());
    return {
        title: t("contacts.import"),
        back: writeRoute("contacts"),
        element: h(
            "div",
            {},
            h(
                "section.panel",
                {},
                h("p.field-hint", { id: "contacts-import-hint" }, t("contacts.import.text"), " ", h("code", { dir: "ltr" }, COLUMNS)),
                h(
                    "form.filters",
                    { on: { submit: start } },
                    h("label.filter.is-wide", {}, h("span", {}, t("imports.file")), file),
                    h("label.filter", {}, h("span", {}, t("contacts.import.mode")), mode),
                    h("button.button", { type: "submit" }, t("imports.do")),
                ),
                view.element,
            ),
        ),
        close: () => view.close(),
    };

    function start(event) {
        event.preventDefault();
        if (view.isRunning || file.files.length === 0) return;
        view.follow(new ContactImportJob(rest, file.files[0], mode.value));
        event.target.reset();
    }

    function far({ counts, total }) {
        if (!total) return { share: null, words: "" };
        return {
            share: counts.lines / total,
            words: t("imports.far", { lines: format.number(counts.lines), total: format.number(total) }),
        };
    }

    function verdict(job) {
        const { state, counts, error, problems } = job;
        const words = {
            finished: () => t("contacts.import.finished"),
            left: () => t("contacts.import.left"),
            refused: () => failureWords(t, error),
            failed: () => (error.code === "bad_request" ? t("contacts.import.header") : failureWords(t, error)),
        }[state]();
        const facts = ["created", "updated", "skipped", "failed"]
            .filter((name) => counts[name] > 0)
            .map((name) => t(`contacts.import.${name}`, { n: format.number(counts[name]) }));
        return [
            h("strong", {}, words),
            facts.length > 0 && h("p", {}, facts.join(t("form.comma"))),
            job.isResumable && h("button.link", { type: "button", on: { click: () => job.go() && view.follow(job) } }, t("contacts.import.go")),
            problems.length > 0 && lineProblems(app, problems, (code) => (KNOWN.has(code) ? t(`contacts.import.problem.${code}`) : null)),
        ].filter(Boolean);
    }
}
