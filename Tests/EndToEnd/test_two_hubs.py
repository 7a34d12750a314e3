"""Two hubs on one PostgreSQL: the row decides, so both may write to the same room."""
import asyncio
import base64
import os

import pytest

from hubtest.people import People


@pytest.fixture
async def two(make_hub):
    """People of two hubs that share a database and its secret."""
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=secret).start()
    second = make_hub(database_url=first.database_url, settings=secret).start()
    second.accounts = first.accounts
    async with People(first) as one, People(second) as other:
        yield one, other


async def everywhere(one, other, **fields):
    """One visitor on the first hub, and staff on both, all in the visitor's conversation."""
    visitor, near, far = await one.visitor(), await one.staff(), await other.staff()
    for agent in (near, far):
        await agent.follow(visitor.room)
    return visitor, near, far


async def test_members_on_both_see_everything_in_order(two):
    visitor, near, far = await everywhere(*two)
    room = visitor.room
    assert (await visitor.say(room, "from the first hub"))["seq"] == 1
    await far.until_seq(room, 1)
    assert (await far.say(room, "from the second hub"))["seq"] == 2
    for client in (visitor, near):
        await client.until_seq(room, 2)

    async def talk(client, name):
        for number in range(50):
            await client.persist("send", room=room, mid=f"{name}-{number}", kind="text", body={"text": name})

    await asyncio.gather(talk(visitor, "visitor"), talk(near, "near"), talk(far, "far"))
    for client in (visitor, near, far):
        await client.until_seq(room, 152)
        assert client.log(room).seqs() == list(range(1, 153))
    assert near.log(room).events == far.log(room).events


async def test_a_mid_is_unique_across_hubs(two):
    one, other = two
    visitor = await one.visitor()
    twin = await other.visitor(token=visitor.token)
    answers = await asyncio.gather(*(client.say(visitor.room, "once", mid=f"k{number}")
                                     for number in range(20) for client in (visitor, twin)))
    for first, second in zip(answers[::2], answers[1::2]):
        assert (first["seq"], first["at"]) == (second["seq"], second["at"])
        assert [first["dup"], second["dup"]].count(True) == 1
    for client in (visitor, twin):
        await client.until_seq(visitor.room, 20)
        assert client.log(visitor.room).last == 20


async def test_ownership_epochs_count_across_hubs(two):
    visitor, near, far = await everywhere(*two)
    wishes = [(near, "me"), (far, None)] * 5
    await asyncio.gather(*(client.write("assign", visitor.room, to=to) for client, to in wishes))
    await near.until_seq(visitor.room, 10)
    # Each change of owner counts one, and naming whoever has it counts none.
    owner, epoch = None, 0
    for event in near.log(visitor.room).events:
        epoch += event["to"] != owner
        owner = event["to"]
        assert event["epoch"] == epoch
    assert epoch >= 1


async def test_one_hub_dies_and_its_people_go_on_at_the_other(two):
    one, other = two
    visitor, near, far = await everywhere(one, other)
    await visitor.say(visitor.room, "before")
    await asyncio.to_thread(one.hub.kill)
    await visitor.closed()
    moved = await other.visitor(token=visitor.token, rooms={visitor.room: visitor.log(visitor.room).last})
    await moved.say(visitor.room, "after")
    await far.until_seq(visitor.room, 2)
    assert far.log(visitor.room).texts() == ["before", "after"]
