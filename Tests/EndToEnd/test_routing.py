"""Routing: who gets a conversation, on one hub and on two that share a database."""
import asyncio
import base64
import os
import time

import pytest

from hubtest.client import Refused
from hubtest.people import People
from hubtest.waiting import eventually

# A hub that was killed is noticed after a moment, and so is whoever was on it.
QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_ROUTING_LIFETIME_MS": "1500", "HUB_PRESENCE_GRACE_MS": "500",
         "HUB_POLL_MS": "50"}


def set_all(hub, **values):
    """Settings of routing: `set_all(hub, policy="least_busy")`."""
    rest = hub.admin.rest()
    for name, value in values.items():
        answer = rest.call("PATCH", f"/settings/routing.{name}", json={"value": value})
        assert answer.status_code == 200, answer.text


def set_capacity(hub, agent, capacity):
    answer = hub.admin.rest().call("PATCH", f"/users/{agent.id}", json={"capacity": capacity})
    assert answer.status_code == 200, answer.text


def queue(client):
    """Everybody who waits, as this person sees it."""
    answer = client.account.rest().get("/routing/queue")
    assert answer.status_code == 200, answer.text
    return answer.json()["waiting"]


def changed(agent, room, **fields):
    """Whether the newest `conv` event of a room has these fields."""
    events = agent.seen("conv", room=room)
    return events and all(events[-1][key] == value for key, value in fields.items())


def presences(client, person):
    agents = client.account.rest().get("/routing/agents").json()["agents"]
    return [agent["presence"] for agent in agents if agent["id"] == person.id]


async def owner(agent, room):
    return ((await agent.join(room))["conv"]["assignee"] or {}).get("id")


async def owned_by(agent, room, *people, within=20):
    """Waits until one of `people` has the conversation; returns who."""
    ids = [person.id for person in people]
    deadline = time.monotonic() + within
    while True:
        found = await owner(agent, room)
        if found in ids:
            return found
        assert time.monotonic() < deadline, f"{room} belongs to {found}, not to one of {ids}; waiting: {queue(agent)}"
        await asyncio.sleep(0.05)


@pytest.fixture(params=["sqlite", "postgres"])
async def shop(request, make_hub):
    """People of a shop whose conversations go to whoever is least busy."""
    hub = make_hub(request.param, settings=QUICK).start()
    set_all(hub, policy="least_busy")
    async with People(hub) as people:
        yield people


async def test_a_customer_gets_the_agent_who_has_least(shop):
    agents = [await shop.staff(), await shop.staff()]
    rooms = []
    for _ in range(4):
        visitor = await shop.visitor()
        await visitor.say(visitor.room, "السلام عليكم")
        rooms.append(visitor.room)
    owners = [await owned_by(agents[0], room, *agents) for room in rooms]
    assert sorted(owners.count(agent.id) for agent in agents) == [2, 2]
    page = await agents[0].history(rooms[0])
    assert [notice["ev"] for notice in page["notices"]] == ["assign"]
    assert page["notices"][0]["by"]["kind"] == "system"


async def test_a_shop_that_decided_nothing_takes_by_hand(people):
    agent, visitor = await people.staff(), await people.visitor()
    await visitor.say(visitor.room, "anyone?")
    line = await eventually(lambda: [line for line in queue(agent) if line["room"] == visitor.room], 10, "a line")
    assert (line[0]["reason"], line[0]["offered_to"], line[0]["wait"]) == ("by_hand", None, None)
    await agent.join(visitor.room)
    await agent.write("assign", visitor.room, to="me")
    await eventually(lambda: all(line["room"] != visitor.room for line in queue(agent)), 10, "the line is left")
    assert not visitor.seen("queue"), "where agents take by hand, nobody is served in order"


async def test_who_waits_is_told_their_place(shop):
    agent = await shop.staff()
    set_capacity(shop.hub, agent, 0)
    first, second = await shop.visitor(), await shop.visitor()
    for visitor in (first, second):
        await visitor.say(visitor.room, "سؤال")
        await visitor.until(lambda: visitor.seen("queue"), "a place in the line")
    assert second.seen("queue")[-1]["position"] == 2
    assert second.seen("queue")[-1]["wait"] is None and "reason" not in second.seen("queue")[-1]
    again = await shop.again(second)
    rejoined = await again.join(second.room)
    assert rejoined["queue"] == {"position": 2, "wait": None}
    set_capacity(shop.hub, agent, 1)
    await first.until(lambda: first.seen("queue")[-1]["position"] is None, "the first is served")
    await second.until(lambda: second.seen("queue")[-1]["position"] == 1, "the second moved up")


