/** Who of the team is here, and how much they hold of what they may. Pure. */

const ORDER = ["online", "busy", "away", "offline"];
/** Routing counts in hundredths of a conversation. */
const WHOLE = 100;

/**
 * Everybody of the team; whoever was never here is offline.
 * @param {Array<{id, name}>} staff
 * @param {Array<{id, presence, capacity, load, held}>} agents as `GET /routing/agents` tells
 * @returns {Array<{id, name, presence, isMe, held, load, capacity, share}>} who is here first, who has most room
 *   first; `load` and `capacity` in conversations, `share` from 0 to 1; both null for whoever was never here
 */
export function colleaguesOf(staff, agents, me) {
    const known = new Map(agents.map((agent) => [agent.id, agent]));
    const all = staff.map(({ id, name }) => ({ id, name, isMe: id === me, ...loadOf(known.get(id)) }));
    return all.sort((a, b) => ORDER.indexOf(a.presence) - ORDER.indexOf(b.presence) || roomOf(b) - roomOf(a) || (a.name < b.name ? -1 : 1));
}

/** How an agent stands. */
export function loadOf(agent) {
    if (!agent) return { presence: "offline", held: 0, load: null, capacity: null, share: null };
    const { presence, held, load, capacity } = agent;
    const share = capacity > 0 ? Math.min(1, load / capacity) : 1;
    return { presence, held, load: load / WHOLE, capacity: capacity / WHOLE, share };
}

const roomOf = ({ load, capacity }) => (capacity === null ? 0 : capacity - load);

/** Whether somebody cannot take one more. */
export const isFull = ({ share }) => share === 1;

/** How many more conversations those of a team who are online can take. */
export const roomIn = (agents) =>
    agents.filter(({ presence }) => presence === "online").reduce((sum, { load, capacity }) => sum + Math.max(0, Math.floor((capacity - load) / WHOLE)), 0);
