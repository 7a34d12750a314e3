"""Edits, deletions, reactions, read markers, history and search of messages."""
import pytest

from hubtest.client import Refused
from hubtest.files import absolute, png


@pytest.fixture
async def pair(people):
    """A visitor and an agent in the visitor's conversation."""
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    return visitor, agent, visitor.room


async def test_an_edit_is_an_event_and_changes_history(pair):
    visitor, agent, room = pair
    await visitor.say(room, "seven")
    ok = await visitor.write("edit", room, target=1, body={"text": "eight"})
    assert (ok["seq"], ok["dup"]) == (2, False)
    await agent.until_seq(room, 2)
    event = agent.log(room).event(2)
    assert (event["ev"], event["target"], event["body"]) == ("edit", 1, {"text": "eight"})
    message, = (await agent.history(room))["messages"]
    assert message["body"] == {"text": "eight"}
    assert message["edited"] == {"seq": 2, "at": ok["at"]}


async def test_only_the_author_edits(pair):
    visitor, agent, room = pair
    await visitor.say(room, "mine")
    with pytest.raises(Refused, match="forbidden"):
        await agent.write("edit", room, target=1, body={"text": "yours"})


async def test_author_and_supervisor_delete_and_others_do_not(people, pair):
    visitor, agent, room = pair
    supervisor = await people.staff("supervisor")
    await supervisor.join(room)
    for text in ("one", "two"):
        await visitor.say(room, text)
    with pytest.raises(Refused, match="forbidden"):
        await agent.write("delete", room, target=1)
    await visitor.write("delete", room, target=1)
    await supervisor.write("delete", room, target=2)
    await visitor.until_seq(room, 4)
    assert [event["ev"] for event in visitor.log(room).events[2:]] == ["del", "del"]
    first, second = (await visitor.history(room))["messages"]
    assert first["body"] is None and first["deleted"]["by"]["kind"] == "visitor"
    assert second["body"] is None and second["deleted"]["by"]["id"] == "agent"


async def test_a_deleted_message_stays_deleted(pair):
    visitor, _, room = pair
    await visitor.say(room, "gone soon")
    await visitor.write("delete", room, target=1)
    for op, fields in {"edit": {"body": {"text": "back"}}, "react": {"emoji": "👍"}, "delete": {}}.items():
        with pytest.raises(Refused, match="not_found"):
            await visitor.write(op, room, target=1, **fields)


async def test_reactions_come_and_go(pair):
    visitor, agent, room = pair
    await visitor.say(room, "good news")
    await agent.write("react", room, target=1, emoji="🎉")
    await visitor.write("react", room, target=1, emoji="🎉")
    await visitor.write("react", room, target=1, emoji="❤️")
    message, = (await visitor.history(room))["messages"]
    assert [(one["emoji"], [who["id"] for who in one["by"]]) for one in message["reactions"]] == [
        ("🎉", ["agent", visitor.id]), ("❤️", [visitor.id])]
    await visitor.write("react", room, target=1, emoji="🎉", on=False)
    await visitor.write("react", room, target=1, emoji="❤️", on=False)
    message, = (await agent.history(room))["messages"]
    assert [(one["emoji"], [who["id"] for who in one["by"]]) for one in message["reactions"]] == [("🎉", [agent.id])]


async def test_changes_need_a_message_as_target(pair):
    visitor, agent, room = pair
    await visitor.say(room, "one")
    await visitor.write("react", room, target=1, emoji="👍")
    for target in (2, 99):
        with pytest.raises(Refused, match="not_found"):
            await visitor.write("react", room, target=target, emoji="👍")


async def test_read_markers_rise_and_are_seen(people, pair):
    visitor, agent, room = pair
    for number in range(4):
        await visitor.say(room, str(number))
    assert await agent.request("read", room=room, seq=3) == {"seq": 3, "unread": 1}
    assert (await agent.request("read", room=room, seq=1))["seq"] == 3
    await visitor.until(lambda: visitor.seen("read", room=room, upto=3), "the visitor sees the marker of the agent")
    assert visitor.seen("read", room=room)[-1]["by"]["id"] == "agent"

    back = await people.again(agent, rooms={room: 0})
    reply = back.identity["rooms"][room]
    assert (reply["read"], reply["unread"]) == (3, 1)
    assert (await people.again(visitor)).identity["rooms"][room]["agents_read"] == 3


async def test_unread_counts_messages_of_others(people, pair):
    visitor, agent, room = pair
    await visitor.say(room, "mine")
    await agent.say(room, "yours")
    await agent.say(room, "yours too")
    await agent.write("react", room, target=1, emoji="👍")
    back = await people.again(visitor, rooms={room: 0})
    assert back.identity["rooms"][room]["unread"] == 2
    assert await back.request("read", room=room, seq=4) == {"seq": 4, "unread": 0}
    reply = await agent.join(room, 4)
    assert reply["customer_read"] == 4


