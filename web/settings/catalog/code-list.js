/** The codes of a product, masked: where each is on its way to a customer. */
import { confirm } from "../../ui/dialog.js";
import { bdi, h } from "../../ui/dom.js";
import { PagedList } from "../../ui/paged-list.js";
import { failureWords } from "../../ui/problems.js";
import { filters } from "../parts/filters.js";

const STATES = ["available", "reserved", "sold", "revoked"];

export class CodeList {
    element;
    #app;
    #product;
    #list;
    #chosen;
    #onChange;

    /** @param {() => Promise} onChange hears that one was taken out */
    constructor(app, product, onChange) {
        const { t } = app;
        this.#app = app;
        this.#onChange = onChange;
        this.#product = product.id;
        this.#list = new PagedList(app, { path: "/codes", limit: 20, row: (code) => this.#row(code), none: t("codes.none") });
        const options = [{ value: "", label: t("filter.all") }, ...STATES.map((value) => ({ value, label: t(`codes.state.${value}`) }))];
        const fields = [{ name: "state", kind: "choice", label: t("codes.state"), options }];
        this.#chosen = filters(app, fields, new URLSearchParams(), (values) => this.#show(values));
        this.element = h(
            "section",
            { "aria-labelledby": "codes-title" },
            h("h2", { id: "codes-title" }, t("codes.title")),
            this.#chosen.element,
            this.#list.element,
        );
        this.#show(this.#chosen.values);
    }

    refresh() {
        return this.#list.show();
    }

    close() {
        this.#list.close();
    }

    #show(values) {
        this.#list.show({ product: this.#product, ...values });
    }

    #row(code) {
        const { t, format, may } = this.#app;
        const { masked, state, expires_at: expires, order, revoked_because: because, created_at: at } = code;
        const more = [
            t("codes.since", { time: format.day(at) }),
            expires && t("codes.expires", { time: format.day(expires) }),
            order && [t("codes.order"), " ", bdi(order)],
            because && bdi(because),
        ].filter(Boolean);
        return h(
            "li.row.code-row",
            { data: { code: code.id, state } },
            h(
                "div.row-body",
                {},
                h("p.row-title", {}, h("code", { dir: "ltr" }, masked), h("span.chip", { data: { code: state } }, t(`codes.state.${state}`))),
                h("p.row-more", {}, ...more.flatMap((each, index) => (index > 0 ? [" · ", each] : [each]).flat())),
            ),
            may("codes:import") &&
                state !== "revoked" &&
                h("button.link", { type: "button", "aria-label": t("codes.revoke.label", { code: masked }), on: { click: () => this.#revoke(code) } }, t("codes.revoke")),
        );
    }

    async #revoke({ id, version, masked, state }) {
        const { t, rest, toast } = this.#app;
        const question = state === "sold" ? "codes.revoke.sold" : "codes.revoke.ask";
        if (!(await confirm(t, t(question, { code: masked }), t("codes.revoke")))) return;
        try {
            await rest.send("POST", `/codes/${encodeURIComponent(id)}/revoke`, {}, { version });
            toast(t("codes.revoked"));
        } catch (error) {
            toast(failureWords(t, error));
        }
        await this.#onChange();
        this.element.querySelector("select")?.focus();
    }
}
