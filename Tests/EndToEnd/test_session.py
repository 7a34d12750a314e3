"""A visitor and staff talk: authentication, sending, resuming and paging, as docs/protocol.md promises."""
import json

import pytest
from websockets.asyncio.client import connect

from hubtest.client import Refused, new_mid
from hubtest.contract import contract
from hubtest.people import People
from hubtest.waiting import eventually


async def test_the_session_of_the_protocol_page_and_after_a_restart(hub):
    """The frames are those of the page, letter by letter, from a client that knows nothing of ours."""
    url = hub.ws_url + "/api/v1/chat/ws/public"

    async with connect(url, proxy=None) as ws:
        hello = json.loads(await ws.recv())
        assert (hello["ev"], hello["v"]) == ("hello", 1)

        await ws.send('{"op":"auth","id":1,"profile":{"name":"سارة"}}')
        reply = await frame(ws, lambda one: one.get("re") == 1)
        visitor = reply["ok"]
        room = visitor["room"]
        assert visitor["name"] == "سارة"
        assert visitor["rooms"][room]["head"] == 0

        await ws.send('{"op":"send","id":2,"room":"%s","mid":"k1","kind":"text",'
                      '"body":{"text":"السلام عليكم"}}' % room)
        seen = {}
        while len(seen) < 2:
            one = await frame(ws, lambda one: one.get("re") == 2 or one.get("ev") == "msg")
            seen["reply" if "re" in one else "event"] = one
        ok, event = seen["reply"]["ok"], seen["event"]
        assert (ok["seq"], ok["dup"]) == (1, False)
        assert event == {"ev": "msg", "room": room, "seq": 1, "mid": "k1", "kind": "text", "at": ok["at"],
                         "by": {"kind": "visitor", "id": visitor["visitor"], "name": "سارة"},
                         "body": {"text": "السلام عليكم"}}

    hub.restart()

    async with connect(url, proxy=None) as ws:
        assert json.loads(await ws.recv())["epoch"] == hello["epoch"]
        await ws.send(json.dumps({"op": "auth", "id": 1, "token": visitor["token"]}))
        again = (await frame(ws, lambda one: one.get("re") == 1))["ok"]
        assert (again["visitor"], again["room"], again["name"]) == (visitor["visitor"], room, "سارة")
        assert again["rooms"][room]["events"] == [event]


async def frame(ws, is_wanted):
    """The next frame that is wanted; batches are taken apart."""
    held = ws.__dict__.setdefault("held", [])
    while True:
        while held:
            one = held.pop(0)
            if "ev" in one:
                contract("visitor").check_event(one)
            if is_wanted(one):
                return one
        content = json.loads(await ws.recv())
        held.extend(content if isinstance(content, list) else [content])


async def test_visitor_and_agent_talk_both_ways(people):
    visitor, agent = await people.visitor("ليلى"), await people.staff()
    reply = await agent.join(visitor.room)
    assert (reply["head"], reply["live"]) == (0, True)
    assert reply["side"] != visitor.room
    assert reply["conv"]["contact"]["name"] == "ليلى"

    await visitor.say(visitor.room, "هل المقاس متوفر؟")
    await agent.until_seq(visitor.room, 1)
    await agent.say(visitor.room, "نعم، متوفر")
    await visitor.until_seq(visitor.room, 2)
    await agent.until_seq(visitor.room, 2)

    assert visitor.log(visitor.room).texts() == agent.log(visitor.room).texts() == ["هل المقاس متوفر؟", "نعم، متوفر"]
    by = visitor.log(visitor.room).event(2)["by"]
    assert by == {"kind": "staff", "id": "agent", "name": agent.account.name}
    assert agent.log(visitor.room).event(2)["by"]["id"] == agent.id


async def test_a_visitor_may_be_nameless(people):
    client = await people.connect("visitor")
    identity = await client.auth()
    assert identity["verified"] is False
    assert (await client.say(identity["room"], "hi"))["seq"] == 1


