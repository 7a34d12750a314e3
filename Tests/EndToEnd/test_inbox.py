"""The staff's side of a conversation: the inbox, owners, states, and the side room."""
import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from hubtest.client import Refused
from hubtest.people import People


async def summary(agent, room, **fields):
    """The line of one conversation in a fresh inbox."""
    lines = (await agent.request("inbox", limit=200, **fields))["conversations"]
    return next((line for line in lines if line["room"] == room), None)


def changed(agent, room, **fields):
    """Whether the newest `conv` event of a room has these fields."""
    events = agent.seen("conv", room=room)
    return events and all(events[-1][key] == value for key, value in fields.items()) and events[-1]


async def test_a_new_conversation_appears(people):
    agent = await people.staff()
    await agent.request("inbox")
    visitor = await people.visitor("هند", profile={"email": "h@example.com", "page": "https://shop.example/p/1"})
    await visitor.say(visitor.room, "مرحبا")
    event = await agent.until(lambda: changed(agent, visitor.room, head=1), "the conversation in the inbox")
    assert event["contact"]["name"] == "هند" and event["contact"]["email"] == "h@example.com"
    assert event["last"] == {"seq": 1, "at": event["last"]["at"], "kind": "text", "text": "مرحبا",
                             "by": {"kind": "visitor", "id": visitor.id, "name": "هند"}}
    assert (event["state"], event["assignee"], event["unread"]) == ("open", None, 1)
    assert event["waiting_since"] == event["last"]["at"]
    line = await summary(agent, visitor.room)
    assert line == {key: value for key, value in event.items() if key != "ev"}


async def counts(agent):
    answer = await agent.account.rest().later("GET", "/inbox/counts")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_each_filter_has_a_count_of_what_is_not_resolved(people):
    agent, visitors = await people.staff("supervisor"), [await people.visitor() for _ in range(4)]
    rooms = [visitor.room for visitor in visitors]
    before = await counts(agent)
    label = people.hub.admin.rest().post("/labels", {"name_ar": f"عاجل {rooms[0][-6:]}"}).json()["id"]
    for room in rooms:
        await agent.join(room)
    await agent.write("assign", rooms[0], to="me")
    await agent.write("state", rooms[1], state="pending")
    await agent.write("state", rooms[2], state="resolved")
    for room in rooms[1:3]:
        answer = await agent.account.rest().later("PUT", f"/conversations/{room}/labels", json={"labels": [label]})
        assert answer.status_code == 200, answer.text
    after = await counts(agent)
    grown = {name: after[name] - before[name] for name in ("all", "mine", "unassigned", "open", "pending", "snoozed")}
    assert grown == {"all": -1, "mine": 1, "unassigned": -2, "open": -2, "pending": 1, "snoozed": 0}
    assert {"label": label, "count": 1} in after["labels"], "the resolved one counts no more"


async def test_an_answer_ends_the_waiting(people):
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "anyone?")
    await agent.join(visitor.room)
    await agent.say(visitor.room, "yes")
    line = await summary(agent, visitor.room)
    assert (line["waiting_since"], line["unread"], line["last"]["text"]) == (None, 0, "yes")


async def test_an_answer_past_the_customers_last_message_is_refused(people):
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "كم السعر؟")
    await agent.join(visitor.room)
    await visitor.say(visitor.room, "لا، ألغ الطلب")
    with pytest.raises(Refused, match="conflict") as refused:
        await agent.request("send", room=visitor.room, mid="answer", kind="text", body={"text": "تم"}, seen=1)
    assert [message["body"]["text"] for message in refused.value.messages] == ["لا، ألغ الطلب"]
    sent = await agent.request("send", room=visitor.room, mid="answer", kind="text", body={"text": "ألغي"}, seen=2)
    assert (sent["seq"], sent["dup"]) == (3, False)


async def test_of_two_who_take_a_conversation_at_once_one_gets_it(people):
    visitor, one, two = await people.visitor(), await people.staff(), await people.staff()
    await visitor.say(visitor.room, "anyone?")
    takes = []
    for agent in (one, two):
        await agent.join(visitor.room)
        takes.append(agent.request("assign", room=visitor.room, to="me", mid="take", epoch=0))
    outcomes = await asyncio.gather(*takes, return_exceptions=True)
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert [each.code for each in refused] == ["conflict"]
    line = await summary(one, visitor.room)
    assert line["epoch"] == 1 and line["assignee"]["kind"] == "user"


async def test_the_inbox_is_paged_newest_first(make_hub):
    hub = make_hub().start()
    async with People(hub) as people:
        visitors = []
        for number in range(7):
            visitor = await people.visitor(f"Visitor {number}")
            await visitor.say(visitor.room, "hello")
            visitors.append(visitor.room)
            await visitor.close()
        agent = await people.staff()
        pages, before = [], {}
        while True:
            page = await agent.request("inbox", limit=3, **before)
            pages.append([line["room"] for line in page["conversations"]])
            if page["next"] is None:
                break
            before = {"before": page["next"]}
        assert [len(page) for page in pages] == [3, 3, 1]
        assert sum(pages, []) == visitors[::-1]


async def test_since_brings_what_changed_meanwhile(people):
    visitor, other, agent = await people.visitor(), await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "one")
    await other.say(other.room, "one")
    watermark = (await agent.request("inbox", limit=1))["watermark"]
    await agent.close()
    await visitor.say(visitor.room, "two")
    back = await people.again(agent)
    reply = await back.request("inbox", since=watermark, limit=200)
    lines = {line["room"]: line["head"] for line in reply["conversations"]}
    assert lines[visitor.room] == 2
    assert reply["watermark"] != watermark


