/** The steps that a call-back can take, and how it stands. Pure. */
export const STATES = ["planned", "done", "cancelled"];

/** What may become of a call-back. */
export const nextOf = (state) => ({ planned: ["done", "cancelled"], cancelled: ["planned"] })[state] ?? [];

/** How a call-back stands for who looks at it now: a planned one is due on its day, and late after its time. */
export function standing({ state, due_at: due }, now = new Date()) {
    if (state !== "planned") return state;
    const at = new Date(due);
    if (at <= now) return "late";
    return at.toDateString() === now.toDateString() ? "due" : "planned";
}