async def test_a_retry_has_no_second_effect(people):
    visitor = await people.visitor()
    mid = new_mid()
    first = await visitor.say(visitor.room, "once", mid=mid)
    second = await visitor.say(visitor.room, "once", mid=mid)
    later = await people.again(visitor)
    third = await later.say(visitor.room, "once", mid=mid)
    assert second == third == first | {"dup": True}
    assert (await later.history(visitor.room))["as_of"] == 1


async def test_the_same_mid_with_another_content_is_a_conflict(people):
    visitor = await people.visitor()
    await visitor.say(visitor.room, "one", mid="k")
    with pytest.raises(Refused, match="mid_conflict"):
        await visitor.say(visitor.room, "two", mid="k")
    with pytest.raises(Refused, match="mid_conflict"):
        await visitor.write("react", visitor.room, target=1, emoji="👍", mid="k")
    assert (await visitor.history(visitor.room))["as_of"] == 1


async def test_a_mid_belongs_to_its_author(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    assert (await visitor.say(visitor.room, "mine", mid="k"))["seq"] == 1
    assert (await agent.say(visitor.room, "also mine", mid="k"))["seq"] == 2


async def test_resumes_from_any_age(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    for number in range(1, 8):
        await visitor.say(visitor.room, f"line {number}")
    await agent.until_seq(visitor.room, 7)
    complete = agent.log(visitor.room).events
    for age in range(8):
        other = await people.staff(account=agent.account, rooms={visitor.room: age})
        assert other.log(visitor.room).events == complete[age:]
        assert other.log(visitor.room).is_live
        await other.close()


async def test_a_cut_connection_resumes_without_loss(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.follow(visitor.room)
    await agent.say(visitor.room, "before")
    await visitor.until_seq(visitor.room, 1)
    await visitor.cut()
    for number in range(3):
        await agent.say(visitor.room, f"while away {number}")
    back = await people.again(visitor)
    assert back.log(visitor.room).texts() == [f"while away {number}" for number in range(3)]
    await agent.say(visitor.room, "after")
    await back.until_seq(visitor.room, 5)


async def test_reads_a_long_log_in_pages(people):
    visitor, agent = await people.visitor(), await people.staff()
    answers = [await visitor.start("send", room=visitor.room, mid=new_mid(), kind="text", body={"text": str(number)})
               for number in range(25)]
    for answer in answers:
        await answer
    pages = [await agent.join(visitor.room, 0, limit=10), await agent.join(visitor.room, 10, limit=10),
             await agent.join(visitor.room, 20, limit=10)]
    assert [len(page["events"]) for page in pages] == [10, 10, 5]
    assert [page["live"] for page in pages] == [False, False, True]
    assert agent.log(visitor.room).seqs() == list(range(1, 26))


async def test_a_page_is_not_live(people):
    visitor, agent = await people.visitor(), await people.staff()
    for number in range(3):
        await visitor.say(visitor.room, str(number))
    await agent.join(visitor.room, limit=1)
    await visitor.say(visitor.room, "not pushed to a page")
    await agent.request("ping")
    assert agent.log(visitor.room).last == 1
    await agent.follow(visitor.room)
    assert agent.log(visitor.room).last == 4


async def test_large_pages_end_at_256_kib(people):
    visitor, agent = await people.visitor(), await people.staff()
    for _ in range(20):
        await visitor.persist("send", room=visitor.room, mid=new_mid(), kind="text", body={"text": "ش" * 8000})
    page = await agent.join(visitor.room, 0)
    assert page["live"] is False and 10 <= len(page["events"]) < 20
    await agent.follow(visitor.room)
    assert agent.log(visitor.room).last == 20


async def test_joins_from_now_on(people):
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "old")
    reply = await agent.join(visitor.room, "now")
    assert (reply["head"], reply["events"], reply["live"]) == (1, [], True)
    await visitor.say(visitor.room, "new")
    await agent.until_seq(visitor.room, 2)
    assert agent.log(visitor.room).texts() == ["new"]


async def test_leaving_ends_the_events(people):
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    assert await agent.request("leave", room=visitor.room) == {}
    await visitor.say(visitor.room, "unheard")
    with pytest.raises(Refused, match="not_joined"):
        await agent.say(visitor.room, "from outside")
    assert agent.log(visitor.room).events == []


async def test_writes_need_a_joined_room(people):
    visitor, agent = await people.visitor(), await people.staff()
    for op, fields in {"send": {"kind": "text", "body": {"text": "x"}}, "react": {"target": 1, "emoji": "👍"},
                       "edit": {"target": 1, "body": {"text": "x"}}, "delete": {"target": 1}}.items():
        with pytest.raises(Refused, match="not_joined"):
            await agent.write(op, visitor.room, **fields)


async def test_nothing_works_before_auth(people):
    for kind in ("visitor", "staff"):
        client = await people.connect(kind)
        with pytest.raises(Refused, match="unauthorized"):
            await client.join("r_00000000000000000000000000")


async def test_replies_to_frames_without_an_id_are_left_out(people):
    visitor = await people.visitor()
    await visitor.post({"op": "send", "room": visitor.room, "mid": new_mid(), "kind": "text", "body": {"text": "quiet"}})
    await visitor.until_seq(visitor.room, 1)
    assert await visitor.request("ping") == {"pong": True}
    assert visitor.stray_errors == []


async def test_a_batch_and_a_compressed_socket_work_alike(people):
    visitor = await people.visitor()
    packed = await people.visitor(token=visitor.token, compression="deflate")
    for number in range(50):
        await visitor.persist("send", room=visitor.room, mid=new_mid(), kind="text", body={"text": f"{number} " * 100})
    await packed.until_seq(visitor.room, 50)
    await visitor.until_seq(visitor.room, 50)
    assert packed.log(visitor.room).events == visitor.log(visitor.room).events


async def test_staff_see_who_they_are_and_refresh_in_place(people):
    agent = await people.staff()
    user = agent.identity["user"]
    assert (user["email"], user["role"], user["name"]) == (agent.account.email, "agent", agent.account.name)
    visitor = await people.visitor()
    await agent.join(visitor.room)
    again = await agent.auth(token=agent.account.token())
    assert again["user"] == user
    await visitor.say(visitor.room, "still here")
    await agent.until_seq(visitor.room, 1)


async def test_replies_point_at_messages(people):
    visitor = await people.visitor()
    await visitor.say(visitor.room, "question")
    await visitor.say(visitor.room, "answer", reply_to=1)
    await visitor.until_seq(visitor.room, 2)
    assert visitor.log(visitor.room).event(2)["reply_to"] == 1
    with pytest.raises(Refused, match="not_found|bad_request"):
        await visitor.say(visitor.room, "to nothing", reply_to=99)


async def test_subprotocol_and_native_pings(people):
    client = await people.connect("visitor", subprotocols=["hub.v1"])
    assert client.socket.subprotocol == "hub.v1"
    await (await client.socket.ping())


async def test_health_and_readiness(shared_hub):
    for path in ("/health", "/ready"):
        answer = shared_hub.rest().session.get(shared_hub.url + path, timeout=20)
        assert answer.status_code == 200 and answer.json() == {"status": "ok"}


async def test_the_hub_answers_again_after_a_restart(hub):
    async with People(hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, "one")
        hub.restart()
        await eventually(lambda: visitor.close_code is not None, 10, "the old socket ends")
        back = await people.again(visitor)
        await back.say(visitor.room, "two")
        await back.until_seq(visitor.room, 2)
        assert back.log(visitor.room).texts() == ["two"]
        assert (await back.history(visitor.room))["as_of"] == 2
