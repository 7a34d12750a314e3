/**
 * Cards that are moved with the pointer. Only one way of several: what it does, the menu of a card does as well.
 *
 * Fingers scroll; on a screen that is touched, cards are moved by their menu.
 */
const THRESHOLD_PX = 6;
const EDGE_PX = 60;
const STEP_PX = 14;

export class CardDrag {
    #board;
    #options;
    #drag = null;
    #frame = null;
    #listeners = new AbortController();

    /**
     * @param {HTMLElement} board whose columns have `data-stage` and whose cards have `data-deal`
     * @param {{mayMove: (id: string) => boolean, drop: (id: string, stage: string) => void}} options
     */
    constructor(board, options) {
        this.#board = board;
        this.#options = options;
        const { signal } = this.#listeners;
        board.addEventListener("pointerdown", (event) => this.#press(event), { signal });
        document.addEventListener("pointermove", (event) => this.#move(event), { signal });
        document.addEventListener("pointerup", () => this.#release(true), { signal });
        document.addEventListener("pointercancel", () => this.#release(false), { signal });
        document.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
        // A link under the card is not followed after it was dragged.
        board.addEventListener("click", (event) => this.#click(event), { signal, capture: true });
    }

    close() {
        this.#release(false);
        this.#listeners.abort();
    }

    #press(event) {
        const card = event.target.closest("[data-deal]");
        if (card === null || event.button !== 0 || event.pointerType === "touch" || event.target.closest("button")) return;
        if (!this.#options.mayMove(card.dataset.deal)) return;
        this.#drag = { card, id: card.dataset.deal, x: event.clientX, y: event.clientY, ghost: null, column: null };
    }

    #move(event) {
        const drag = this.#drag;
        if (drag === null) return;
        const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
        if (drag.ghost === null && Math.hypot(dx, dy) < THRESHOLD_PX) return;
        if (drag.ghost === null) this.#begin(drag);
        drag.at = event.clientX;
        drag.ghost.style.transform = `translate(${dx}px, ${dy}px)`;
        this.#over(document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-stage]") ?? null);
    }

    #begin(drag) {
        const box = drag.card.getBoundingClientRect();
        drag.ghost = drag.card.cloneNode(true);
        drag.ghost.removeAttribute("data-deal");
        drag.ghost.setAttribute("aria-hidden", "true");
        drag.ghost.classList.add("is-ghost");
        Object.assign(drag.ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
        document.body.append(drag.ghost);
        drag.card.classList.add("is-dragged");
        document.documentElement.classList.add("is-dragging");
        this.#frame = requestAnimationFrame(() => this.#scroll());
    }

    #over(column) {
        if (this.#drag.column === column) return;
        this.#drag.column?.classList.remove("is-over");
        this.#drag.column = column;
        column?.classList.add("is-over");
    }

    /** Near its edge the board moves on. */
    #scroll() {
        if (this.#drag === null) return;
        const box = this.#board.getBoundingClientRect();
        const { at } = this.#drag;
        if (at < box.left + EDGE_PX) this.#board.scrollLeft -= STEP_PX;
        else if (at > box.right - EDGE_PX) this.#board.scrollLeft += STEP_PX;
        this.#frame = requestAnimationFrame(() => this.#scroll());
    }

    #key(event) {
        if (event.key !== "Escape" || this.#drag?.ghost == null) return;
        event.preventDefault();
        event.stopPropagation();
        this.#release(false);
    }

    #release(isDrop) {
        const drag = this.#drag;
        this.#drag = null;
        if (drag === null || drag.ghost === null) return;
        cancelAnimationFrame(this.#frame);
        drag.ghost.remove();
        drag.card.classList.remove("is-dragged");
        drag.column?.classList.remove("is-over");
        document.documentElement.classList.remove("is-dragging");
        this.#hasDragged = true;
        setTimeout(() => (this.#hasDragged = false));
        if (isDrop && drag.column !== null) this.#options.drop(drag.id, drag.column.dataset.stage);
    }

    #hasDragged = false;

    #click(event) {
        if (!this.#hasDragged) return;
        event.preventDefault();
        event.stopPropagation();
    }
}
