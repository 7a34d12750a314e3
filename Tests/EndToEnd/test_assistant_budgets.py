"""What the assistant may take: the ledger, budgets and rates over two hubs, hours, versions and the playground."""
import asyncio
import base64
import json
import os

import pytest
import requests

from hubtest.clock import await_whole_hour, day_in, daytime, two_days
from hubtest.openai import OpenAI, answers_first
from hubtest.people import People
from hubtest.waiting import eventually, wait_for

QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50"}
# Where the shops of these tests are.
ZONE = daytime()


def put(hub, **settings):
    for name, value in settings.items():
        answer = hub.admin.rest().call("PATCH", f"/settings/assistant.{name}", json={"value": value})
        assert answer.status_code == 200, answer.text


def zone(hub, name):
    answer = hub.admin.rest().call("PATCH", "/settings/shop.time_zone", json={"value": name})
    assert answer.status_code == 200, answer.text


@pytest.fixture(params=["sqlite", "postgres"])
def model(request, make_hub):
    """A local model with a hub whose new conversations the assistant meets: `model.hub`."""
    model = OpenAI()
    model.hub = make_hub(request.param, settings=QUICK | model.settings()).start()
    zone(model.hub, ZONE)
    answers_first(model.hub)
    model.says("خمسون ريالًا")
    yield model
    model.close()


@pytest.fixture
async def people(model):
    async with People(model.hub) as people:
        yield people


@pytest.fixture
async def two(make_hub):
    """A local model with people of two hubs that share a database."""
    model = OpenAI()
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    settings = QUICK | secret | model.settings()
    first = make_hub("postgres", settings=settings).start()
    second = make_hub(database_url=first.database_url, settings=settings).start()
    second.accounts = first.accounts
    zone(first, ZONE)
    answers_first(first)
    model.hub = first
    model.says("خمسون ريالًا")
    async with People(first) as one, People(second) as other:
        yield model, one, other
    model.close()


def owners(client):
    return [(event["to"] or {}).get("kind") for event in client.log(client.room).events if event["ev"] == "assign"]


def said(client, kind="assistant"):
    return [event["body"]["text"] for event in client.log(client.room).events
            if event["ev"] == "msg" and event["by"]["kind"] == kind]


async def asks(client, text="كم السعر؟"):
    """Asks, and waits for the answer."""
    before = len(said(client))
    await client.say(client.room, text)
    await client.until(lambda: len(said(client)) > before, "an answer")


async def goes_to_people(client, text="كم السعر؟"):
    """Asks, and waits until nobody has the conversation; the words of the hub."""
    await client.say(client.room, text)
    await client.until(lambda: said(client, "system") and owners(client)[-1] is None, "a person will go on")
    return said(client, "system")


def waits(rest, room):
    return room in [each["room"] for each in rest.get("/routing/queue").json()["waiting"]]


async def stays_with_people(client, text="كم السعر؟"):
    """Asks, and sees that the customer waits in a queue and the assistant never had the case."""
    await client.say(client.room, text)
    wait_for(lambda: waits(client.hub_rest, client.room), 20, "it waits in the queue")
    await asyncio.sleep(0.5)
    assert "assistant" not in owners(client) and said(client) == []


async def until_met_by(people, rest, kind):
    """The first customer who goes to `people` or to the `assistant`: routing looks at budgets and hours now and then."""
    async def met():
        client = await people.visitor()
        await client.say(client.room, "كم السعر؟")
        await eventually(lambda: "assistant" in owners(client) or waits(rest, client.room), 20, "somebody has it")
        return client if ("assistant" in owners(client)) == (kind == "assistant") else None

    return await eventually(met, 20, f"new cases go to {kind}")


def today(hub, name=ZONE):
    day = day_in(name).isoformat()
    items = hub.admin.rest().get("/ai/usage", params={"from": day, "to": day}).json()["items"]
    return items[0] if items else {"total": {"tokens": 0, "cost_micros": 0, "answers": 0}, "purposes": {}}


def requests_of(hub, room):
    return hub.admin.rest().get(f"/ai/usage/rooms/{room}").json()["items"]


def audited(hub, action):
    return hub.admin.rest().get("/logs", params={"action": action}).json()["items"]


def metric(hub, name, **labels):
    """One number of the metrics; nil when it is not there."""
    headers = {"Authorization": f"Bearer {hub.admin.token()}"}
    text = requests.get(f"{hub.url}/metrics", headers=headers, timeout=10).text
    want = name + ("{" + ",".join(f'{key}="{value}"' for key, value in labels.items()) + "}" if labels else "")
    return next((float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(want + " ")), None)


