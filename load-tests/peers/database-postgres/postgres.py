"""What PostgreSQL reaches with the hub's rows: postgres.py URL BATCH SECONDS; prints rows and seconds.

Each kind of statement is one statement for the whole batch, as the hub sends them.
"""

import sys
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parent.parent / "database"))
import rows  # noqa: E402

connection = psycopg.connect(sys.argv[1], autocommit=True)
with connection.transaction():
    rows.prepare(lambda statement, values: connection.execute(statement.replace("?", "%s"), values))

EVENTS = """
    INSERT INTO room_events (room_id, seq, type, at_ms, author_kind, author_id, author_name, mid, target, reply_to,
        content, anchor)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[],
        %s::text[], %s::bigint[], %s::bigint[], %s::text[], %s::bigint[])"""
ROOMS = """
    UPDATE rooms SET head = k.head, changed_ms = k.now, last = k.last, unread = k.head, waiting_ms = k.now
    FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[]) AS k (id, head, now, last) WHERE rooms.id = k.id"""
TEXTS = """
    INSERT INTO message_search_new (room_id, seq, target, text)
    SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::text[])"""


def columns(values: list[tuple]) -> list[list]:
    return [list(column) for column in zip(*values)]


def transaction(batch: list, now: int) -> None:
    names = [f"r_{room:026}" for room, _ in batch]
    seqs = [seq for _, seq in batch]
    with connection.transaction():
        connection.execute("SELECT * FROM rooms WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (names,)).fetchall()
        with connection.pipeline():
            connection.execute(EVENTS, columns([rows.event(room, seq, now) for room, seq in batch]))
            heads = [(f"r_{room:026}", seq, now, rows.last(room, seq)) for room, seq in batch]
            connection.execute(ROOMS, columns(heads))
            connection.execute(TEXTS, (names, seqs, seqs, [rows.TEXT] * len(batch)))


print(*rows.measure(transaction, int(sys.argv[2]), float(sys.argv[3])))
