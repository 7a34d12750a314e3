/** Time as an argument: tests hand over a clock of their own. Everything is in milliseconds. */
export const systemClock = {
    now: () => Date.now(),
    setTimeout: (task, ms) => globalThis.setTimeout(task, ms),
    clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
