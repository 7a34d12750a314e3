"""The rows that the hub writes for 64 senders, and how fast a database takes them.

One connection, the hub's own schema, one transaction after the other. Each reads the rows of its rooms,
adds one event to each (on PostgreSQL a text for search too), and raises the rooms' heads: what the hub commits for
a batch.
"""

import time
from collections.abc import Callable

ROOMS = 64
TEXT = ("working card yet branch delivery white shop card hours please help tomorrow riyadh street invoice message "
        "is phone help thanks yet package address yet colour thanks confirm again soon now").ljust(200)[:200]


def prepare(execute: Callable) -> None:
    for room in range(ROOMS):
        visitor, name = f"v_{room:026}", f"r_{room:026}"
        execute("INSERT INTO visitors (id, room_id, name, verified_user_id, created_ms, changed_ms)"
                " VALUES (?, ?, 'Load', NULL, 0, 0)", (visitor, name))
        execute("INSERT INTO rooms (id, kind, title, head, created_ms, changed_ms, channel, visitor_id, state, epoch,"
                " unread) VALUES (?, 'conversation', '', 0, 0, 0, 'web', ?, 'open', 0, 0)", (name, visitor))


def batches(size: int):
    """Endless batches of (room, seq), every room in turn."""
    seqs = [0] * ROOMS
    room = 0
    while True:
        batch = []
        for _ in range(size):
            seqs[room] += 1
            batch.append((room, seqs[room]))
            room = (room + 1) % ROOMS
        yield batch


def event(room: int, seq: int, now: int) -> tuple:
    content = f'{{"body":{{"text":"{TEXT}"}},"kind":"text"}}'
    return (f"r_{room:026}", seq, "msg", now, "visitor", f"v_{room:026}", "Load", f"l{seq}", None, None, content, None)


def last(room: int, seq: int) -> str:
    return (f'{{"at":"2026-11-21T08:00:00.000Z","by":{{"id":"v_{room:026}","kind":"visitor","name":"Load"}},'
            f'"kind":"text","seq":{seq},"text":"{TEXT[:120]}"}}')


def measure(transaction: Callable, size: int, seconds: float) -> tuple[int, float]:
    """How many rows were committed in how many seconds, after a second that does not count."""
    source = batches(size)
    end = time.monotonic() + 1
    while time.monotonic() < end:
        transaction(next(source), int(time.time() * 1000))
    rows, began = 0, time.monotonic()
    while time.monotonic() - began < seconds:
        transaction(next(source), int(time.time() * 1000))
        rows += size
    return rows, time.monotonic() - began
