"""SIGTERM with a thousand sockets open: each is told its slot, and nothing acknowledged is lost."""
import asyncio
import signal
import time

from hubtest.client import Closed
from hubtest.flood import Writer, check_dense
from hubtest.people import People
from hubtest.waiting import eventually

SOCKETS = 1000
# Sockets that one visitor holds.
EACH = 5
# Sockets that are opened at the same time.
AT_ONCE = 50


async def test_a_thousand_sockets_are_drained(hub):
    async with People(hub) as people:
        gate = asyncio.Semaphore(AT_ONCE)

        async def arrive(**fields):
            async with gate:
                return await people.visitor(**fields)

        firsts = await asyncio.gather(*(arrive(name=f"Visitor {number}") for number in range(SOCKETS // EACH)))
        more = await asyncio.gather(*(arrive(token=first.token) for first in firsts for _ in range(EACH - 1)))
        clients = [*firsts, *more]
        assert len(clients) == SOCKETS

        writers = [Writer(client.room) for client in firsts[:10]]
        floods = [asyncio.create_task(writer.flood(client)) for writer, client in zip(writers, firsts)]
        await eventually(lambda: all(writer.acknowledged for writer in writers), 30, "the flood has begun")

        started = time.monotonic()
        hub.process.send_signal(signal.SIGTERM)
        await eventually(lambda: hub.status("/ready") in (503, None), 20, "not ready any more")
        slots = [await told(client) for client in clients]
        limit = max(slot["by_ms"] for slot in slots) / 1000
        assert all(0 <= slot["in_ms"] <= slot["by_ms"] for slot in slots)
        assert len({slot["in_ms"] // 100 for slot in slots}) > 3, "everybody was told the same slot"

        codes = await asyncio.wait_for(asyncio.gather(*(client.closed(limit + 10) for client in clients)), limit + 20)
        assert set(codes) == {4200}
        assert await asyncio.to_thread(hub.process.wait, limit + 10) == 0
        # What has not ended ten seconds behind the limit is cut off.
        assert time.monotonic() - started < limit + 10
        await asyncio.wait_for(asyncio.gather(*floods), 30)

        hub.start()
        for writer, client in zip(writers, firsts):
            back = await people.visitor(token=client.token, rooms={client.room: 0})
            await back.follow(client.room)
            check_dense(back.log(client.room).events)
            writer.check(back.log(client.room).events)
            await back.close()


async def told(client):
    """The `drain` event of a client."""
    try:
        return (await client.until(lambda: client.seen("drain"), "its slot"))[0]
    except Closed:
        raise AssertionError(f"closed with {client.close_code} before it was told its slot") from None


async def test_who_leaves_in_time_lets_the_hub_end_early(hub):
    hub.settings["HUB_DRAIN_MS"] = "90000"
    hub.restart()
    async with People(hub) as people:
        clients = [await people.visitor() for _ in range(3)]
        hub.process.send_signal(signal.SIGTERM)
        for client in clients:
            await told(client)
            await client.close()
        assert await asyncio.to_thread(hub.process.wait, 40) == 0


async def test_an_idle_hub_ends_at_once(hub):
    hub.settings["HUB_DRAIN_MS"] = "90000"
    hub.restart()
    assert await asyncio.to_thread(hub.stop, 40) == 0
