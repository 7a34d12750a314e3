"""Writers that send as fast as they are let, and remember what was acknowledged."""
import asyncio
import uuid
from collections import Counter

from .client import Closed, Refused

# Requests of one writer that wait for their answer at the same time.
WINDOW = 8


class Writer:
    """One person writing to one room, over any number of connections."""

    def __init__(self, room):
        self.room = room
        self.name = uuid.uuid4().hex[:8]
        self.author = None
        self.count = 0
        self.acknowledged = {}
        self.open = {}

    async def flood(self, client):
        """Sends until the connection ends."""
        self.author = client.id
        await asyncio.gather(*(self._lane(client) for _ in range(WINDOW)))

    async def _lane(self, client):
        try:
            while True:
                self.count += 1
                mid = f"{self.name}-{self.count}"
                self.open[mid] = f"message {self.count}"
                await self._send(client, mid)
        except (Closed, Refused):
            return

    async def retry(self, client, log):
        """Sends again what was not acknowledged; the hub says truly whether it was there already."""
        there = Counter(mids_of(log, self.author))
        for mid in list(self.open):
            answer = await self._send(client, mid)
            assert answer["dup"] == (there[mid] == 1), f"{mid}: {answer}, in the log {there[mid]} times"

    async def _send(self, client, mid):
        answer = await client.persist(
            "send", room=self.room, mid=mid, kind="text", body={"text": self.open[mid]})
        del self.open[mid]
        self.acknowledged[mid] = answer["seq"]
        return answer

    def check(self, log):
        """Every acknowledged message is in the log exactly once, at the acknowledged place; others at most once."""
        there = Counter(mids_of(log, self.author))
        at = {event["mid"]: event["seq"] for event in log if event["ev"] == "msg" and event["by"]["id"] == self.author}
        for mid, seq in self.acknowledged.items():
            assert there[mid] == 1, f"acknowledged {mid} is in the log {there[mid]} times"
            assert at[mid] == seq, f"acknowledged {mid} at {seq}, but it is at {at[mid]}"
        for mid in self.open:
            assert there[mid] <= 1, f"{mid} is in the log {there[mid]} times"
        assert set(there) <= self.acknowledged.keys() | self.open.keys()


def mids_of(log, author):
    return [event["mid"] for event in log if event["ev"] == "msg" and event["by"]["id"] == author]


def check_dense(log):
    assert [event["seq"] for event in log] == list(range(1, len(log) + 1))
