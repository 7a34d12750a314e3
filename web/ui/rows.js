/**
 * What a message list shows, as values: rows with their grouping and days. Pure.
 *
 * A row is `{key, kind: "message" | "draft" | "pending" | "notice", item, room, isNote}`; laid out, it also
 * knows `day` (a heading comes first), `opens` and `closes` (its place in a group of one author).
 */
import { personKey } from "../sdk/fold.js";

/** Messages of one author closer than this stand together. */
const GROUP_MS = 5 * 60_000;

/** The rows of one room: the log, what the assistant is writing, then what is unsent. */
export function rowsOf(room) {
    return [...logRows(room, false), ...draftRows(room), ...pendingRows(room, false)];
}

/** It always follows a question, so it is of the time of what comes before it. */
export function draftRows(room) {
    const last = room.items.at(-1);
    if (room.draft === null || last === undefined) return [];
    const item = { ...room.draft, at: last.at, by: { kind: "assistant", id: "assistant" } };
    return [{ key: `d:${item.run}`, kind: "draft", item, room, isNote: false }];
}

export function logRows(room, isNote) {
    return room.items.map((item) => ({
        key: `${isNote ? "n" : "m"}:${item.ev === undefined ? (item.mid ?? item.seq) : item.seq}`,
        kind: item.ev === undefined ? "message" : "notice",
        item,
        room,
        isNote,
    }));
}

export function pendingRows(room, isNote) {
    return room.pending.map((item) => ({
        key: `${isNote ? "n" : "m"}:${item.mid}`,
        kind: "pending",
        item,
        room,
        isNote,
    }));
}

/** Adds headings and groups. `dayOf` names the local day of an `at`. */
export function layOut(rows, dayOf = (at) => new Date(at).toDateString()) {
    let lastDay = null;
    const laidOut = rows.map((row) => {
        const day = dayOf(row.item.at);
        const isNewDay = day !== lastDay;
        lastDay = day;
        return { ...row, day: isNewDay, opens: true, closes: true };
    });
    for (let index = 1; index < laidOut.length; index += 1) {
        const [before, row] = [laidOut[index - 1], laidOut[index]];
        if (!row.day && belongTogether(before, row)) row.opens = before.closes = false;
    }
    return laidOut;
}

function belongTogether(a, b) {
    if (a.kind === "notice" || b.kind === "notice" || a.isNote !== b.isNote) return false;
    return authorOf(a) === authorOf(b) && Date.parse(b.item.at) - Date.parse(a.item.at) < GROUP_MS;
}

const authorOf = ({ kind, item, room }) => (kind === "pending" || room.isMine(item) ? "me" : personKey(item.by));