async def test_an_agent_is_asked_and_declines(shop):
    set_all(shop.hub, asks_first=True)
    agents = [await shop.staff(), await shop.staff()]
    visitor = await shop.visitor()
    await visitor.say(visitor.room, "سؤال")

    async def asked(people):
        offers = await eventually(
            lambda: [agent for agent in people if agent.seen("offer", room=visitor.room)], 10, "an offer")
        return offers[0]
    first = await asked(agents)
    assert first.seen("offer")[0]["reason"] == "least_busy" and 0 < first.seen("offer")[0]["expires_ms"] <= 30000
    other = next(agent for agent in agents if agent is not first)
    with pytest.raises(Refused, match="conflict"):
        await other.request("accept", room=visitor.room)
    assert await first.request("decline", room=visitor.room) == {}
    await first.until(lambda: first.seen("offer_end", room=visitor.room), "the offer is over")
    assert await asked([other]) is other
    twin = await shop.staff(account=other.account)
    await twin.until(lambda: twin.seen("offer", room=visitor.room), "every device is asked")
    await twin.request("accept", room=visitor.room)
    await owned_by(first, visitor.room, other)


async def test_a_transfer_carries_its_note(shop):
    one, two = await shop.staff(), await shop.staff()
    visitor = await shop.visitor()
    await visitor.say(visitor.room, "سؤال")
    owner_id = await owned_by(one, visitor.room, one, two)
    holder, other = (one, two) if one.id == owner_id else (two, one)
    joined = await holder.join(visitor.room)
    await holder.request("transfer", room=visitor.room, to=other.id, note="تريد الاستبدال")
    await owned_by(one, visitor.room, other)
    side = await other.history(joined["side"])
    assert [message["body"]["text"] for message in side["messages"]] == ["تريد الاستبدال"]
    with pytest.raises(Refused, match="conflict"):
        await holder.request("transfer", room=visitor.room, to=other.id)
    rest = other.account.rest()
    assert rest.post(f"/routing/rooms/{visitor.room}/override", {"agent": holder.id}).status_code == 403
    boss = await shop.staff("supervisor")
    answer = boss.account.rest().post(f"/routing/rooms/{visitor.room}/override", {"agent": holder.id})
    assert answer.status_code == 204, answer.text
    await owned_by(one, visitor.room, holder)


async def test_who_is_handed_a_conversation_is_asked_once(shop):
    set_all(shop.hub, asks_first=True)
    one = await shop.staff()
    visitor = await shop.visitor()
    await visitor.say(visitor.room, "سؤال")
    await one.until(lambda: one.seen("offer"), "an offer")
    await one.request("accept", room=visitor.room)
    await owned_by(one, visitor.room, one)
    two = await shop.staff()
    await eventually(lambda: "online" in presences(one, two), 10, "the colleague is here")
    await one.request("transfer", room=visitor.room, to=two.id, note="تريد الاستبدال")
    await two.until(lambda: two.seen("offer"), "the colleague is asked")
    # Turns go on meanwhile, for others.
    for _ in range(3):
        another = await shop.visitor()
        await another.say(another.room, "سؤال آخر")
        await eventually(lambda room=another.room: [
            each for each in (one, two) if each.seen("offer", room=room)], 10, "somebody is asked about the next one")
    assert len(two.seen("offer", room=visitor.room)) == 1 and not two.seen("offer_end", room=visitor.room)
    await two.request("accept", room=visitor.room)
    await owned_by(one, visitor.room, two)


async def test_who_drops_is_replaced(shop):
    set_all(shop.hub, drop_seconds=1)
    one, two = await shop.staff(), await shop.staff()
    visitor = await shop.visitor()
    await visitor.say(visitor.room, "سؤال")
    owner_id = await owned_by(one, visitor.room, one, two)
    holder, other = (one, two) if one.id == owner_id else (two, one)
    await holder.close()
    await owned_by(other, visitor.room, other, within=15)


