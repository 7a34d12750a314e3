/** One product, or a new one: what it is, its codes, and how they come in. */
import { makeMid } from "../../sdk/ids.js";
import { confirm } from "../../ui/dialog.js";
import { h } from "../../ui/dom.js";
import { nameIn } from "../../ui/format.js";
import { isolate } from "../../ui/isolate.js";
import { failureWords } from "../../ui/problems.js";
import { Form } from "../form/form.js";
import { writeRoute } from "../router.js";
import { CodeList } from "./code-list.js";
import { ImportPanel } from "./import-panel.js";
import { bodyOf, FIRST, productGroups, valuesOf } from "./product-fields.js";

export async function product(app, id) {
    const { t, rest, may, lang, toast } = app;
    const isNew = id === "new";
    const path = `/products/${encodeURIComponent(id)}`;
    const key = makeMid();
    let kept = isNew ? null : await rest.get(path);
    const isReadOnly = !may("products:write");
    const form = new Form(app, {
        groups: productGroups(app),
        values: isNew ? FIRST : valuesOf(kept),
        isNew,
        isReadOnly,
        submit: isNew ? t("products.make") : undefined,
        async save(values, patch) {
            if (isNew) {
                const headers = { "Idempotency-Key": key };
                const made = await rest.send("POST", "/products", bodyOf(values, values), { headers });
                // The form holds nothing any more that leaving could lose.
                setTimeout(() => app.go("products", [made.id]));
                return valuesOf(made);
            }
            kept = await rest.send("PATCH", path, bodyOf(patch, values), { version: kept.version });
            return valuesOf(kept);
        },
        reload,
    });
    const codes = !isNew && may("codes:read") ? new CodeList(app, kept, counted) : null;
    const imports = !isNew && may("codes:import") ? new ImportPanel(app, kept, counted) : null;
    const remove = h("button.button.is-danger", { type: "button", on: { click: take } }, t("products.remove"));
    return {
        title: isNew ? t("products.make") : nameIn(lang, kept),
        back: writeRoute("products"),
        element: h(
            "div.stack",
            {},
            h("section.panel", {}, isReadOnly && h("p.field-hint", {}, t("form.readOnly")), form.element),
            imports?.element,
            codes?.element,
            !isNew &&
                !isReadOnly &&
                h("section.panel", {}, h("h2", {}, t("products.remove")), h("p.field-hint", {}, t("products.remove.text")), remove),
        ),
        get isDirty() {
            return form.isDirty;
        },
        close() {
            form.close();
            codes?.close();
            imports?.close();
        },
    };

    /** Its codes are part of a product: bringing some in or taking one out makes another version of it. */
    async function counted() {
        codes?.refresh();
        form.theirs(await reload().catch(() => valuesOf(kept)));
    }

    async function reload() {
        kept = await rest.get(path);
        return valuesOf(kept);
    }

    async function take() {
        if (!(await confirm(t, t("products.remove.ask", { name: isolate(nameIn(lang, kept)) }), t("products.remove")))) return;
        try {
            await rest.send("DELETE", path, undefined, { version: kept.version });
            form.discard();
            app.go("products");
        } catch (error) {
            toast(error.code === "conflict" ? t("products.remove.conflict") : failureWords(t, error));
            if (error.code === "stale") form.theirs(await reload());
        }
    }
}