# ---- the ledger


async def test_every_request_is_in_the_ledger(model, people):
    put(model.hub, prompt_price_micros=1_000_000, completion_price_micros=2_000_000, currency="SAR")
    visitor = await people.visitor()
    await asks(visitor)
    wait_for(lambda: today(model.hub)["total"]["tokens"] > 0, 10, "it is written")
    line, = requests_of(model.hub, visitor.room)
    assert line["purpose"] == "answer" and line["model"] == "fake-chat" and not line["estimated"]
    assert line["run"] == next(e["run"] for e in visitor.log(visitor.room).events if e["ev"] == "run")
    assert line["cost_micros"] == line["prompt_tokens"] + 2 * line["completion_tokens"] > 0
    day = today(model.hub)
    assert day["currency"] == "SAR" and day["total"]["answers"] == 1
    assert day["total"]["tokens"] == day["purposes"]["answer"]["tokens"] \
        == line["prompt_tokens"] + line["completion_tokens"]
    wait_for(lambda: not requests_of(model.hub, visitor.room)[0]["open"], 10, "it is settled")


async def test_rounds_of_tools_are_requests_and_one_answer(model, people):
    model.reset()
    visitor = await people.visitor()
    await asks(visitor, "بكم بطاقة آيتونز؟")
    wait_for(lambda: [e["open"] for e in requests_of(model.hub, visitor.room)] == [False, False], 10, "two rounds")
    assert today(model.hub)["total"]["answers"] == 1


async def test_an_answer_that_is_stopped_is_paid_by_estimate(model, people):
    model.says("كلمة " * 500, chunk=8, tokens_per_second=30)
    visitor = await people.visitor()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: len(visitor.seen("delta")) > 3, "it grows")
    run = next(event["run"] for event in visitor.log(visitor.room).events if event["ev"] == "run")
    assert requests_of(model.hub, visitor.room)[0]["open"], "what is under way counts by its estimate"
    await visitor.request("cancel", run=run)
    wait_for(lambda: not requests_of(model.hub, visitor.room)[0]["open"], 10, "it is settled")
    line, = requests_of(model.hub, visitor.room)
    assert line["estimated"] and line["prompt_tokens"] > 0 and 0 < line["completion_tokens"] < 600


async def test_what_a_killed_hub_asked_is_not_forgotten(model):
    model.says("كلمة " * 900, chunk=8, tokens_per_second=20)
    async with People(model.hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, "حدثني")
        await visitor.until(lambda: visitor.seen("delta"), "it grows")
        model.hub.kill()
        model.hub.start()
        line, = requests_of(model.hub, visitor.room)
        assert line["open"] and line["prompt_tokens"] > 0 and line["completion_tokens"] == 600, "its estimate is held"


# ---- budgets