async def refused(client, op, **fields):
    """The code with which a request is refused."""
    with pytest.raises(Refused) as caught:
        await client.request(op, **fields)
    return caught.value.code


async def lines(agent):
    """The rooms in a fresh inbox."""
    return [line["room"] for line in (await agent.request("inbox", limit=200))["conversations"]]


async def test_an_agent_sees_only_what_their_teams_have(shop):
    set_all(shop.hub, policy="manual", visibility="teams")
    inside, outside, boss = await shop.staff(), await shop.staff(), await shop.staff("supervisor")
    answer = shop.hub.admin.rest().post("/teams", {"name_ar": "المبيعات", "members": [inside.id]})
    assert answer.status_code == 201, answer.text
    team = answer.json()["id"]
    visitor, other = await shop.visitor(), await shop.visitor()
    await visitor.say(visitor.room, "كلمة الزمردة")
    await other.say(other.room, "سؤال عام")
    side = (await outside.join(visitor.room))["side"]
    await outside.join(side)
    for agent in (inside, outside):
        assert {visitor.room, other.room} <= set(await lines(agent))
    await boss.join(visitor.room)
    await boss.write("assign", visitor.room, to=team)
    for room in (visitor.room, side):
        await outside.until(lambda room=room: outside.seen("gone", room=room), "shown out")
    # The hub takes the setting and the new team in with its next turn.
    rest = inside.account.rest()
    await eventually(lambda: rest.get(f"/rooms/{visitor.room}/events").status_code == 200, 10, "the team is known")
    told = len(outside.seen("conv", room=visitor.room))
    await visitor.say(visitor.room, "كلمة الزمردة مرة أخرى")
    await inside.until(lambda: changed(inside, visitor.room, head=3), "the team is told")

    assert visitor.room not in await lines(outside) and other.room in await lines(outside)
    assert {visitor.room, other.room} <= set(await lines(inside)) and visitor.room in await lines(boss)
    assert len(outside.seen("conv", room=visitor.room)) == told, "nothing of it is pushed"
    for room in (visitor.room, side):
        assert await refused(outside, "join", room=room) == "forbidden"
        assert await refused(outside, "history", room=room) == "forbidden"
        assert outside.account.rest().get(f"/rooms/{room}/events").status_code == 403
        assert inside.account.rest().get(f"/rooms/{room}/events").status_code == 200
    assert await refused(outside, "send", room=visitor.room, mid="m", kind="text", body={"text": "x"}) == "not_joined"
    assert await refused(outside, "accept", room=visitor.room) == "forbidden"
    assert await refused(outside, "search", q="الزمردة", room=visitor.room) == "forbidden"
    assert (await outside.request("search", q="الزمردة"))["hits"] == []
    assert len((await inside.request("search", q="الزمردة"))["hits"]) == 2
    assert [line["room"] for line in queue(outside)] == [other.room]
    assert {line["room"] for line in queue(inside)} == {visitor.room, other.room}
    seen = [agent.account.rest().get("/inbox/counts").json()["all"] for agent in (inside, outside)]
    assert seen[0] - seen[1] == 1, "what one does not see is not counted"
    for room, agent, status in ((visitor.room, outside, 403), (visitor.room, inside, 200), (other.room, outside, 200)):
        assert agent.account.rest().get(f"/conversations/{room}/transcript").status_code == status
    contact = boss.account.rest().post("/crm/contacts", {
        "name": "سارة", "identities": [{"kind": "visitor", "value": visitor.id}]}).json()["id"]
    boss.account.rest().post(f"/crm/contacts/{contact}/notes", {"text": "عميلة دائمة"})
    for agent, kinds in ((boss, {"conversation", "note"}), (inside, {"conversation", "note"}), (outside, {"note"})):
        entries = agent.account.rest().get(f"/crm/contacts/{contact}/timeline").json()["items"]
        assert {entry["kind"] for entry in entries} == kinds
    for path in (f"/crm/contacts/{contact}/export", "/crm/contacts/export.csv", "/logs/export", "/ratings"):
        assert inside.account.rest().get(path).status_code == 403, path
    # Whoever gets it sees it, whatever their team is.
    await boss.write("assign", visitor.room, to=outside.id)
    await eventually(lambda: outside.account.rest().get(f"/rooms/{visitor.room}/events").status_code == 200, 10, "seen")
    assert visitor.room in await lines(outside)


