"""Pull on lag: who does not read harms nobody, costs little, and misses nothing."""
import asyncio
import contextlib
import socket

from hubtest.client import new_mid
from hubtest.limits import IMPATIENT
from hubtest.people import People

LONG = "س" * 4000
MESSAGES = 400


async def stuck_staff(people, hub):
    """A member of staff whose socket takes little and who stops reading when told."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    sock.connect(("127.0.0.1", hub.port))
    return await people.staff(sock=sock)


async def flood(visitor, count, text=LONG):
    for start in range(0, count, 50):
        await asyncio.gather(*[await visitor.start("send", room=visitor.room, mid=new_mid(), kind="text",
                                                   body={"text": text}) for _ in range(start, min(start + 50, count))])


async def test_who_does_not_read_is_told_to_pull(people, shared_hub):
    visitor, fast, stuck = await people.visitor(), await people.staff(), await stuck_staff(people, shared_hub)
    for agent in (fast, stuck):
        await agent.follow(visitor.room)
    stuck.socket.transport.pause_reading()
    before = shared_hub.memory()
    await flood(visitor, MESSAGES)
    await fast.until_seq(visitor.room, MESSAGES, within=60)
    await visitor.until_seq(visitor.room, MESSAGES, within=60)
    assert shared_hub.memory() - before < 32 * 1024 * 1024, "what is kept for one socket has a bound"

    stuck.socket.transport.resume_reading()
    await stuck.until(lambda: stuck.seen("behind", room=visitor.room), "behind", within=30)
    assert stuck.log(visitor.room).last < MESSAGES, "the log's events were given up"
    await stuck.follow(visitor.room)
    assert stuck.log(visitor.room).events == fast.log(visitor.room).events
    await visitor.say(visitor.room, "live again")
    await stuck.until_seq(visitor.room, MESSAGES + 1)


async def test_who_reads_slowly_but_steadily_gets_everything(people, shared_hub):
    visitor, slow = await people.visitor(), await stuck_staff(people, shared_hub)
    await slow.follow(visitor.room)

    async def stutter():
        while True:
            slow.socket.transport.pause_reading()
            await asyncio.sleep(0.02)
            slow.socket.transport.resume_reading()
            await asyncio.sleep(0.01)

    stuttering = asyncio.create_task(stutter())
    for number in range(1, 61):
        await flood(visitor, 2)
        await slow.until(lambda: slow.log(visitor.room).last >= number * 2 or slow.seen("behind"), "the next events")
    stuttering.cancel()
    assert not slow.seen("behind")
    assert slow.log(visitor.room).last == 120


async def test_who_takes_nothing_for_long_is_let_go(make_hub):
    # The close frame waits for whoever reads again.
    hub = make_hub(settings=IMPATIENT | {"HUB_CLOSE_TIMEOUT_MS": "60000"}).start()
    async with People(hub) as people:
        visitor, stuck = await people.visitor(), await stuck_staff(people, hub)
        await stuck.follow(visitor.room)
        stuck.socket.transport.pause_reading()
        await flood(visitor, MESSAGES)
        # The close frame stands behind what was sent before.
        await asyncio.sleep(4)
        stuck.socket.transport.resume_reading()
        with contextlib.suppress(TimeoutError):
            assert await stuck.closed(within=20) == 4103
        await visitor.say(visitor.room, "the others go on")
        again = await people.again(stuck)
        await again.follow(visitor.room)
        assert again.log(visitor.room).last == MESSAGES + 1
