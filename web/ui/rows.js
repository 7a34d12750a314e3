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

/** A row stays the same object as long as its item does: thousands of them are asked for with every message. */
export function logRows(room, isNote) {
    return room.items.map((item) => {
        const known = rowOf.get(item);
        if (known?.room === room && known.isNote === isNote) return known;
        const row = {
            key: `${isNote ? "n" : "m"}:${item.ev === undefined ? (item.mid ?? item.seq) : item.seq}`,
            kind: item.ev === undefined ? "message" : "notice",
            item,
            room,
            isNote,
        };
        rowOf.set(item, row);
        return row;
    });
}

/** item → its row */
const rowOf = new WeakMap();

export function pendingRows(room, isNote) {
    return room.pending.map((item) => ({
        key: `${isNote ? "n" : "m"}:${item.mid}`,
        kind: "pending",
        item,
        room,
        isNote,
    }));
}

const localDay = (at) => new Date(at).toDateString();

/** Adds headings and groups. `dayOf` names the local day of an `at`. */
export const layOut = (rows, dayOf = localDay) => rows.map((_, index) => layOutAt(rows, index, dayOf));

/** One row of many, laid out beside its neighbours. */
export function layOutAt(rows, index, dayOf = localDay) {
    const [before, row, after] = [rows[index - 1], rows[index], rows[index + 1]];
    const isNewDay = before === undefined || dayOf(before.item.at) !== dayOf(row.item.at);
    const isLastOfDay = after === undefined || dayOf(after.item.at) !== dayOf(row.item.at);
    return {
        ...row,
        day: isNewDay,
        opens: isNewDay || !belongTogether(before, row),
        closes: isLastOfDay || !belongTogether(row, after),
    };
}

function belongTogether(a, b) {
    if (a.kind === "notice" || b.kind === "notice" || a.isNote !== b.isNote) return false;
    return authorOf(a) === authorOf(b) && Date.parse(b.item.at) - Date.parse(a.item.at) < GROUP_MS;
}

const authorOf = ({ kind, item, room }) => (kind === "pending" || room.isMine(item) ? "me" : personKey(item.by));
