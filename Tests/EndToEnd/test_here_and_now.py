"""Typing and presence: what is seen at once and never stored."""
from hubtest.limits import SHORT_GRACE
from hubtest.people import People


async def test_typing_is_shown_to_the_others(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    assert await visitor.request("typing", room=visitor.room, on=True) == {}
    await agent.until(lambda: agent.seen("typing", room=visitor.room, on=True), "typing starts")
    await visitor.post({"op": "typing", "room": visitor.room, "on": False})
    await agent.until(lambda: agent.seen("typing", room=visitor.room, on=False), "typing ends")
    await agent.post({"op": "typing", "room": visitor.room, "on": True})
    await visitor.until(lambda: visitor.seen("typing", on=True), "the visitor sees the agent type")
    assert visitor.seen("typing")[-1]["by"] == {"kind": "staff", "id": "agent", "name": agent.account.name}
    assert not agent.seen("typing", by={"kind": "staff", "id": agent.id, "name": agent.account.name})


async def test_the_room_knows_who_is_here(people):
    visitor, agent = await people.visitor(), await people.staff()
    reply = await agent.join(visitor.room)
    here = {one["id"]: one["state"] for one in reply["presence"]["here"]}
    assert here[visitor.id] == "online"
    await visitor.until(lambda: staff_states(visitor), "the agent comes")
    assert staff_states(visitor) == ["online"]


async def test_a_person_is_the_best_of_their_connections(people):
    visitor, desk = await people.visitor(), await people.staff()
    await desk.join(visitor.room)
    assert await desk.request("presence", state="away") == {"state": "away"}
    await visitor.until(lambda: staff_states(visitor)[-1:] == ["away"], "away at the desk")
    phone = await people.again(desk)
    await visitor.until(lambda: staff_states(visitor)[-1:] == ["online"], "online by phone")
    await phone.request("presence", state="busy")
    await visitor.until(lambda: staff_states(visitor)[-1:] == ["busy"], "busy is better than away")


def staff_states(visitor):
    """What the visitor was told of the staff in the conversation, oldest first."""
    return [event["state"] for event in visitor.seen("presence") if event.get("by", {}).get("id") == "agent"]


async def test_a_reconnect_does_not_flap_and_leaving_shows(make_hub):
    """Both leave; one comes back. Once the other is seen to be gone, the grace of the first is over as well."""
    hub = make_hub(settings=SHORT_GRACE).start()
    async with People(hub) as people:
        returns, leaves, agent = await people.visitor("Returns"), await people.visitor("Leaves"), await people.staff()
        for visitor in (returns, leaves):
            await agent.join(visitor.room)
        await returns.cut()
        await people.again(returns)
        await leaves.cut()
        await agent.until(lambda: agent.seen("presence", room=leaves.room, state="offline"), "the other is gone", 60)
        assert not agent.seen("presence", room=returns.room, state="offline")
