/**
 * What to do after a close or an error. Pure: the random number is an argument.
 *
 * Full jitter (uniform between nothing and the exponential limit) keeps a thousand clients that
 * lost the same hub from coming back in the same second.
 */

/** Doubling limits of a wait, in milliseconds. */
const NETWORK = { baseMs: 500, capMs: 15_000 };
const OVERLOAD = { baseMs: 2_000, capMs: 60_000 };

/** A 42xx close asks to come at once; a hub that repeats it is treated like a bad network. */
const IMMEDIATE_RETURNS = 3;

/** An `internal` error may be a passing one; after this many tries it is shown to the person. */
const INTERNAL_TRIES = 5;

/** A random wait in [0, min(cap, base * 2^attempt)). */
export function fullJitter(attempt, { baseMs, capMs }, random) {
    return Math.floor(random() * Math.min(capMs, baseMs * 2 ** Math.min(attempt, 20)));
}

/**
 * The range of the close code decides alone (docs/protocol.md).
 * @param {number} code the close code; 1006 for a link that just vanished
 * @param {number} attempt closes in a row since the last stable connection, from 0
 * @returns {{stop: true} | {stop: false, delayMs: number}}
 */
export function afterClose(code, attempt, random = Math.random) {
    if (code >= 4000 && code < 4100) return { stop: true };
    if (code >= 4100 && code < 4200) return { stop: false, delayMs: fullJitter(attempt, OVERLOAD, random) };
    if (code >= 4200 && code < 4300 && attempt < IMMEDIATE_RETURNS) return { stop: false, delayMs: 0 };
    return { stop: false, delayMs: fullJitter(attempt, NETWORK, random) };
}

/**
 * What an unsent write does after an error.
 * @param {{code: string, retryMs?: number}} error
 * @param {number} tries how often this write was tried, from 1
 * @returns {{next: "wait"} | {next: "retry", delayMs: number} | {next: "fail"}}
 *   `wait`: until the connection is back; `retry`: the same frame with the same `mid`; `fail`: show it.
 */
export function afterError(error, tries, random = Math.random) {
    switch (error.code) {
        case "closed":
        case "offline":
            return { next: "wait" };
        case "timeout":
        case "network":
        case "not_joined":
            return { next: "retry", delayMs: fullJitter(tries, NETWORK, random) };
        case "internal":
            if (tries >= INTERNAL_TRIES) return { next: "fail" };
            return { next: "retry", delayMs: error.retryMs ?? fullJitter(tries, NETWORK, random) };
        default:
            if (error.retryMs === undefined) return { next: "fail" };
            return { next: "retry", delayMs: Math.ceil(error.retryMs * (1 + random() / 2)) };
    }
}