async def test_a_day_ends_warns_and_stops_once_and_renews(two):
    model, one, other = two
    hub = model.hub
    today_zone, other_zone = two_days()
    zone(hub, today_zone)
    first = await one.visitor()
    first.hub_rest = hub.admin.rest()
    await asks(first)
    wait_for(lambda: today(hub, today_zone)["total"]["tokens"] > 0, 10, "it is written")
    # The bound lies so that this answer was four fifths of it; the next one ends it.
    put(hub, day_budget_tokens=today(hub, today_zone)["total"]["tokens"] * 10 // 9 + 1)
    second = await other.visitor()
    await asks(second)
    wait_for(lambda: audited(hub, "assistant.budget_stopped"), 10, "it is told")
    # Whom the assistant has goes to people at once, told in their language, and colleagues know why.
    assert await goes_to_people(first, "وغيرها؟") == ["سيتابع معك أحد زملائنا هنا، شكرًا لانتظارك."]
    agent = await one.staff()
    joined = await agent.join(first.room)
    notes = await agent.history(joined["side"])
    assert "رموز اليوم" in notes["messages"][-1]["body"]["text"]
    # New cases are not met, on either hub.
    for people in (one, other):
        wait_for(lambda: metric(people.hub, "hub_model_stopped") == 1, 10, "it is known")
        await until_met_by(people, hub.admin.rest(), "people")
    for people in (one, other):
        visitor = await people.visitor()
        visitor.hub_rest = hub.admin.rest()
        await stays_with_people(visitor)
    stopped = audited(hub, "assistant.budget_stopped")
    assert [entry["after"]["budget"] for entry in stopped] == ["day_tokens"], "once, whichever hub"
    assert len(audited(hub, "assistant.budget_warned")) <= 1
    report = next(each for each in hub.admin.rest().get("/system/status").json() if each["name"] == "assistant_budget")
    assert report["outcome"] == "limited" and "the tokens of this day" in report["message_en"]
    assert metric(hub, "hub_model_stopped") == 1
    assert metric(hub, "hub_model_spent_tokens", period="day") == today(hub, today_zone)["total"]["tokens"]
    # Another day of the shop begins at nothing.
    zone(hub, other_zone)
    assert metric(hub, "hub_model_stopped") == 0
    fresh = await until_met_by(other, hub.admin.rest(), "assistant")
    await fresh.until(lambda: said(fresh), "an answer")


async def test_a_warning_is_told_once_on_two_hubs(two):
    model, one, other = two
    put(model.hub, day_budget_tokens=10_000_000, budget_warning_percent=1, month_budget_micros=0)
    put(model.hub, day_budget_tokens=20_000, budget_warning_percent=1)
    for people in (one, other, one):
        await asks(await people.visitor())
    wait_for(lambda: audited(model.hub, "assistant.budget_warned"), 10, "it is told")
    await asyncio.sleep(0.5)
    entry, = audited(model.hub, "assistant.budget_warned")
    assert entry["after"]["budget"] == "day_tokens" and entry["after"]["bound"] == 20_000

    def told():
        return (one.hub.log_text() + other.hub.log_text()).count("a budget of the language model is nearly used up")

    # The line is written behind the commit.
    wait_for(told, 10, "a line of the log")
    assert told() == 1


async def test_an_answer_that_is_under_way_is_finished(model, people):
    model.says("كلمة " * 60, chunk=8, tokens_per_second=20)
    visitor = await people.visitor()
    await visitor.say(visitor.room, "حدثني")
    await visitor.until(lambda: visitor.seen("delta"), "it grows")
    put(model.hub, day_budget_tokens=1)
    await visitor.until(lambda: said(visitor), "it is finished")
    assert len(await goes_to_people(visitor, "وبعد؟")) == 1


async def test_a_conversation_has_a_budget_and_others_have_theirs(model, people):
    first, second = await people.visitor(), await people.visitor()
    await asks(first)
    wait_for(lambda: today(model.hub)["total"]["tokens"] > 0, 10, "it is written")
    put(model.hub, conversation_budget_tokens=1)
    await goes_to_people(first, "وغيرها؟")
    await asks(second, "مرحبا")


async def test_a_customer_has_a_rate_and_is_told_once(model, people):
    await_whole_hour()
    put(model.hub, customer_answers_per_hour=2)
    visitor, other = await people.visitor(), await people.visitor()
    await asks(visitor, "الأول")
    await asks(visitor, "الثاني")
    assert len(await goes_to_people(visitor, "الثالث")) == 1
    await visitor.say(visitor.room, "الرابع")
    await asyncio.sleep(1)
    assert len(said(visitor, "system")) == 1 and len(said(visitor)) == 2
    agent = await people.staff()
    joined = await agent.join(visitor.room)
    notes = await agent.history(joined["side"])
    assert "أجوبة هذا العميل في الساعة" in notes["messages"][0]["body"]["text"]
    await asks(other, "عميل آخر")


# ---- hours


CLOSED = {day: [] for day in ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")}
OPEN = {day: [{"from": "00:00", "to": "24:00"}] for day in CLOSED}


def week(hub, days):
    answer = hub.admin.rest().call("PATCH", "/settings/hours.week", json={"value": days})
    assert answer.status_code == 200, answer.text


async def test_whom_the_assistant_answers_is_not_told_that_it_is_closed(model, people):
    week(model.hub, CLOSED)
    visitor = await people.visitor()
    await asks(visitor)
    await asyncio.sleep(4)
    assert said(visitor, "system") == []
    # Who is given to people hears both: that somebody will go on, and that it is closed now.
    model.reset()
    await visitor.say(visitor.room, "أريد التحدث مع موظف")
    await visitor.until(lambda: len(said(visitor, "system")) == 2, "both are told")
    assert any("خارج ساعات العمل" in text for text in said(visitor, "system"))


async def test_it_meets_customers_only_in_its_hours(model, people):
    put(model.hub, hours="outside_hours")
    week(model.hub, OPEN)
    rest = model.hub.admin.rest()
    await until_met_by(people, rest, "people")
    visitor = await people.visitor()
    visitor.hub_rest = rest
    await stays_with_people(visitor)
    week(model.hub, CLOSED)
    fresh = await until_met_by(people, rest, "assistant")
    await fresh.until(lambda: said(fresh), "an answer")


async def test_its_tone_and_languages_are_told_to_the_model(model, people):
    put(model.hub, tone="formal", languages=["en", "ur"])
    await asks(await people.visitor())
    told = model.last()["body"]["messages"][0]["content"]
    assert "polite and formal" in told and "English, Urdu. To all others answer in English." in told


# ---- versions and the playground


async def test_an_answer_says_under_which_instructions_it_was_made(model, people):
    rest = model.hub.admin.rest()
    put(model.hub, instructions="الأولى")
    visitor = await people.visitor()
    await asks(visitor)
    put(model.hub, instructions="الثانية")
    await asks(visitor, "ثم؟")
    wait_for(lambda: len(requests_of(model.hub, visitor.room)) == 2, 10, "both are written")
    assert [line["version"] for line in requests_of(model.hub, visitor.room)] == [2, 1]
    path = "/settings/assistant.instructions"
    assert rest.get(f"{path}/versions/1").json()["after"] == "الأولى"
    assert rest.get(f"{path}/versions/3").status_code == 404
    stale = rest.call("POST", f"{path}/versions/1/restore", headers={"If-Match": '"1"'})
    assert stale.status_code == 412, stale.text
    restored = rest.call("POST", f"{path}/versions/1/restore")
    assert restored.status_code == 200 and restored.json()["value"] == "الأولى" and restored.json()["version"] == 3
    history = rest.get(f"{path}/history").json()["items"]
    assert [entry["version"] for entry in history] == [3, 2, 1] and history[0]["after"] == "الأولى"
    await asks(visitor, "والآن؟")
    assert "الأولى" in model.last()["body"]["messages"][0]["content"]


def test_the_playground_answers_as_a_customer_would_meet_it(model):
    rest = model.hub.admin.rest()
    made = rest.post("/products", {
        "sku": "IT-50", "name_ar": "بطاقة آيتونز", "price": 4950, "currency": "SAR", "state": "active"})
    assert made.status_code == 201, made.text
    put(model.hub, prompt_price_micros=1_000_000, instructions="كن موجزا")
    model.reset()
    asked = {"messages": [{"role": "user", "text": "بكم بطاقة آيتونز؟"}]}
    answer = rest.post("/ai/test", asked)
    assert answer.status_code == 200, answer.text
    answer = answer.json()
    assert "49.50" in answer["text"] and answer["handover"] is None and answer["version"] == 1
    assert [call["name"] for call in answer["tool_calls"]] == ["search_products"]
    assert answer["cost_micros"] == answer["usage"]["prompt_tokens"] > 0
    own = rest.post("/ai/test", asked | {"instructions": "تحدث كالشعراء", "tone": "plain", "languages": ["fr"]}).json()
    assert own["version"] is None
    told = model.last()["body"]["messages"][0]["content"]
    assert "تحدث كالشعراء" in told and "French" in told and "كن موجزا" not in told
    offered = {tool["function"]["name"] for tool in model.last()["body"]["tools"]}
    assert offered <= {"search_products", "search_articles", "hand_over"}, "nothing that acts or reads customers"
    wait_for(lambda: today(model.hub)["purposes"]["playground"]["tokens"] > 0, 10, "it is in the ledger")
    assert today(model.hub)["total"]["answers"] == 0
    wanted = rest.post("/ai/test", {"messages": [{"role": "user", "text": "أريد التحدث مع موظف"}]}).json()
    assert wanted["text"] is None and wanted["handover"]["reason"] == "asked"
    assert len(audited(model.hub, "assistant.tested")) == 3


def test_the_playground_streams(model):
    rest = model.hub.admin.rest()
    model.says("كلمة " * 20, chunk=8, tokens_per_second=200)
    asked = {"messages": [{"role": "user", "text": "سلام"}, {"role": "assistant", "text": "أهلًا"},
                          {"role": "user", "text": "حدثني"}]}
    stream = rest.call("POST", "/ai/test", json=asked, headers={"Accept": "text/event-stream"})
    assert stream.headers["content-type"].startswith("text/event-stream")
    blocks = [block.split("\n") for block in stream.content.decode().split("\n\n") if block.startswith("event:")]
    events = [(lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))) for lines in blocks]
    assert [name for name, _ in events[-1:]] == ["done"] and len(events) > 3
    assert "".join(data["t"] for name, data in events if name == "delta").strip() == events[-1][1]["text"]
    model.fault("invalid_key", times=9)
    stream = rest.call("POST", "/ai/test", json=asked, headers={"Accept": "text/event-stream"})
    name, data = stream.content.decode().strip().split("\n\n")[-1].split("\n")
    assert name == "event: problem" and json.loads(data.removeprefix("data: "))["code"] == "conflict"


