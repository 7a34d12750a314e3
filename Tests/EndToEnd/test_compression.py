"""permessage-deflate with an ordinary client, and the budget for streams that remember earlier messages."""
from hubtest.limits import DEFAULTS
from hubtest.people import People
from hubtest.waiting import eventually

TAKEOVERS = {"HUB_MAX_CONTEXT_TAKEOVERS": "2"}
REPETITIVE = "السلام عليكم ورحمة الله وبركاته. " * 20


def remembers(client):
    agreed = client.socket.response.headers["Sec-WebSocket-Extensions"]
    assert agreed.startswith("permessage-deflate")
    return "no_context_takeover" not in agreed


async def talk(visitor, agent, messages):
    for _ in range(messages):
        await visitor.say(visitor.room, REPETITIVE)
        await agent.say(visitor.room, REPETITIVE)
    for client in (visitor, agent):
        await client.until_seq(visitor.room, 2 * messages)
        assert client.log(visitor.room).texts() == [REPETITIVE] * 2 * messages


async def test_compressed_for_itself_by_default(people):
    visitor = await people.visitor(compression="deflate")
    agent = await people.staff(compression="deflate")
    await agent.follow(visitor.room)
    assert not remembers(visitor) and not remembers(agent)
    await talk(visitor, agent, 10)


async def test_context_takeover_has_a_budget(make_hub):
    hub = make_hub(limits=DEFAULTS, settings=TAKEOVERS).start()
    async with People(hub) as people:
        visitor = await people.visitor(compression="deflate")
        agent = await people.staff(compression="deflate")
        third = await people.staff(compression="deflate")
        assert [remembers(each) for each in (visitor, agent, third)] == [True, True, False]
        for client in (agent, third):
            await client.follow(visitor.room)
        await talk(visitor, agent, 10)
        await third.until_seq(visitor.room, 20)
        assert third.log(visitor.room).events == agent.log(visitor.room).events

        await agent.close()

        async def has_its_place():
            again = await people.staff(account=agent.account, compression="deflate")
            await again.close()
            return remembers(again)

        # The hub may count a connection a moment longer than its client does.
        await eventually(has_its_place, 20, "the stream of the one who left")
