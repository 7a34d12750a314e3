"""The assistant, with the local language model: streaming, taking over, stopping, tools, and everything that breaks."""
import asyncio

import pytest

from hubtest.client import Refused
from hubtest.openai import KEY, OpenAI, answers_first
from hubtest.people import People

QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50"}


@pytest.fixture(params=["sqlite", "postgres"])
def model(request, make_hub):
    """A local model with a hub whose new conversations the assistant meets: `model.hub`."""
    model = OpenAI()
    model.hub = make_hub(request.param, settings=QUICK | model.settings()).start()
    answers_first(model.hub)
    yield model
    model.close()


@pytest.fixture
async def people(model):
    async with People(model.hub) as people:
        yield people


def runs(client, room):
    return [(event["state"], event["target"]) for event in client.log(room).events if event["ev"] == "run"]


def started(client, room):
    """The name of the run that began first."""
    return next(event["run"] for event in client.log(room).events if event["ev"] == "run")


def said(client, room):
    return [event["body"]["text"] for event in client.log(room).events
            if event["ev"] == "msg" and event["by"]["kind"] == "assistant"]


def notices(client, room):
    """What the hub itself said to the customer."""
    return [event["body"]["text"] for event in client.log(room).events
            if event["ev"] == "msg" and event["by"]["kind"] == "system"]


async def ends(client, room, state, within=20):
    """Waits until a run has ended like this; the events of the room."""
    await client.until(lambda: state in [each for each, _ in runs(client, room)], f"the run is {state}", within)
    return client.log(room).events


async def until_cancelled(model, within=20):
    """Waits until the model has seen that nobody wants the answer any more."""
    deadline = asyncio.get_running_loop().time() + within
    while model.last()["end"] != "cancelled":
        assert asyncio.get_running_loop().time() < deadline, model.last()
        await asyncio.sleep(0.05)


async def test_an_answer_is_streamed_and_then_stands_in_the_log(model, people):
    # Pieces of a moment are shown as one.
    model.says("مرحبًا! بطاقة آيتونز بخمسين ريالًا.", chunk=3, tokens_per_second=6)
    visitor = await people.visitor()
    await visitor.say(visitor.room, "كم سعر البطاقة؟")
    events = await ends(visitor, visitor.room, "done")
    assert [event["ev"] for event in events] == ["msg", "assign", "run", "msg", "run"]
    assert said(visitor, visitor.room) == ["مرحبًا! بطاقة آيتونز بخمسين ريالًا."]
    assert runs(visitor, visitor.room) == [("started", 1), ("done", 1)]
    pieces = visitor.seen("delta", room=visitor.room)
    assert len(pieces) > 2, "it was seen to grow"
    text = b""
    for piece in pieces:
        text = text[:piece["off"]] + piece["t"].encode()
    assert said(visitor, visitor.room)[0].startswith(text.decode())
    # The next question knows what was said.
    await visitor.say(visitor.room, "شكرًا")
    await visitor.until(lambda: len(said(visitor, visitor.room)) == 2, "the next answer")
    asked = model.last()["body"]["messages"]
    assert [message["role"] for message in asked] == ["system", "user", "assistant", "user"]


async def test_who_joins_later_gets_the_text_so_far(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=20)
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: len(visitor.seen("delta")) > 3, "it grows")
    joined = await agent.join(visitor.room)
    assert joined["run"]["t"].startswith("كلمة ") and joined["conv"]["assignee"]["kind"] == "assistant"
    assert joined["run"]["run"] == started(visitor, visitor.room)


async def test_a_visitor_stops_an_answer(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=30)
    visitor, stranger = await people.visitor(), await people.visitor()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: visitor.seen("delta"), "it grows")
    run = started(visitor, visitor.room)
    with pytest.raises(Refused, match="not_joined|forbidden"):
        await stranger.request("cancel", run=run)
    with pytest.raises(Refused, match="bad_request"):
        await visitor.request("cancel", run="nonsense")
    with pytest.raises(Refused, match="not_found"):
        await visitor.request("cancel", run=run.rsplit(".", 2)[0] + ".99.1")
    await visitor.request("cancel", run=run)
    await ends(visitor, visitor.room, "cancelled")
    count = len(visitor.seen("delta"))
    assert (await visitor.request("cancel", run=run))["dup"]
    await asyncio.sleep(1.5)
    assert len(visitor.seen("delta")) <= count + 1 and said(visitor, visitor.room) == []
    assert runs(visitor, visitor.room) == [("started", 1), ("cancelled", 1)], "it is not begun anew"
    # The next question is answered.
    model.says("تفضل")
    await visitor.say(visitor.room, "سؤال آخر")
    await ends(visitor, visitor.room, "done")
    assert said(visitor, visitor.room) == ["تفضل"]


async def test_a_person_who_speaks_takes_over_at_once(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=30)
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: visitor.seen("delta"), "it grows")
    await agent.join(visitor.room)
    await agent.say(visitor.room, "معك أحمد")
    await ends(visitor, visitor.room, "cancelled")
    await visitor.say(visitor.room, "أهلًا أحمد")
    await asyncio.sleep(1)
    assert said(visitor, visitor.room) == [] and len(runs(visitor, visitor.room)) == 2
    assert (await agent.join(visitor.room))["conv"]["assignee"]["id"] == agent.id
    # Handing back is explicit.
    model.says("عدت إليك")
    await agent.write("assign", visitor.room, to="assistant")
    await visitor.until(lambda: said(visitor, visitor.room) == ["عدت إليك"], "it answers what waits")