def test_the_playground_says_what_is_wrong(model):
    rest = model.hub.admin.rest()
    asked = {"messages": [{"role": "user", "text": "سلام"}]}

    def refused(body, status, code):
        answer = rest.post("/ai/test", body)
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        return answer.json()

    refused({"messages": []}, 422, "invalid")
    refused({"messages": [{"role": "assistant", "text": "أهلًا"}]}, 422, "invalid")
    refused(asked | {"languages": ["ar", "ar"]}, 422, "invalid")
    model.fault("invalid_key", times=9)
    assert "OPENAI_API_KEY" in refused(asked, 409, "conflict")["detail"]
    model.reset()
    # What is held for a request that is over counts until that is written.
    wait_for(lambda: metric(model.hub, "hub_model_held_tokens", period="day") == 0, 10, "nothing is held")
    put(model.hub, day_budget_tokens=1)
    assert rest.post("/ai/test", asked).status_code == 200
    wait_for(lambda: today(model.hub)["total"]["tokens"] > 0, 10, "it is written")
    assert "the tokens of this day" in refused(asked, 429, "rate_limited")["detail"]
    put(model.hub, day_budget_tokens=0)
    agent = model.hub.account("agent", 0).rest()
    assert agent.post("/ai/test", asked).status_code == 403
    answers = []
    while 429 not in answers:
        answers.append(rest.post("/ai/test", asked).status_code)
        # A slow machine earns some of them back meanwhile.
        assert answers[0] == 200 and len(answers) < 100, "each test costs money"


