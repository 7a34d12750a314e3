"""Snapshot and events agree: for every event type, old history plus events equals fresh history.

The fold is written from docs/protocol.md alone (hubtest/fold.py), so that it errs apart from the hub.
"""
import pytest

from hubtest.client import new_mid
from hubtest.fold import History, folded


async def snapshot(client, room):
    """The whole history, read in small pages from the oldest on."""
    messages, notices, after = [], [], 0
    while True:
        page = await client.history(room, after=after, limit=3)
        messages += page["messages"]
        notices += [notice for notice in page["notices"] if notice["seq"] not in {one["seq"] for one in notices}]
        if not page["more"]:
            return History(messages, notices, page["as_of"])
        after = page["messages"][-1]["seq"]


@pytest.fixture
async def scene(people):
    """A conversation in which every kind of event has something to refer to."""
    visitor, agent, admin = await people.visitor(), await people.staff(), await people.staff("admin")
    for one in (agent, admin):
        await one.join(visitor.room)
    for number in range(1, 5):
        await visitor.say(visitor.room, f"message {number}")
    await visitor.write("react", visitor.room, target=2, emoji="👍")
    await agent.write("react", visitor.room, target=2, emoji="👍")
    await visitor.write("edit", visitor.room, target=3, body={"text": "edited once"})
    return visitor, agent, admin, visitor.room


# Event name -> how it comes about.
EVENTS = {
    "msg": lambda v, a, s, room: v.say(room, "new"),
    "msg as reply": lambda v, a, s, room: a.say(room, "re", reply_to=2),
    "edit": lambda v, a, s, room: v.write("edit", room, target=1, body={"text": "edited"}),
    "edit again": lambda v, a, s, room: v.write("edit", room, target=3, body={"text": "edited twice"}),
    "edit after reactions": lambda v, a, s, room: v.write("edit", room, target=2, body={"text": "still liked"}),
    "del": lambda v, a, s, room: v.write("delete", room, target=1),
    "del by admin": lambda v, a, s, room: s.write("delete", room, target=4),
    "del of an edited message": lambda v, a, s, room: v.write("delete", room, target=3),
    "del of a liked message": lambda v, a, s, room: v.write("delete", room, target=2),
    "react": lambda v, a, s, room: a.write("react", room, target=1, emoji="🎉"),
    "react with another": lambda v, a, s, room: a.write("react", room, target=2, emoji="🎉"),
    "react twice": lambda v, a, s, room: v.write("react", room, target=2, emoji="👍"),
    "react off": lambda v, a, s, room: v.write("react", room, target=2, emoji="👍", on=False),
    "react off that was not on": lambda v, a, s, room: v.write("react", room, target=1, emoji="👍", on=False),
    "assign": lambda v, a, s, room: a.write("assign", room, to="me"),
    "assign to nobody": lambda v, a, s, room: a.write("assign", room, to=None),
    "state": lambda v, a, s, room: a.write("state", room, state="pending"),
    "state until": lambda v, a, s, room: a.write("state", room, state="snoozed", until="2099-01-01T00:00:00.000Z"),
}


@pytest.mark.parametrize("event", EVENTS)
async def test_old_history_plus_the_event_is_fresh_history(scene, event):
    visitor, agent, admin, room = scene
    old = {client: await snapshot(client, room) for client in (visitor, agent)}
    seq = (await EVENTS[event](visitor, agent, admin, room))["seq"]
    for client in (visitor, agent):
        await client.until_seq(room, seq)
        new = client.log(room).events[old[client].as_of:]
        assert [one["ev"] for one in new] == [event.split()[0]]
        assert folded(new, onto=old[client]) == await snapshot(client, room)


async def test_a_reopening_message_brings_two_events(scene):
    visitor, agent, _, room = scene
    await agent.write("state", room, state="resolved")
    old = await snapshot(agent, room)
    seq = (await visitor.say(room, "wait"))["seq"]
    await agent.until_seq(room, seq + 1)
    new = agent.log(room).events[old.as_of:]
    assert [one["ev"] for one in new] == ["msg", "state"]
    assert folded(new, onto=old) == await snapshot(agent, room)


async def test_the_whole_log_folds_into_history_at_every_point(scene):
    """Every history that was ever read plus the rest of the log is the last history."""
    visitor, agent, admin, room = scene
    taken = [await snapshot(agent, room)]
    for act in EVENTS.values():
        try:
            await act(visitor, agent, admin, room)
        except Exception as refused:  # what an earlier event made impossible
            assert getattr(refused, "code", None) == "not_found", refused
        taken.append(await snapshot(agent, room))
    await agent.until_seq(room, taken[-1].as_of)
    log = agent.log(room).events
    assert folded(log) == taken[-1]
    for earlier in taken:
        assert folded(log[earlier.as_of:], onto=earlier) == taken[-1]


async def test_the_side_room_folds_alike(scene):
    visitor, agent, admin, room = scene
    side = (await agent.join(room, 0))["side"]
    await agent.join(side)
    for text in ("note", "other note"):
        await agent.say(side, text)
    await agent.write("edit", side, target=1, body={"text": "corrected"})
    await agent.until_seq(side, 3)
    assert folded(agent.log(side).events) == await snapshot(agent, side)


async def test_members_fold_alike(people):
    owner, guest = await people.staff(), await people.staff()
    room = owner.account.rest().post("/rooms", {"kind": "group", "title": "Law"}).json()["id"]
    await owner.follow(room)
    await owner.say(room, "alone")
    old = await snapshot(owner, room)
    assert owner.account.rest().put(f"/rooms/{room}/members/{guest.id}").status_code == 204
    await owner.until_seq(room, old.as_of + 1)
    assert owner.account.rest().delete(f"/rooms/{room}/members/{guest.id}").status_code == 204
    await owner.until_seq(room, old.as_of + 2)
    new = owner.log(room).events[old.as_of:]
    assert [(one["ev"], one["change"]) for one in new] == [("member", "added"), ("member", "removed")]
    assert folded(new, onto=old) == await snapshot(owner, room)


async def test_a_retry_changes_nothing(scene):
    visitor, agent, _, room = scene
    mid = new_mid()
    await visitor.write("react", room, target=1, emoji="👍", mid=mid)
    before = await snapshot(visitor, room)
    assert (await visitor.write("react", room, target=1, emoji="👍", mid=mid))["dup"] is True
    assert await snapshot(visitor, room) == before
