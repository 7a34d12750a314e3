/** Whether the next message goes to the customer or stays with the team. */
import { h } from "../ui/dom.js";
import { icon } from "../ui/icons.js";

export class ModeSwitch {
    element;
    isNote = false;
    #buttons;
    #onChange;

    constructor(t, onChange) {
        this.#onChange = onChange;
        this.#buttons = [
            this.#button(false, "chat", t("conversation.reply")),
            this.#button(true, "lock", t("conversation.note")),
        ];
        this.element = h("div.mode", { role: "group", "aria-label": t("conversation.mode") }, ...this.#buttons);
        this.#draw();
    }

    choose(isNote) {
        if (this.isNote === isNote) return;
        this.isNote = isNote;
        this.#draw();
        this.#onChange();
    }

    #button(isNote, image, label) {
        return h(
            "button.mode-button",
            {
                type: "button",
                data: { mode: isNote ? "note" : "reply" },
                on: { click: () => this.choose(isNote) },
            },
            icon(image),
            label,
        );
    }

    #draw() {
        this.#buttons.forEach((button, index) =>
            button.setAttribute("aria-pressed", String((index === 1) === this.isNote)),
        );
    }
}
