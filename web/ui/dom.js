/**
 * Elements without markup: text only ever becomes text nodes, so data can never become script.
 */

/**
 * @param {string} tag `div`, or with classes `div.card.is-open`
 * @param {object} [props] attributes; `on: {event: handler}`, `data: {key: value}`; false or null
 *   leaves an attribute out, true sets it empty
 * @param {...(Node | string | null | false)} children
 */
export function h(tag, props = {}, ...children) {
    const [name, ...classes] = tag.split(".");
    const element = document.createElement(name);
    if (classes.length > 0) element.className = classes.join(" ");
    for (const [key, value] of Object.entries(props)) {
        if (key === "on") {
            for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
        } else if (key === "data") {
            for (const [item, text] of Object.entries(value)) if (text != null) element.dataset[item] = text;
        } else {
            setAttribute(element, key, value);
        }
    }
    element.append(...present(children));
    return element;
}

/** Puts these children in place of what an element has. */
export const fill = (element, ...children) => element.replaceChildren(...present(children));

const present = (children) => children.flat().filter((child) => child != null && child !== false);

export function setAttribute(element, name, value) {
    if (value == null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
}

/** A name, number or code that keeps its own direction inside any sentence. */
export const bdi = (text, dir = "auto") => h("bdi", { dir }, text);

/** A round button that holds only an icon; `label` is its name for everybody who cannot see it. */
export function iconButton(icon, label, onClick, props = {}) {
    return h(
        "button.icon-button",
        { type: "button", "aria-label": label, title: label, ...props, on: { click: onClick } },
        icon,
    );
}

/** A sentence of a catalogue with isolated names in its `{places}`. */
export function sentence(t, key, values) {
    const parts = t(key).split(/(\{\w+\})/);
    return parts.map((part) => {
        const value = /^\{\w+\}$/.test(part) ? values[part.slice(1, -1)] : undefined;
        return value === undefined ? part : bdi(value);
    });
}

/**
 * Makes `nodes` the children of `parent`, in this order. What goes is taken out first, so that whatever
 * stays in its order is not touched: it keeps the focus, a selection, and what it plays.
 */
export function arrange(parent, nodes) {
    const staying = new Set(nodes);
    for (const child of [...parent.childNodes]) if (!staying.has(child)) child.remove();
    let at = parent.firstChild;
    for (const node of nodes) {
        if (node === at) at = at.nextSibling;
        else parent.insertBefore(node, at);
    }
}

/** Runs `task` once per batch of calls, after the current events. */
export function coalesced(task) {
    let isPlanned = false;
    return () => {
        if (isPlanned) return;
        isPlanned = true;
        queueMicrotask(() => {
            isPlanned = false;
            task();
        });
    };
}

/** As `coalesced`, and again after `ms` at the earliest: what changes fifty times a second is drawn once. `now` does not wait. */
export function paced(task, ms) {
    let isDue = false;
    let pause = null;
    const run = () => {
        isDue = false;
        clearTimeout(pause);
        pause = setTimeout(() => {
            pause = null;
            if (isDue) run();
        }, ms);
        task();
    };
    const soon = () => {
        if (isDue) return;
        isDue = true;
        if (pause === null) queueMicrotask(run);
    };
    return Object.assign(soon, { now: run });
}
