/**
 * One of very many, found by typing: a box with a list of what the hub finds (WAI-ARIA, combobox).
 *
 * The field has `search(text, signal)`, which answers `[{value, label, hint}]`, and `nameOf(value)`, which
 * answers what a value is called. The value is null while nothing is chosen.
 */
import { bdi, h } from "../../ui/dom.js";

const PATIENCE_MS = 250;

export function lookupInput({ t, announcer }, spec, { id, described, onChange }) {
    const listID = `${id}-list`;
    const input = h("input.input", {
        id,
        type: "text",
        name: spec.name,
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": listID,
        "aria-describedby": described,
        "aria-required": spec.isRequired ? "true" : null,
        autocomplete: "off",
        placeholder: spec.placeholder ?? t("lookup.type"),
        readonly: spec.isReadOnly,
    });
    const list = h("ul.lookup-list", { id: listID, role: "listbox", "aria-label": spec.label, hidden: true });
    const word = h("p.lookup-word", { hidden: true });
    let chosen = { value: null, label: "" };
    let options = [];
    let at = -1;
    let timer = null;
    let leaving = new AbortController();
    if (!spec.isReadOnly) {
        input.addEventListener("input", later);
        input.addEventListener("keydown", keys);
        input.addEventListener("blur", settle);
    }
    return {
        element: h("div.lookup", {}, input, list, word),
        async show(value) {
            if ((value ?? null) === chosen.value) return;
            chosen = { value: value ?? null, label: "" };
            input.value = "";
            if (chosen.value === null) return;
            const label = (await spec.nameOf(chosen.value)) ?? chosen.value;
            if (chosen.value !== value) return;
            chosen.label = label;
            if (document.activeElement !== input) input.value = label;
        },
        focus: () => input.focus(),
    };

    function later() {
        clearTimeout(timer);
        timer = setTimeout(look, PATIENCE_MS);
    }

    async function look() {
        leaving.abort();
        const text = input.value.trim();
        if (text === "") return close();
        const { signal } = (leaving = new AbortController());
        try {
            const found = await spec.search(text, signal);
            if (!signal.aborted && document.activeElement === input) open(found);
        } catch (error) {
            if (!signal.aborted) say(t("lookup.failed"));
        }
    }

    function open(found) {
        options = found;
        at = found.length > 0 ? 0 : -1;
        list.replaceChildren(...found.map((option, index) => row(option, index)));
        list.hidden = found.length === 0;
        input.setAttribute("aria-expanded", String(found.length > 0));
        const count = found.length > 0 ? t("lookup.found", { n: found.length }) : t("lookup.none");
        word.hidden = found.length > 0;
        word.textContent = found.length > 0 ? "" : count;
        announcer.say(count);
        mark();
    }

    function row({ label, hint }, index) {
        return h(
            "li.lookup-option",
            {
                id: `${listID}-${index}`,
                role: "option",
                on: {
                    // Before the box loses the focus, and with it the list.
                    pointerdown: (event) => {
                        event.preventDefault();
                        take(index);
                    },
                },
            },
            bdi(label),
            hint ? h("small", {}, bdi(hint)) : null,
        );
    }

    function mark() {
        [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
        if (at < 0) input.removeAttribute("aria-activedescendant");
        else input.setAttribute("aria-activedescendant", `${listID}-${at}`);
        list.children[at]?.scrollIntoView({ block: "nearest" });
    }

    function keys(event) {
        const isOpen = !list.hidden;
        if (event.key === "ArrowDown" && !isOpen) look();
        else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            const step = event.key === "ArrowDown" ? 1 : -1;
            at = (at + step + options.length) % options.length;
            mark();
        } else if (event.key === "Enter" && isOpen && at >= 0) take(at);
        else if (event.key === "Escape" && isOpen) close();
        else return;
        event.preventDefault();
        event.stopPropagation();
    }

    function take(index) {
        chosen = { value: options[index].value, label: options[index].label };
        input.value = chosen.label;
        close();
        onChange(chosen.value);
    }

    /** What was typed and not chosen is nothing: an empty box empties, other text gives way to what was chosen. */
    function settle() {
        clearTimeout(timer);
        leaving.abort();
        close();
        if (input.value.trim() === "" && chosen.value !== null) {
            chosen = { value: null, label: "" };
            onChange(null);
        }
        input.value = chosen.label;
    }

    function say(text) {
        word.hidden = false;
        word.textContent = text;
    }

    function close() {
        list.hidden = true;
        word.hidden = true;
        options = [];
        at = -1;
        list.replaceChildren();
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
    }
}
