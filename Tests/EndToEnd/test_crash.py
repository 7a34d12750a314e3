"""kill -9 in the middle of a flood of sends: nothing acknowledged is lost, nothing is there twice."""
import asyncio

from hubtest.flood import Writer, check_dense
from hubtest.people import People

ROUNDS = 4
ROOMS = 4
# Acknowledgements of a round before the hub is killed.
ENOUGH = 150


class Copy:
    """What one watching client holds of a room, over all its connections."""

    def __init__(self):
        self.events = []

    def add(self, client, room):
        self.events += client.log(room).events


async def test_nothing_acknowledged_is_lost_or_doubled(hub):
    async with People(hub) as people:
        visitors = [await people.visitor(f"Writer {number}") for number in range(ROOMS)]
        agents = [await people.staff() for _ in range(2)]
        rooms = [visitor.room for visitor in visitors]
        for agent in agents:
            for room in rooms:
                await agent.follow(room)
        hands = [(index, Writer(room)) for index, room in enumerate(rooms)]
        hands += [(ROOMS + index, Writer(room)) for index in range(len(agents)) for room in rooms]
        copies = {(index, room): Copy() for index in range(ROOMS + len(agents)) for room in rooms}
        clients = visitors + agents

        for _ in range(ROUNDS):
            await flood_until_killed(hub, clients, [(clients[index], writer) for index, writer in hands])
            for index, client in enumerate(clients):
                for room in client.rooms:
                    copies[index, room].add(client, room)
            hub.start()
            clients = [await resumed(people, client, {room: len(copies[index, room].events) for room in client.rooms})
                       for index, client in enumerate(clients)]

            reader = clients[-1]
            for room in rooms:
                log = await whole_log(people, reader, room)
                check_dense(log)
                for index, writer in hands:
                    if writer.room == room:
                        writer.check(log)
                        await writer.retry(clients[index], log)

        for room in rooms:
            log = await whole_log(people, clients[-1], room)
            check_dense(log)
            for index, writer in hands:
                if writer.room == room:
                    writer.check(log)
                    assert not writer.open and len(writer.acknowledged) == writer.count
            for index, client in enumerate(clients):
                if room in client.rooms:
                    await client.until_seq(room, len(log))
                    copies[index, room].add(client, room)
                    assert as_seen(copies[index, room].events) == as_seen(log), "a resuming client has another log"


async def flood_until_killed(hub, clients, hands):
    """All write at once; the hub dies when enough was acknowledged."""
    goal = sum(len(writer.acknowledged) for _, writer in hands) + ENOUGH
    floods = [asyncio.create_task(writer.flood(client)) for client, writer in hands]

    async def enough():
        while sum(len(writer.acknowledged) for _, writer in hands) < goal:
            await asyncio.sleep(0.005)

    await asyncio.wait_for(enough(), 60)
    await asyncio.to_thread(hub.kill)
    await asyncio.wait_for(asyncio.gather(*floods), 30)
    for client in clients:
        await client.closed()


async def resumed(people, client, known):
    fresh = await people.again(client, rooms=known)
    for room, seq in known.items():
        await fresh.follow(room)
        assert fresh.log(room).start == seq
    return fresh


async def whole_log(people, agent, room):
    """The room from its first event on, read on a socket of its own."""
    reader = await people.staff(account=agent.account)
    await reader.follow(room, 0)
    await reader.close()
    return reader.log(room).events


def as_seen(log):
    """What is the same for visitors and staff, who see authors differently."""
    return [(event["seq"], event["at"], event["mid"], event["body"]) for event in log]
