/** A small menu under a button: arrow keys, Home, End, Escape, and a click elsewhere closes it. */
import { h } from "./dom.js";

let openMenu = null;

/**
 * @param {HTMLElement} button opens the menu
 * @param {() => Array<{label, icon?, isChecked?, run}>} items asked each time it opens
 * @param {{className?: string}} [options]
 */
export function attachMenu(button, items, { className = "" } = {}) {
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", (event) => {
        event.stopPropagation();
        const isMine = openMenu?.button === button;
        openMenu?.close();
        if (!isMine) openMenu = show(button, items(), className);
    });
}

function show(button, items, className) {
    const list = h("div.menu", { role: "menu" }, ...items.map((item) => entry(item, () => close(true))));
    if (className) list.classList.add(className);
    // Within the widget, which lies above all of its page.
    (button.closest(".widget") ?? document.body).append(list);
    place(list, button);
    button.setAttribute("aria-expanded", "true");
    const outside = (event) => {
        if (!event.composedPath().includes(list)) close(false);
    };
    const keys = (event) => move(event, list, close);
    document.addEventListener("pointerdown", outside, true);
    window.addEventListener("resize", outside);
    list.addEventListener("keydown", keys);
    list.querySelector("[aria-checked=true], [role^=menuitem]")?.focus();

    function close(returnFocus) {
        document.removeEventListener("pointerdown", outside, true);
        window.removeEventListener("resize", outside);
        list.remove();
        button.setAttribute("aria-expanded", "false");
        if (openMenu?.button === button) openMenu = null;
        if (returnFocus) button.focus();
    }
    return { button, close: () => close(false) };
}

function entry({ label, icon, isChecked, run, title }, done) {
    const props = {
        type: "button",
        role: isChecked === undefined ? "menuitem" : "menuitemradio",
        "aria-checked": isChecked === undefined ? null : String(isChecked),
        tabindex: -1,
        title,
        on: {
            click: () => {
                done();
                run();
            },
        },
    };
    return h("button.menu-item", props, icon, h("span", {}, label));
}

/** Below the button, or above it where there is no room; always inside the window. */
function place(list, button) {
    const anchor = button.getBoundingClientRect();
    const { width, height } = list.getBoundingClientRect();
    const isRight = getComputedStyle(button).direction === "rtl";
    const wish = isRight ? anchor.right - width : anchor.left;
    const left = Math.max(8, Math.min(wish, window.innerWidth - width - 8));
    const fitsBelow = anchor.bottom + 6 + height <= window.innerHeight - 8;
    const top = fitsBelow ? anchor.bottom + 6 : Math.max(8, anchor.top - height - 6);
    list.style.left = `${left}px`;
    list.style.top = `${top}px`;
}

function move(event, list, close) {
    const items = [...list.querySelectorAll("[role^=menuitem]")];
    const at = items.indexOf(list.getRootNode().activeElement);
    const isRight = getComputedStyle(list).direction === "rtl";
    const steps = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isRight ? -1 : 1, ArrowLeft: isRight ? 1 : -1 };
    if (event.key in steps) items[(at + steps[event.key] + items.length) % items.length].focus();
    else if (event.key === "Home") items[0].focus();
    else if (event.key === "End") items.at(-1).focus();
    else if (event.key === "Escape" || event.key === "Tab") close(true);
    else return;
    event.preventDefault();
    event.stopPropagation();
}