async def test_a_marker_does_not_pass_the_head(pair):
    visitor, _, room = pair
    await visitor.say(room, "only one")
    try:
        assert (await visitor.request("read", room=room, seq=500))["seq"] <= 1
    except Refused as refused:
        assert refused.code == "bad_request"


async def test_history_pages_both_ways(pair):
    visitor, agent, room = pair
    for number in range(1, 11):
        await visitor.say(room, str(number))
    newest = await agent.history(room, limit=3)
    assert [message["seq"] for message in newest["messages"]] == [8, 9, 10]
    assert (newest["as_of"], newest["more"]) == (10, True)
    older = await agent.history(room, before=8, limit=7)
    assert [message["seq"] for message in older["messages"]] == list(range(1, 8)) and older["more"] is False
    newer = await agent.history(room, after=2, limit=4)
    assert [message["seq"] for message in newer["messages"]] == [3, 4, 5, 6] and newer["more"] is True


async def test_history_carries_notices(pair):
    visitor, agent, room = pair
    await visitor.say(room, "hello")
    await agent.write("assign", room, to="me")
    await visitor.say(room, "anyone?")
    page = await agent.history(room)
    await agent.until_seq(room, 3)
    assert [message["seq"] for message in page["messages"]] == [1, 3]
    assert page["notices"] == [agent.log(room).event(2)]


async def test_text_has_limits(pair):
    visitor, _, room = pair
    await visitor.say(room, "ش" * 8000)
    # A character is what people see as one, whatever marks it carries.
    await visitor.say(room, "مُ" * 8000)
    for text in ("", "ش" * 8001):
        with pytest.raises(Refused, match="bad_request|too_large"):
            await visitor.say(room, text)
    assert (await visitor.history(room))["as_of"] == 2


async def test_a_file_is_described_by_the_hub(shared_hub, pair):
    visitor, agent, room = pair
    picture = png(3, 2)
    answer = shared_hub.rest(visitor.token).upload("صورة.png", picture)
    assert answer.status_code == 201, answer.text
    uploaded = answer.json()
    assert (uploaded["type"], uploaded["size"]) == ("image/png", len(picture))
    assert (uploaded["width"], uploaded["height"]) == (3, 2)
    await visitor.write("send", room, kind="file", body={"attachment": uploaded["id"], "caption": "هذه"})
    await agent.until_seq(room, 1)
    body = agent.log(room).event(1)["body"]
    assert body["attachment"] == uploaded["id"]
    assert (body["name"], body["type"], body["caption"]) == ("صورة.png", "image/png", "هذه")
    fetched = shared_hub.rest().session.get(absolute(shared_hub, body["url"]), timeout=10)
    assert fetched.content == picture


async def test_a_file_must_have_been_uploaded(pair):
    visitor, _, room = pair
    with pytest.raises(Refused, match="not_found|bad_request"):
        await visitor.write("send", room, kind="file", body={"attachment": "f_00000000000000000000000000"})


@pytest.mark.parametrize("asked, written", [
    ("احمد", "أحمد"), ("إسلام", "اسلام"), ("مدرسه", "مدرسة"), ("مصطفي", "مصطفى"), ("محمد", "مُحَمَّد"),
    ("سلام", "ســـلام"), ("123", "١٢٣"), ("٤٥٦", "456"),
])
async def test_search_knows_arabic(pair, asked, written):
    visitor, agent, room = pair
    await visitor.say(room, f"قبل {written} بعد")
    hits = (await agent.request("search", q=asked, room=room))["hits"]
    assert [(hit["room"], hit["seq"], hit["kind"]) for hit in hits] == [(room, 1, "text")]
    assert written in hits[0]["text"]


async def test_search_finds_what_messages_say_now(pair):
    visitor, agent, room = pair
    for text in ("alpha first", "alpha second", "alpha third"):
        await visitor.say(room, text)
    await visitor.write("edit", room, target=1, body={"text": "omega first"})
    await visitor.write("delete", room, target=2)
    found = {q: [hit["seq"] for hit in (await agent.request("search", q=q, room=room))["hits"]]
             for q in ("alpha", "omega", "second")}
    assert found == {"alpha": [3], "omega": [1], "second": []}


async def test_search_answers_newest_first_and_takes_any_character(pair):
    visitor, agent, room = pair
    for text in ("order 50% _off_", "order two", "it's \"quoted\" *"):
        await visitor.say(room, text)
    assert [hit["seq"] for hit in (await agent.request("search", q="order", room=room))["hits"]] == [2, 1]
    for q in ("50%", "\"quoted\"", "it's"):
        assert (await agent.request("search", q=q, room=room))["hits"], q
    for q in ("x", "y" * 201):
        with pytest.raises(Refused, match="bad_request"):
            await agent.request("search", q=q)
