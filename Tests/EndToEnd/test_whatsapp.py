"""WhatsApp: from Meta's webhook to the staff's inbox."""
import asyncio
import concurrent.futures
import json
import random

import pytest
import requests

from hubtest.meta import NUMBER, SETTINGS, VERIFY, Meta, examples
from hubtest.people import People
from hubtest.waiting import eventually, wait_for

DATABASES = ["sqlite", "postgres"]


@pytest.fixture(params=DATABASES)
def shop(make_hub, request):
    return make_hub(request.param, settings=SETTINGS).start()


def lines(agent):
    return agent.request("inbox", limit=200)


async def conversation(agent):
    """The one conversation, once there is one."""
    async def first():
        return (await lines(agent))["conversations"][:1]

    return (await eventually(first, 20, "a conversation"))[0]


def texts(events):
    return [event["body"]["text"] for event in events if event["ev"] == "msg"]


def test_the_webhook_is_set_up(shop):
    query = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    answer = requests.get(Meta(shop).url, params=query, timeout=10)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert requests.get(Meta(shop).url, params=query | {"hub.verify_token": "x"}, timeout=10).status_code == 403


async def test_a_message_reaches_the_staff_while_they_watch(shop):
    meta = Meta(shop)
    async with People(shop) as people:
        agent = await people.staff()
        await agent.request("inbox")
        assert await asyncio.to_thread(meta.deliver, messages=[meta.text("السلام عليكم 👋")]) == 200
        line = await agent.until(
            lambda: next(iter(agent.seen("conv", head=1)), None), "the conversation in the inbox")
        assert (line["channel"], line["unread"], line["state"]) == ("whatsapp", 1, "open")
        assert line["contact"]["kind"] == "contact" and line["contact"]["name"] == "سارة"
        assert line["contact"]["phone"] == "+966501234567" and line["waiting_since"]
        await agent.join(line["room"])
        again = meta.text("هل من أحد؟", at=1_750_000_001)
        assert await asyncio.to_thread(meta.deliver, messages=[again]) == 200
        await agent.until_seq(line["room"], 2)
        assert texts(agent.log(line["room"]).events) == ["السلام عليكم 👋", "هل من أحد؟"]
        assert all(event["by"]["id"] == line["contact"]["id"] for event in agent.log(line["room"]).events)


async def test_what_comes_twice_and_in_any_order_is_there_once(shop):
    meta = Meta(shop)
    messages = [meta.text(f"رسالة {number}", at=1_750_000_000 + number) for number in range(30)]
    deliveries = [meta.body(messages=messages[start:start + 3]) for start in range(0, 30, 3)] * 2
    deliveries += [meta.body(messages=[message]) for message in messages]
    random.Random(7).shuffle(deliveries)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(meta.post, deliveries)) == {200}
    async with People(shop) as people:
        agent = await people.staff()
        line = await conversation(agent)
        await agent.join(line["room"])
        await agent.until_seq(line["room"], 30)
        await eventually(lambda: worked_off(shop), 30, "everything is worked off")
        assert sorted(texts(agent.log(line["room"]).events)) == sorted(message["text"]["body"] for message in messages)
        assert (await conversation(agent))["head"] == 30
        assert len((await lines(agent))["conversations"]) == 1


@pytest.mark.parametrize("seed", [1, 2])
async def test_every_example_of_metas_twice_and_shuffled(shop, seed):
    """Stored once, in the conversation of who wrote it, and answered 200."""
    meta = Meta(shop)
    kinds = {kind: json.loads(text) for kind, text in examples().items()}
    assert len(kinds) >= 15
    # The examples share an id or two, and their reaction is to a message that stands nowhere.
    for kind, message in kinds.items():
        message["id"] = f"wamid.example.{kind}"
    kinds["reaction"]["reaction"]["message_id"] = kinds["text"]["id"]
    for number, message in enumerate(kinds.values()):
        message["timestamp"] = str(1_750_000_000 + number)
    other = [message | {"from": "966500000009", "id": message["id"] + ".other"} for message in kinds.values()]
    other[list(kinds).index("reaction")]["reaction"] = {"message_id": kinds["text"]["id"] + ".other", "emoji": "👍"}
    other[list(kinds).index("system")]["system"] = kinds["system"]["system"] | {"wa_id": "966500000008"}
    # Nobody writes from a number that they have given up; in which order it is told does not matter.
    for message in (kinds["system"], other[list(kinds).index("system")]):
        message["timestamp"] = str(1_750_000_100)
    deliveries = [meta.body(messages=[message]) for message in [*kinds.values(), *other]] * 2
    random.Random(seed).shuffle(deliveries)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert set(pool.map(meta.post, deliveries)) == {200}
    await eventually(lambda: worked_off(shop), 30, "everything is worked off")
    async with People(shop) as people:
        agent = await people.staff()

        async def both():
            found = (await lines(agent))["conversations"]
            return found if len(found) == 2 else None

        for line in await eventually(both, 20, "two conversations"):
            await agent.join(line["room"])
            await agent.until_seq(line["room"], len(kinds))
            events = agent.log(line["room"]).events
            assert len([event for event in events if event["ev"] == "msg"]) == len(kinds) - 1
            assert len([event for event in events if event["ev"] == "react"]) == 1
            assert len(events) == len(kinds) and line["head"] == len(kinds)


