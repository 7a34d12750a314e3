/** Everything the console can do, and every conversation and room, found by what one types: Ctrl+K. */
import { fold } from "../ui/arabic.js";
import { showDialog } from "../ui/dialog.js";
import { bdi, h, setAttribute } from "../ui/dom.js";
import { icon } from "../ui/icons.js";
import { keyNameOf } from "./shortcuts.js";

const MAX_SHOWN = 12;

/**
 * The commands that hold all words of a query, those that begin with it first; of equals the order stays. Pure.
 * @param {Array<{label: string, hint?: string}>} commands
 */
export function find(commands, query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return commands;
    const ranked = [];
    for (const command of commands) {
        const text = fold(`${command.label} ${command.hint ?? ""}`);
        if (words.every((word) => text.includes(word))) ranked.push([text.startsWith(words[0]) ? 0 : 1, command]);
    }
    return ranked.sort(([a], [b]) => a - b).map(([, command]) => command);
}

/** @param {Array<{id?, label, hint?, image?, run}>} commands `hint` says what kind of place it is */
export async function openPalette(app, commands) {
    const { t } = app;
    const chosen = await showDialog(t("palette.title"), (done, dialog) => {
        dialog.classList.add("palette");
        return new Palette(t, commands, done).parts;
    });
    chosen?.run();
}

class Palette {
    parts;
    #t;
    #commands;
    #done;
    #input;
    #list;
    #shown = [];
    #active = 0;

    constructor(t, commands, done) {
        this.#t = t;
        this.#commands = commands;
        this.#done = done;
        this.#list = h("div.palette-list", { role: "listbox", id: "palette-list", "aria-label": t("palette.title") });
        this.#input = h("input.palette-input", {
            type: "text",
            autofocus: true,
            maxlength: 100,
            role: "combobox",
            autocomplete: "off",
            placeholder: t("palette.find"),
            "aria-label": t("palette.find"),
            "aria-expanded": "true",
            "aria-autocomplete": "list",
            "aria-controls": "palette-list",
            on: { input: () => this.#draw(), keydown: (event) => this.#key(event) },
        });
        this.parts = [this.#input, this.#list];
        this.#draw();
    }

    #draw() {
        // An empty line begins where the page begins.
        setAttribute(this.#input, "dir", this.#input.value === "" ? null : "auto");
        this.#shown = find(this.#commands, this.#input.value).slice(0, MAX_SHOWN);
        this.#list.replaceChildren(...this.#shown.map((command, index) => this.#row(command, index)));
        if (this.#shown.length === 0) this.#list.append(h("p.empty", { role: "option" }, this.#t("palette.none")));
        this.#activate(0);
    }

    #row(command, index) {
        const key = command.id ? keyNameOf(command.id) : null;
        return h(
            "div.palette-row",
            { role: "option", id: `palette-${index}`, on: { click: () => this.#done(command) } },
            icon(command.image ?? "bolt"),
            h("span.palette-label", {}, bdi(command.label)),
            command.hint ? h("small", {}, command.hint) : null,
            key ? h("kbd", { dir: "ltr" }, key) : null,
        );
    }

    #key(event) {
        const { length } = this.#shown;
        if (event.isComposing || length === 0) return;
        const steps = { ArrowDown: 1, ArrowUp: -1 };
        if (event.key in steps) this.#activate((this.#active + steps[event.key] + length) % length);
        else if (event.key === "Enter") this.#done(this.#shown[this.#active]);
        else return;
        event.preventDefault();
    }

    #activate(index) {
        this.#active = index;
        for (const [place, row] of [...this.#list.children].entries())
            setAttribute(row, "aria-selected", String(place === index && this.#shown.length > 0));
        const row = this.#shown.length > 0 ? this.#list.children[index] : null;
        setAttribute(this.#input, "aria-activedescendant", row?.id ?? null);
        row?.scrollIntoView({ block: "nearest" });
    }
}
