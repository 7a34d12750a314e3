"""What SQLite reaches with the hub's rows and settings: sqlite.py FILE BATCH SECONDS; prints rows and seconds."""

import sqlite3
import sys

import rows

database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA journal_mode = WAL")
database.execute("PRAGMA synchronous = FULL")
database.execute("PRAGMA wal_autocheckpoint = 4000")
database.execute("BEGIN")
rows.prepare(database.execute)
database.execute("COMMIT")


def transaction(batch: list, now: int) -> None:
    database.execute("BEGIN IMMEDIATE")
    names = [f"r_{room:026}" for room, _ in batch]
    database.execute(f"SELECT * FROM rooms WHERE id IN ({','.join('?' * len(names))})", names).fetchall()
    database.executemany(
        "INSERT INTO room_events (room_id, seq, type, at_ms, author_kind, author_id, author_name, mid, target,"
        " reply_to, content, anchor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [rows.event(room, seq, now) for room, seq in batch])
    database.executemany(
        "UPDATE rooms SET head = ?, changed_ms = ?, last = ?, unread = ?, waiting_ms = ? WHERE id = ?",
        [(seq, now, rows.last(room, seq), seq, now, f"r_{room:026}") for room, seq in batch])
    database.execute("COMMIT")


print(*rows.measure(transaction, int(sys.argv[2]), float(sys.argv[3])))
