"""A customer's number changes: they go on in one conversation, whatever the order in which WhatsApp tells of it."""
import concurrent.futures
import random

import pytest
import requests

from hubtest.meta import SETTINGS, Meta
from hubtest.people import People
from hubtest.waiting import eventually, wait_for

from test_whatsapp import lines, texts, worked_off

DATABASES = ["sqlite", "postgres"]
OLD, NEW = "966501234567", "966507654321"
CHANGE = 1_750_000_100


@pytest.fixture(params=DATABASES)
def shop(make_hub, request):
    settings = SETTINGS | {"HUB_WEBHOOK_LEASE_MS": "1000", "HUB_WEBHOOK_POLL_MS": "50"}
    return make_hub(request.param, settings=settings).start()


def told(meta, at=CHANGE):
    system = {"type": "user_changed_number", "body": f"سارة changed from {OLD} to {NEW}", "wa_id": NEW}
    message = meta.text("", sender=OLD, at=at, type="system", system=system)
    del message["text"]
    return message


async def rooms_of(agent, count):
    """Rooms of the inbox with what was written in them, once there are so many."""
    async def found():
        conversations = (await lines(agent))["conversations"]
        return conversations if len(conversations) == count else None

    conversations = await eventually(found, 30, f"{count} conversations")
    logs = {}
    for line in conversations:
        if line["room"] not in agent.rooms:
            await agent.join(line["room"])
        await agent.until_seq(line["room"], line["head"])
        logs[line["room"]] = agent.log(line["room"]).events
    return logs


async def test_the_conversation_goes_on_under_the_new_number(shop):
    meta = Meta(shop)
    before = meta.text("من الرقم القديم", sender=OLD, at=CHANGE - 10)
    late = meta.text("تأخرت هذه", sender=OLD, at=CHANGE - 5)
    after = meta.text("من الرقم الجديد", sender=NEW, at=CHANGE + 5)
    stranger = meta.text("رقم لشخص آخر", sender=OLD, at=CHANGE + 50)
    for message in (before, told(meta), after, late, stranger):
        assert meta.deliver(messages=[message]) == 200
        await eventually(lambda: worked_off(shop), 20, "it is worked off")
    async with People(shop) as people:
        agent = await people.staff()
        logs = await rooms_of(agent, 2)
        written = sorted([texts(log) for log in logs.values()], key=len)
        assert written[0] == ["رقم لشخص آخر"]
        assert [written[1][0], *written[1][2:]] == ["من الرقم القديم", "من الرقم الجديد", "تأخرت هذه"]


async def test_who_wrote_from_the_new_number_first_goes_on_where_they_were(shop):
    meta = Meta(shop)
    first = meta.text("أين طلبي؟", sender=OLD, at=CHANGE - 10)
    early = meta.text("أنا سارة برقم جديد", sender=NEW, at=CHANGE + 5)
    later = meta.text("هل وصل؟", sender=NEW, at=CHANGE + 60)
    reaction = meta.text("", sender=NEW, at=CHANGE + 61, type="reaction",
                         reaction={"message_id": early["id"], "emoji": "👍"})
    revoke = meta.text("", sender=NEW, at=CHANGE + 62, type="revoke", revoke={"original_message_id": early["id"]})
    change = told(meta)
    for message in (first, early, change, change, later, reaction, revoke):
        assert meta.deliver(messages=[message]) == 200
        await eventually(lambda: worked_off(shop), 20, "it is worked off")
    async with People(shop) as people:
        agent = await people.staff()
        logs = await rooms_of(agent, 2)
        old = next(room for room, log in logs.items() if texts(log)[0] == "أين طلبي؟")
        assert texts(logs[old])[2:] == ["هل وصل؟"]
        side = next(log for room, log in logs.items() if room != old)
        assert [event["ev"] for event in side] == ["msg", "msg", "react", "del"]
        notice = side[1]["body"]
        assert (notice["notice"], notice["room"]) == ("goes_on", old)
        # Both are one customer's, who is reached by the new number.
        contacts = {(line["contact"]["id"], line["contact"]["phone"])
                    for line in (await lines(agent))["conversations"]}
        assert len(contacts) == 1 and contacts.pop()[1] == f"+{NEW}"


async def test_nothing_is_lost_or_doubled_when_the_hub_dies_meanwhile(shop):
    meta = Meta(shop)
    messages = [meta.text(f"قديم {number}", sender=OLD, at=CHANGE - 100 + number) for number in range(40)]
    messages += [meta.text(f"جديد {number}", sender=NEW, at=CHANGE + 1 + number) for number in range(40)]
    deliveries = [meta.body(messages=[message]) for message in [*messages, told(meta)]] * 2
    random.Random(11).shuffle(deliveries)
    open_ = list(deliveries)

    def send(body):
        try:
            if meta.post(body) == 200:
                open_.remove(body)
        except requests.RequestException:
            pass

    while open_:
        goal = max(0, len(open_) - 45)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            futures = [pool.submit(send, body) for body in list(open_)]
            wait_for(lambda: len(open_) <= goal or all(future.done() for future in futures), 60, "a flood")
            shop.kill()
        shop.start()
    await eventually(lambda: worked_off(shop), 60, "everything is worked off")
    # Whatever came first: from now on there is one conversation.
    for sender, at in ((OLD, CHANGE - 1), (NEW, CHANGE + 90)):
        assert meta.deliver(messages=[meta.text("وأخيرا", sender=sender, at=at)]) == 200
    await eventually(lambda: worked_off(shop), 60, "everything is worked off")
    async with People(shop) as people:
        agent = await people.staff()
        count = len((await lines(agent))["conversations"])
        assert count <= 2
        logs = await rooms_of(agent, count)
        log = [text for events in logs.values() for text in texts(events)]
        for message in messages:
            assert log.count(message["text"]["body"]) == 1
        assert log.count(told(meta)["system"]["body"]) == 1
        last = [room for room, events in logs.items() if texts(events).count("وأخيرا") > 0]
        assert len(last) == 1 and log.count("وأخيرا") == 2
        first = next(room for room, events in logs.items() if "قديم 0" in texts(events))
        assert last == [first] and {f"قديم {number}" for number in range(40)} <= set(texts(logs[first]))
