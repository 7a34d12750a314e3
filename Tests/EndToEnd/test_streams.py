"""The same log by other roads: pages, long-poll and server-sent events equal what the socket saw."""
import asyncio
import itertools
import time

import pytest


@pytest.fixture
async def talk(people):
    """A conversation of several event types, and its log as visitor and agent saw it."""
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    for number in range(4):
        await visitor.say(visitor.room, f"سطر {number}")
    await agent.say(visitor.room, "answer", reply_to=2)
    await visitor.write("edit", visitor.room, target=1, body={"text": "better"})
    await agent.write("react", visitor.room, target=2, emoji="👍")
    await agent.write("assign", visitor.room, to="me")
    await visitor.write("delete", visitor.room, target=3)
    for one in (visitor, agent):
        await one.until_seq(visitor.room, 9)
    return visitor, agent, visitor.room


def rests(hub, visitor, agent):
    """Each person with their own HTTP side."""
    return ((visitor, hub.rest(visitor.token)), (agent, agent.account.rest()))


async def test_pages_equal_the_log(shared_hub, talk):
    visitor, agent, room = talk
    for client, rest in rests(shared_hub, visitor, agent):
        page = rest.get(f"/rooms/{room}/events").json()
        assert page == {"room": room, "head": 9, "events": client.log(room).events}
        short = rest.get(f"/rooms/{room}/events", params={"after": 2, "limit": 3}).json()
        assert short["events"] == client.log(room).events[2:5]


async def test_server_sent_events_equal_the_log(shared_hub, talk):
    visitor, agent, room = talk
    for client, rest in rests(shared_hub, visitor, agent):
        streamed = await asyncio.to_thread(lambda: list(itertools.islice(rest.stream(room, after=0), 9)))
        assert streamed == [(event["seq"], event) for event in client.log(room).events]
        resumed = await asyncio.to_thread(lambda: list(itertools.islice(rest.stream(room, last_event_id=6), 3)))
        assert resumed == streamed[6:]


async def test_a_stream_goes_on_live(shared_hub, talk):
    visitor, agent, room = talk
    rest = shared_hub.rest(visitor.token)
    reading = asyncio.create_task(asyncio.to_thread(lambda: list(itertools.islice(rest.stream(room, after=7), 4))))
    await agent.say(room, "live one")
    await agent.say(room, "live two")
    streamed = await asyncio.wait_for(reading, 20)
    await visitor.until_seq(room, 11)
    assert [event for _, event in streamed] == visitor.log(room).events[7:]


async def test_long_poll_waits_for_news(shared_hub, talk):
    visitor, agent, room = talk
    rest = shared_hub.rest(visitor.token)
    waiting = asyncio.create_task(
        rest.later("GET", f"/rooms/{room}/events", params={"after": 9, "wait": 50}, timeout=80))
    await agent.say(room, "news")
    started = time.monotonic()
    page = (await waiting).json()
    await visitor.until_seq(room, 10)
    assert page["events"] == visitor.log(room).events[9:]
    assert time.monotonic() - started < 40


async def test_long_poll_ends_empty_when_the_time_is_up(shared_hub, talk):
    visitor, _, room = talk
    page = await shared_hub.rest(visitor.token).later("GET", f"/rooms/{room}/events", params={"after": 9, "wait": 1})
    assert page.json() == {"room": room, "head": 9, "events": []}


async def test_long_poll_answers_at_once_when_there_is_something(shared_hub, talk):
    visitor, _, room = talk
    page = await shared_hub.rest(visitor.token).later(
        "GET", f"/rooms/{room}/events", params={"after": 8, "wait": 50}, timeout=40)
    assert [event["seq"] for event in page.json()["events"]] == [9]


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": -1}, {"limit": 0}, {"wait": "soon"}], ids=str)
async def test_malformed_queries_are_refused(shared_hub, people, query):
    visitor = await people.visitor()
    answer = shared_hub.rest(visitor.token).get(f"/rooms/{visitor.room}/events", params=query, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


async def test_who_may_read(shared_hub, people):
    visitor = await people.visitor()
    path = f"/rooms/{visitor.room}/events"
    assert shared_hub.rest().get(path).status_code == 401
    assert shared_hub.rest("not a token").get(path).status_code == 401
