/** What is shown of a secret instead of it (`••••1234`); sent back, it leaves the secret as it is. Pure. */

const DOTS = "••••";
const MAX_LENGTH = 8;

export const isMask = (value) =>
    typeof value === "string" && value.startsWith(DOTS) && [...value].length <= MAX_LENGTH;