async def test_filters(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    await visitor.say(visitor.room, "hello")
    room = visitor.room

    async def found(condition):
        return await summary(agent, room, filter=condition) is not None

    assert await found("all") and await found("unassigned") and await found("open") and not await found("mine")
    await agent.write("assign", room, to="me")
    assert await found("mine") and not await found("unassigned")
    assert await found({"assignee": agent.id, "state": "open"}) and not await found({"assignee": "none"})
    await agent.write("state", room, state="resolved")
    assert await found("resolved") and not await found("open") and not await found({"state": "open"})
    with pytest.raises(Refused, match="bad_request"):
        await agent.request("inbox", filter="everything")


async def test_assigning_is_an_event_with_an_epoch(people):
    visitor, agent, colleague = await people.visitor(), await people.staff(), await people.staff()
    await agent.join(visitor.room)
    await colleague.request("inbox")
    await agent.write("assign", visitor.room, to="me")
    await agent.write("assign", visitor.room, to=colleague.id)
    await agent.write("assign", visitor.room, to=None)
    await agent.until_seq(visitor.room, 3)
    events = agent.log(visitor.room).events
    assert [(event["ev"], event["to"] and event["to"]["id"], event["epoch"]) for event in events] == [
        ("assign", agent.id, 1), ("assign", colleague.id, 2), ("assign", None, 3)]
    await colleague.until(lambda: changed(colleague, visitor.room, epoch=3, assignee=None), "the inbox follows")
    await visitor.until_seq(visitor.room, 3)
    assert visitor.log(visitor.room).event(1)["to"] == {"kind": "user", "id": "agent", "name": agent.account.name}
    with pytest.raises(Refused, match="not_found|bad_request"):
        await agent.write("assign", visitor.room, to="u_00000000000000000000000000")


async def test_states(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    until = (datetime.now(timezone.utc) + timedelta(hours=3)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with pytest.raises(Refused, match="bad_request"):
        await agent.write("state", visitor.room, state="snoozed")
    await agent.write("state", visitor.room, state="pending")
    await agent.write("state", visitor.room, state="snoozed", until=until)
    await agent.until_seq(visitor.room, 2)
    assert [event["state"] for event in agent.log(visitor.room).events] == ["pending", "snoozed"]
    assert agent.log(visitor.room).event(2)["until"] == until
    line = await summary(agent, visitor.room)
    assert (line["state"], line["until"]) == ("snoozed", until)


@pytest.mark.parametrize("state", ["resolved", "snoozed"])
async def test_a_message_of_the_customer_reopens(people, state):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    await agent.write("state", visitor.room, state=state, **(
        {"until": "2099-01-01T00:00:00.000Z"} if state == "snoozed" else {}))
    await visitor.say(visitor.room, "one more thing")
    await agent.until_seq(visitor.room, 3)
    message, reopened = agent.log(visitor.room).events[1:]
    assert (message["ev"], reopened["ev"], reopened["state"]) == ("msg", "state", "open")
    assert reopened["by"] == {"kind": "system", "id": "hub", "name": "Hub"}
    await agent.write("state", visitor.room, state=state, **(
        {"until": "2099-01-01T00:00:00.000Z"} if state == "snoozed" else {}))
    await agent.say(visitor.room, "a message of staff does not")
    assert (await summary(agent, visitor.room))["state"] == state


async def test_the_side_room_is_for_staff_and_anchored(people):
    visitor, agent, colleague = await people.visitor(), await people.staff(), await people.staff()
    side = (await agent.join(visitor.room))["side"]
    assert (await colleague.join(visitor.room))["side"] == side
    for one in (agent, colleague):
        await one.join(side)
    await agent.say(side, "before anything")
    await visitor.say(visitor.room, "one")
    await visitor.say(visitor.room, "two")
    await agent.say(side, "between us")
    await agent.write("react", side, target=1, emoji="👍")
    await colleague.until_seq(side, 3)
    assert [event["anchor"] for event in colleague.log(side).events] == [0, 2, 2]
    assert all("anchor" not in event for event in agent.log(visitor.room).events)
    line = await summary(agent, visitor.room)
    assert (line["side"], line["side_head"], line["head"]) == (side, 3, 2)
    assert visitor.log(visitor.room).last == 2


async def test_many_agents_write_at_once_and_see_the_same(people):
    visitor = await people.visitor()
    agents = [await people.staff() for _ in range(3)]
    for agent in agents:
        await agent.join(visitor.room)

    async def talk(one):
        for number in range(10):
            await one.persist("send", room=visitor.room, mid=f"{number}", kind="text", body={"text": f"{number}"})

    await asyncio.gather(talk(visitor), *(talk(agent) for agent in agents))
    for agent in agents:
        await agent.until_seq(visitor.room, 40)
    assert agents[0].log(visitor.room).events == agents[1].log(visitor.room).events == agents[2].log(visitor.room).events


async def test_a_label_that_is_removed_leaves_open_inboxes(people):
    rest, visitor, agent = people.hub.admin.rest(), await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "مرحبا")
    await agent.request("inbox")

    def shows(names):
        event = changed(agent, visitor.room)
        return event and [label["name_ar"] for label in event["labels"]] == names

    label = rest.post("/labels", {"name_ar": "شحن", "color": "#7C3AED"}).json()
    put = rest.put(f"/conversations/{visitor.room}/labels", json={"labels": [label["id"]]})
    assert put.status_code == 200
    await agent.until(lambda: shows(["شحن"]), "the label in the inbox")
    assert rest.call("PATCH", f"/labels/{label['id']}", json={"name_ar": "توصيل"}).status_code == 200
    await agent.until(lambda: shows(["توصيل"]), "its new name")
    assert rest.delete(f"/labels/{label['id']}").status_code == 204
    await agent.until(lambda: shows([]), "the inbox without it")