async def test_a_new_conversation_is_of_the_team_of_its_channel(shop):
    inside, outside = await shop.staff(), await shop.staff()
    answer = shop.hub.admin.rest().post("/teams", {"name_ar": "المبيعات", "members": [inside.id]})
    team = answer.json()["id"]
    setting = "/settings/routing.web_team"
    unknown = shop.hub.admin.rest().call("PATCH", setting, json={"value": "t_00000000000000000000000001"})
    assert unknown.status_code == 422, unknown.text
    set_all(shop.hub, policy="manual", visibility="teams", web_team=team)
    for agent in (inside, outside):
        await lines(agent)
    first = await shop.visitor()
    await first.say(first.room, "السلام عليكم")
    rest = outside.account.rest()
    await eventually(lambda: rest.get(f"/rooms/{first.room}/events").status_code == 403, 10, "the setting is known")

    visitor = await shop.visitor()
    await visitor.say(visitor.room, "كلمة الزمردة")
    await inside.until(lambda: changed(inside, visitor.room, assignee={"kind": "team", "id": team, "name": "المبيعات"}),
                       "the team is told")
    assert [line["team"] for line in queue(inside) if line["room"] == visitor.room] == [team]
    assert visitor.room not in await lines(outside) and not queue(outside)
    assert not outside.seen("conv", room=visitor.room), "not for a moment"


@pytest.fixture
async def two(make_hub):
    """People of two hubs that share a database and its secret."""
    settings = QUICK | {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=settings).start()
    second = make_hub(database_url=first.database_url, settings=settings).start()
    second.accounts = first.accounts
    set_all(first, policy="least_busy", drop_seconds=1)
    async with People(first) as one, People(second) as other:
        yield one, other


@pytest.mark.timeout(400)
async def test_a_thousand_customers_on_two_hubs_of_which_one_is_killed(two):
    one, other = two
    near = [await one.staff() for _ in range(4)]
    other._staff_met = len(near)
    far = [await other.staff() for _ in range(4)]
    # Those who stay can take everybody's, those on the hub that dies a part.
    for agent in near:
        set_capacity(one.hub, agent, 60)
    for agent in far:
        set_capacity(one.hub, agent, 300)
    visitors = []
    for start in range(0, 1000, 50):
        people = one if start < 500 else other
        visitors += await asyncio.gather(*(people.visitor() for _ in range(50)))

    async def arrive(visitor):
        try:
            await visitor.say(visitor.room, "سؤال", mid="first")
        except Exception:  # noqa: BLE001: their hub was killed; they come back below
            return visitor
        return None
    arriving = [asyncio.create_task(arrive(visitor)) for visitor in visitors]
    await asyncio.sleep(0.5)
    await asyncio.to_thread(one.hub.kill)
    await asyncio.gather(*arriving)
    # Whoever was on it goes on at the other one; the same message is there once.
    for start in range(0, 500, 50):
        moved = await asyncio.gather(*(other.visitor(token=visitor.token) for visitor in visitors[start:start + 50]))
        await asyncio.gather(*(client.persist("send", room=client.room, mid="first", kind="text", body={"text": "سؤال"})
                               for client in moved))
    rest = far[0].account.rest()

    def settled():
        agents = {agent["id"]: agent for agent in rest.get("/routing/agents").json()["agents"]}
        assert all(agent["load"] <= agent["capacity"] for agent in agents.values()), agents
        held = sum(agents[agent.id]["held"] for agent in far)
        return held == 1000 and not rest.get("/routing/queue").json()["waiting"]
    await eventually(settled, 180, "everybody is served by those who are left")
    ids = {agent.id for agent in far}
    for start in range(0, 1000, 100):
        for joined in await asyncio.gather(*(far[0].join(visitor.room) for visitor in visitors[start:start + 100])):
            assert joined["conv"]["assignee"]["id"] in ids
            epochs = [event["epoch"] for event in joined["events"] if event["ev"] == "assign"]
            assert epochs == list(range(1, len(epochs) + 1)) and epochs
            owners = [event["to"]["id"] for event in joined["events"] if event["ev"] == "assign" and event["to"]]
            assert all(before != after for before, after in zip(owners, owners[1:])), "nobody is given twice"
        await asyncio.gather(*(far[0].request("leave", room=visitor.room) for visitor in visitors[start:start + 100]))