async def test_every_kind_is_shown(shop):
    meta = Meta(shop)
    base = {"from": "966501234567", "timestamp": "1750000000"}
    kinds = {
        "image": {"id": "1", "mime_type": "image/jpeg", "sha256": "x", "caption": "صورة المنتج"},
        "audio": {"id": "2", "mime_type": "audio/ogg; codecs=opus", "sha256": "x", "voice": True},
        "location": {"latitude": 24.7, "longitude": 46.6, "name": "الرياض"},
        "contacts": [{"name": {"formatted_name": "هند"}, "phones": [{"phone": "+966500000000"}]}],
        "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "نعم"}},
        "order": {"catalog_id": "1", "text": "", "product_items": [
            {"product_retailer_id": "p", "quantity": 2, "item_price": 30.0, "currency": "SAR"}]},
        "hologram": {"depth": 3},
    }
    messages = [base | {"id": f"wamid.{kind}", "type": kind, kind: value} for kind, value in kinds.items()]
    messages.append(base | {"id": "wamid.bodyless", "type": "interactive"})
    assert await asyncio.to_thread(meta.deliver, messages=messages) == 200
    async with People(shop) as people:
        agent = await people.staff()
        line = await conversation(agent)
        await agent.join(line["room"])
        await agent.until_seq(line["room"], len(messages))
        events = agent.log(line["room"]).events
        assert [event["kind"] for event in events] == [
            "media", "media", "location", "contacts", "choice", "order", "unsupported", "unsupported"]
        assert events[0]["body"]["media_id"] == "1" and events[0]["body"]["state"] == "pending"
        assert events[6]["body"]["raw"]["hologram"] == {"depth": 3}
        assert all(event["body"]["text"] for event in events)


async def test_staff_at_the_phone_app_answer_and_ticks_rise(shop):
    meta = Meta(shop)
    async with People(shop) as people:
        agent = await people.staff()
        assert await asyncio.to_thread(meta.deliver, messages=[meta.text("مرحبا")]) == 200
        line = await conversation(agent)
        await agent.join(line["room"])
        echo = meta.text("أهلا بك", sender=NUMBER, to="966501234567")
        # The statuses come before the message they speak of.
        for state in ["read", "sent", "delivered"]:
            assert await asyncio.to_thread(meta.deliver, statuses=[meta.status(echo, state)]) == 200
        body = meta.body(field="smb_message_echoes", message_echoes=[echo])
        assert await asyncio.to_thread(meta.post, body) == 200
        await agent.until(
            lambda: [event for event in agent.log(line["room"]).events if event.get("state") == "read"],
            "the message was read")
        history = await agent.request("history", room=line["room"])
        assert [message["by"]["kind"] for message in history["messages"]] == ["contact", "staff"]
        assert history["messages"][1]["status"]["state"] == "read"
        assert (await conversation(agent))["waiting_since"] is None


def test_a_wrong_signature_stores_nothing_and_is_counted(shop):
    meta = Meta(shop)
    body = meta.body(messages=[meta.text("planted")])
    assert meta.post(body, signature=meta.sign(body, "another secret")) == 403
    assert meta.post(body, signature="sha256=") == 403
    assert requests.post(meta.url, data=body, timeout=10).status_code == 401
    text = metrics(shop)
    assert 'hub_whatsapp_webhooks_total{ending="forged"} 2' in text
    assert 'hub_whatsapp_webhooks_total{ending="unsigned"} 1' in text
    assert 'hub_whatsapp_webhooks_pending{state="new"} 0' in text
    assert "planted" not in shop.log_text()


def test_without_an_app_secret_nothing_is_accepted_and_the_doctor_says_so(make_hub):
    hub = make_hub(settings={"WA_VERIFY_TOKEN": VERIFY}).start()
    meta = Meta(hub)
    assert meta.deliver(messages=[meta.text("x")]) == 503
    report = hub.run("doctor")
    assert report.returncode != 0 and "WA_APP_SECRET" in report.stdout + report.stderr


async def test_nothing_is_lost_when_the_hub_dies_after_its_answer(shop):
    """Killed again and again in the middle of a flood: what was answered 200 is there once."""
    meta = Meta(shop)
    answered = []

    def send(number):
        message = meta.text(f"رسالة {number}", at=1_750_000_000 + number)
        body = meta.body(messages=[message])
        try:
            if meta.post(body) == 200:
                answered.append(message["text"]["body"])
        except requests.RequestException:
            pass

    # A lease of a dead hub ends soon.
    shop.settings |= {"HUB_WEBHOOK_LEASE_MS": "1000", "HUB_WEBHOOK_POLL_MS": "50"}
    shop.restart()
    for round in range(3):
        goal = len(answered) + 40
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            futures = [pool.submit(send, round * 1000 + number) for number in range(400)]
            wait_for(lambda: len(answered) >= goal or all(future.done() for future in futures), 60, "a flood")
            shop.kill()
        shop.start()
    async with People(shop) as people:
        agent = await people.staff()
        line = await conversation(agent)
        await eventually(lambda: worked_off(shop), 60, "everything is worked off")
        await agent.join(line["room"])
        head = (await conversation(agent))["head"]
        await agent.until_seq(line["room"], head)
        log = texts(agent.log(line["room"]).events)
    assert len(log) == len(set(log)), "nothing is there twice"
    assert set(answered) <= set(log), "nothing that was answered is lost"


def worked_off(hub):
    return 'hub_whatsapp_webhooks_pending{state="new"} 0' in metrics(hub)


def metrics(hub):
    return requests.get(f"{hub.url}/metrics", headers={"Authorization": f"Bearer {hub.admin.token()}"}, timeout=10).text