# ---- long conversations


async def test_a_long_conversation_is_summed_up_once(model, people):
    put(model.hub, context_tokens=1000)
    model.script({"when": {"system": ["You sum up"]}, "answer": {"text": "يريد بطاقة آيتونز"}},
                 {"answer": {"text": "جواب " * 100}})
    visitor = await people.visitor()
    for number in range(6):
        await asks(visitor, f"سؤال {number}: " + "تفاصيل " * 60)

    def sent(kind):
        return [each["body"]["messages"] for each in model.log()["requests"]
                if ("You sum up" in each["body"]["messages"][0]["content"]) == (kind == "summary")]

    assert sent("summary") and len(sent("summary")) < 6, "it is not summed up at every question"
    read = sent("answer")[-1]
    assert read[1]["role"] == "user" and "يريد بطاقة آيتونز" in read[1]["content"]
    assert "سؤال 5" in read[-1]["content"]
    if len(sent("summary")) > 1:
        assert "يريد بطاقة آيتونز" in sent("summary")[-1][1]["content"], "the next one goes on from the one before"
    assert {line["purpose"] for line in requests_of(model.hub, visitor.room)} == {"answer", "summary"}
    assert not any("يريد بطاقة" in text for text in said(visitor)), "nobody is shown it"
    # Without it, the conversation is cut, and answered all the same.
    other = await people.visitor()
    model.script({"when": {"system": ["You sum up"]}, "answer": {"text": "", "refusal": "لا"}},
                 {"answer": {"text": "جواب " * 100}})
    for number in range(4):
        await asks(other, f"سؤال {number}: " + "تفاصيل " * 60)


def test_without_a_model_there_is_nothing_to_try(make_hub):
    hub = make_hub("sqlite").start()
    answer = hub.admin.rest().post("/ai/test", {"messages": [{"role": "user", "text": "سلام"}]})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict"), answer.text
    assert "OPENAI_API_KEY" in answer.json()["detail"]
    assert hub.admin.rest().get("/ai/usage", params={"from": "2026-11-01", "to": "2026-11-30"}).json() == {"items": []}
    for query in ({"from": "2026-11-31", "to": "2026-12-01"}, {"from": "2026-11-02", "to": "2026-11-01"},
                  {"from": "2020-01-01", "to": "2026-01-01"}, {"from": "2026-11-01"}):
        assert hub.admin.rest().get("/ai/usage", params=query).status_code == 422, query
