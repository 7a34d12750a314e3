/** The steps that a lead can take. Pure. */
export const STATES = ["new", "contacted", "qualified", "converted", "lost"];

/** What staff may make of a lead next; it is converted by converting alone. */
const NEXT = { new: ["contacted", "lost"], contacted: ["qualified", "lost"], qualified: ["lost"], converted: [], lost: ["new"] };

export const nextOf = (state) => NEXT[state] ?? [];