async def test_who_closes_the_case_ends_the_answer(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=30)
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: visitor.seen("delta"), "it grows")
    await agent.join(visitor.room)
    await agent.write("state", visitor.room, state="resolved")
    await ends(visitor, visitor.room, "cancelled")
    await until_cancelled(model)
    assert said(visitor, visitor.room) == [] and len(runs(visitor, visitor.room)) == 2


async def test_what_the_customer_writes_meanwhile_is_answered_too(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=30)
    visitor = await people.visitor()
    await visitor.say(visitor.room, "عندي سؤال")
    await visitor.until(lambda: visitor.seen("delta"), "it grows")
    model.says("جواب واحد")
    await visitor.say(visitor.room, "كم السعر؟")
    await ends(visitor, visitor.room, "done")
    assert said(visitor, visitor.room) == ["جواب واحد"]
    assert runs(visitor, visitor.room) == [("started", 1), ("done", 1)]
    asked = [message["content"] for message in model.last()["body"]["messages"] if message["role"] == "user"]
    assert asked == ["عندي سؤال", "كم السعر؟"]
    places = [delta["off"] for delta in visitor.seen("delta")]
    assert places.count(0) > 1, "what was shown before is taken back"


async def test_prices_come_from_the_shop(model, people):
    rest = model.hub.admin.rest()
    made = rest.post("/products", {
        "sku": "IT-50", "name_ar": "بطاقة آيتونز", "price": 4950, "currency": "SAR", "state": "active"})
    assert made.status_code == 201, made.text
    model.reset()
    visitor = await people.visitor()
    await visitor.say(visitor.room, "بكم بطاقة آيتونز؟")
    await ends(visitor, visitor.room, "done")
    assert "49.50" in said(visitor, visitor.room)[0]
    asked = model.last()["body"]["messages"]
    assert [message["role"] for message in asked] == ["system", "user", "assistant", "tool"]
    entries = rest.get("/logs", params={"subject": visitor.room, "action": "assistant.tool_called"}).json()["items"]
    assert [entry["after"]["tool"] for entry in entries] == ["search_products"]


async def test_who_wants_a_person_gets_one(model, people):
    model.reset()
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "أريد التحدث مع موظف")
    await visitor.until(lambda: notices(visitor, visitor.room), "a notice")
    joined = await agent.join(visitor.room)
    assert joined["conv"]["assignee"] is None and joined["conv"]["waiting_since"]
    notes = await agent.history(joined["side"])
    assert notes["messages"][0]["by"]["kind"] == "assistant"
    assert [line["room"] for line in agent.account.rest().get("/routing/queue").json()["waiting"]] == [visitor.room]


@pytest.mark.parametrize("kind", ["invalid_key", "server_error", "insufficient_quota", "malformed", "truncated", "cut"])
async def test_whatever_breaks_a_person_goes_on(model, people, kind):
    model.says("كلمة " * 30, chunk=8)
    model.fault(kind, times=9)
    visitor, agent = await people.visitor(), await people.staff()
    await visitor.say(visitor.room, "حدثني")
    await ends(visitor, visitor.room, "failed")
    await visitor.until(lambda: notices(visitor, visitor.room), "a notice")
    joined = await agent.join(visitor.room)
    assert joined["conv"]["assignee"] is None and "run" not in joined
    assert notices(visitor, visitor.room) == ["سيتابع معك أحد زملائنا هنا، شكرًا لانتظارك."]
    assert said(visitor, visitor.room) == [], "nothing of the answer"
    requests = model.log()["requests"]
    assert len(requests) <= 3, "no storm of retries"
    logged = model.hub.log_text()
    assert requests[0]["request_id"] in logged, "the log names the request by the model's own name"
    assert KEY not in logged


async def test_a_hub_that_dies_ends_its_run_when_it_is_back(model):
    model.says("كلمة " * 900, chunk=8, tokens_per_second=20)
    async with People(model.hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, "حدثني")
        await visitor.until(lambda: visitor.seen("delta"), "it grows")
        model.hub.kill()
        model.hub.start()
        again = await people.again(visitor)
        await again.until(
            lambda: "failed" in [event["state"] for event in again.log(visitor.room).events if event["ev"] == "run"],
            "the run has failed", 30)
        await again.until(lambda: notices(again, visitor.room), "a person will go on")
        agent = await people.staff()
        assert (await agent.join(visitor.room))["conv"]["assignee"] is None


async def test_without_a_model_customers_go_to_people(make_hub):
    hub = make_hub("sqlite", settings=QUICK).start()
    answers_first(hub)
    async with People(hub) as people:
        visitor, agent = await people.visitor(), await people.staff()
        await visitor.say(visitor.room, "سؤال")
        def owners():
            return [event["to"] for event in visitor.log(visitor.room).events if event["ev"] == "assign"]
        await visitor.until(lambda: len(owners()) == 2, "to the assistant and on")
        conv = (await agent.join(visitor.room))["conv"]
        assert conv["assignee"] is None and conv["waiting_since"]
        with pytest.raises(Refused, match="not_found"):
            await agent.write("assign", visitor.room, to="assistant")


async def test_a_hub_that_is_stopped_in_an_answer_ends_well(model):
    model.says("كلمة " * 900, chunk=8, tokens_per_second=20)
    async with People(model.hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, "حدثني")
        await visitor.until(lambda: visitor.seen("delta"), "it grows")
        assert await asyncio.to_thread(model.hub.stop) == 0, model.hub.log_text()
