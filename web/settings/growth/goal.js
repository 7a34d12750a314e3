/** One goal, or a new one: how far it is, what was said of it when, and what it is. */
import { makeMid } from "../../sdk/ids.js";
import { act, stepWords } from "../../ui/actions.js";
import { lineChart, ring } from "../../ui/chart.js";
import { confirm } from "../../ui/dialog.js";
import { bdi, fill, h } from "../../ui/dom.js";
import { isolate } from "../../ui/isolate.js";
import { PagedList } from "../../ui/paged-list.js";
import { Form } from "../form/form.js";
import { nameOf } from "../parts/names.js";
import { staffOf } from "../parts/staff.js";
import { writeRoute } from "../router.js";
import { bodyOf, FIRST, FIRST_STEP, goalGroups, isCounted, nextOf, stepBody, stepGroups, valuesOf } from "./goal-fields.js";

const STEPS = 50;

export async function goal(app, id, query) {
    const { t, rest, may, format } = app;
    const isNew = id === "new";
    const path = `/progress-goals/${encodeURIComponent(id)}`;
    const key = makeMid();
    let stepKey = makeMid();
    let [kept, staff] = await Promise.all([isNew ? null : rest.get(path), staffOf(app)]);
    const isReadOnly = !may("progress:write");
    const form = new Form(app, {
        groups: goalGroups(app, staff, kept),
        values: isNew ? { ...FIRST, contact: query.get("contact") } : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("goals.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const made = await rest.send("POST", "/progress-goals", bodyOf(values), { headers: { "Idempotency-Key": key } });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("goals", [made.id]));
                return { contact: values.contact, ...valuesOf(made) };
            }
            take(await rest.send("PATCH", path, bodyOf(patch), { version: kept.version }));
            return valuesOf(kept);
        },
        reload,
    });
    const state = h("section.panel.goal-state", { "aria-labelledby": "goal-state" });
    const steps = isNew ? null : history();
    const stepForm = isNew || isReadOnly || !isCounted(kept.state) ? null : checkIn();
    if (!isNew) draw();
    return {
        title: isNew ? t("goals.make") : kept.title,
        back: writeRoute("goals"),
        element: h(
            "div.stack",
            {},
            !isNew && state,
            stepForm && h("section.panel", { "aria-labelledby": "step-title" }, h("h2", { id: "step-title" }, t("goals.step")), stepForm.element),
            steps?.element,
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            !isNew &&
                !isReadOnly &&
                h(
                    "section.panel",
                    {},
                    h("h2", {}, t("goals.remove")),
                    h("p.field-hint", {}, t("goals.remove.text")),
                    h("button.button.is-danger", { type: "button", on: { click: remove } }, t("goals.remove")),
                ),
        ),
        get isDirty() {
            return form.isDirty || (stepForm?.isDirty ?? false);
        },
        close() {
            form.close();
            stepForm?.close();
            steps?.list.close();
        },
    };

    function take(goal) {
        kept = goal;
        draw();
    }

    async function reload() {
        take(await rest.get(path));
        return valuesOf(kept);
    }

    function draw() {
        const { percent, current_value: value, target, start_value: start, unit, state: now, due_at: due, reached_at: reached, contact } = kept;
        const far = t("goals.far", { value: format.number(value), target: format.number(target) });
        const changes = isReadOnly ? [] : nextOf(now);
        fill(
            state,
            h("h2", { id: "goal-state" }, t("goals.progress")),
            h(
                "div.health-head",
                {},
                ring(percent, { label: t("goals.percent", { n: format.number(percent) }), state: now === "missed" ? "poor" : undefined }),
                h(
                    "div.goal-far",
                    {},
                    h("p.state-line", { role: "status" }, h("strong", {}, far, " ", bdi(unit)), h("span.chip", { data: { goal: now } }, t(`goals.state.${now}`))),
                    h("progress.progress", { max: 100, value: percent, "aria-label": t("goals.progress") }),
                ),
            ),
            h(
                "p.row-more",
                {},
                t("goals.from", { start: format.number(start) }),
                ...(reached ? [" · ", t("goals.reached", { time: format.day(reached) })] : due ? [" · ", t("goals.until", { time: format.day(due) })] : []),
            ),
            h("p", {}, t("leads.contact"), ": ", h("a.link", { href: writeRoute("contacts", [contact]) }, nameOf(app, contact, t("leads.contact.hidden")))),
            h(
                "div.form-actions",
                {},
                ...changes.map((next) => h("button.button.is-plain", { type: "button", on: { click: () => become(next) } }, t(`goals.to.${next}`))),
            ),
        );
    }

    function checkIn() {
        return new Form(app, {
            groups: stepGroups(app, kept),
            values: FIRST_STEP,
            submit: t("goals.step.do"),
            async save(values) {
                await rest.send("POST", `${path}/check-ins`, stepBody(values), { headers: { "Idempotency-Key": stepKey } });
                stepKey = makeMid();
                await Promise.all([again(), steps.list.show()]);
                return FIRST_STEP;
            },
        });
    }

    /** A check-in makes another version of the goal. */
    async function again() {
        form.theirs(await reload().catch(() => valuesOf(kept)));
    }

    function history() {
        const chart = h("figure.score-chart", {});
        const list = new PagedList(app, {
            path: `${path}/check-ins`,
            limit: STEPS,
            tag: "ol.rows",
            row: stepRow,
            none: t("goals.steps.none"),
            onPage(items) {
                const values = items.map(({ value }) => value).reverse();
                const label = t("goals.chart", { n: values.length });
                chart.replaceChildren(...(values.length > 1 ? [lineChart(values, { label, width: 320, height: 60 }), h("figcaption", {}, label)] : []));
            },
        });
        list.show();
        return { list, element: h("section", { "aria-labelledby": "steps-title" }, h("h2", { id: "steps-title" }, t("goals.steps")), chart, list.element) };
    }

    function stepRow({ at, author, value, delta, note, reached: isReaching }) {
        const sign = delta > 0 ? "+" : "";
        return h(
            "li.row",
            {},
            h(
                "div.row-body",
                {},
                h(
                    "p.row-title",
                    {},
                    h("strong", {}, format.number(value)),
                    h("span.row-more", {}, bdi(`${sign}${format.number(delta)}`, "ltr")),
                    isReaching && h("span.chip", { data: { goal: "reached" } }, t("goals.state.reached")),
                ),
                note && h("p.timeline-text", { dir: "auto" }, note),
                h("p.row-more", {}, bdi(author), " · ", h("time", { datetime: at, title: format.moment(at) }, format.stamp(at))),
            ),
        );
    }

    async function become(next) {
        await act(app, async () => take(await rest.send("PATCH", path, { state: next }, { version: kept.version })), { words: stepWords(app), onRefused: again });
        if (!form.isDirty) form.theirs(valuesOf(kept));
        state.querySelector("button")?.focus();
    }

    async function remove() {
        if (!(await confirm(t, t("goals.remove.ask", { title: isolate(kept.title) }), t("goals.remove")))) return;
        const isDone = await act(app, () => rest.send("DELETE", path, undefined, { version: kept.version }), { onRefused: again });
        if (!isDone) return;
        form.discard();
        stepForm?.discard();
        app.go("goals");
    }
}
