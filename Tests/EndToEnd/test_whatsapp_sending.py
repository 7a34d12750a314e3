"""Answers of staff on their way to a customer's phone, through the local WhatsApp and whatever goes wrong there."""
import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
import requests

from hubtest.client import Refused
from hubtest.database import psql
from hubtest.files import png
from hubtest.people import People
from hubtest.waiting import eventually, wait_for
from hubtest.whatsapp import FAHAD, HIND, WhatsApp

DATABASES = ["sqlite", "postgres"]

# A patient outbox makes patient tests.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_PAUSE_MS": "50", "HUB_OUTBOX_PROBE_MS": "500",
    "HUB_OUTBOX_TIMEOUT_MS": "1000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "1000", "HUB_OUTBOX_LEASE_MS": "2000",
    "HUB_OUTBOX_PAIR_BURST": "45", "HUB_WEBHOOK_POLL_MS": "50",
}


@pytest.fixture(params=DATABASES)
def shop(make_hub, request):
    """A hub and the WhatsApp that it is connected to."""
    hub = make_hub(request.param, settings=QUICK)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    phone.set(status_delay_ms=30, retry_delay_ms=200)
    hub.settings |= phone.settings()
    hub.phone = phone
    yield hub.start()
    phone.close()


async def do(call, *arguments, **options):
    return await asyncio.to_thread(call, *arguments, **options)


async def meet(shop, agent, text="السلام عليكم", customer=HIND):
    """A customer writes; the room of the conversation, which the agent follows."""
    await do(shop.phone.writes, text, customer)

    async def first():
        lines = (await agent.request("inbox", limit=50))["conversations"]
        return [line["room"] for line in lines if line["channel"] == "whatsapp" and line["room"] not in agent.rooms]

    room = (await eventually(first, 20, "a conversation"))[0]
    await agent.follow(room)
    return room


async def status(agent, room, seq, state, within=20):
    """Waits until a message got so far; the event."""
    def told():
        return [event for event in agent.log(room).events
                if event["ev"] == "status" and event["target"] == seq and event["state"] == state]

    await agent.until(told, f"message {seq} is {state}", within)
    return told()[0]


async def received(shop):
    """What reached customers, in its order."""
    log = await do(shop.phone.log)
    return [message["body"] for message in log["messages"] if not message["from_customer"]]


async def texts(shop):
    return [body["text"]["body"] for body in await received(shop)]


async def test_an_answer_reaches_the_phone_and_its_ticks_come_back(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        answer = await agent.say(room, "وعليكم السلام، كيف نخدمك؟", reply_to=1)
        await status(agent, room, answer["seq"], "read")
        body, = await received(shop)
        assert body["text"]["body"] == "وعليكم السلام، كيف نخدمك؟" and body["to"].startswith("966")
        assert body["context"]["message_id"].startswith("wamid.")
        states = [event["state"] for event in agent.log(room).events if event["ev"] == "status"]
        ranks = ["queued", "sent", "delivered", "read"]
        assert states == sorted(set(states), key=ranks.index) and states[-1] == "read"


async def test_who_hides_the_number_is_reached_by_user_id(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent, customer=FAHAD)
        answer = await agent.say(room, "أهلا")
        await status(agent, room, answer["seq"], "read")
        body, = await received(shop)
        assert body["recipient"] == FAHAD and "to" not in body


async def test_a_long_text_a_file_and_a_reaction(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        long = await agent.say(room, "كلمة " * 1500)
        await agent.write("react", room, target=1, emoji="👍", on=True)
        await status(agent, room, long["seq"], "read")

        async def all_there():
            return len(await received(shop)) == 3

        await eventually(all_there, 20, "two bubbles and a reaction")
        first, second, reaction = await received(shop)
        assert len(first["text"]["body"]) <= 4096 and second["type"] == "text"
        assert reaction["reaction"]["emoji"] == "👍" and reaction["reaction"]["message_id"].startswith("wamid.")
        file = await do(agent.account.rest().upload, "a.png", png(3, 3))
        sent = await agent.write(
            "send", room, kind="file", body={"attachment": file.json()["id"], "caption": "تفضل"})
        await status(agent, room, sent["seq"], "read")
        assert (await received(shop))[-1]["image"]["caption"] == "تفضل"


async def test_a_free_text_outside_the_window_is_refused_and_a_template_is_sent(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        # The customer's last word is pushed into the past, as a late webhook would tell it.
        await do(age_window, shop)
        with pytest.raises(Refused) as refusal:
            await agent.say(room, "هل ما زلت هنا؟")
        assert refusal.value.code == "conflict" and "template" in str(refusal.value)
        sent = await agent.write("send", room, kind="template", body={
            "name": "welcome_back", "language": "ar", "params": {"body": ["هند"]}})
        await status(agent, room, sent["seq"], "read")
        body, = await received(shop)
        assert body["template"]["name"] == "welcome_back"


async def test_the_composer_is_told_when_the_window_closes(shop):
    async with People(shop) as people:
        agent = await people.staff()
        visitor = await people.visitor()
        await visitor.say(visitor.room, "سلام")
        room = await meet(shop, agent)

        async def until(room):
            lines = (await agent.request("inbox", limit=50))["conversations"]
            return next(line.get("window_until", "never") for line in lines if line["room"] == room)

        ahead = datetime.fromisoformat(await until(room)) - datetime.now(UTC)
        # WhatsApp tells whole seconds.
        assert timedelta(hours=24, seconds=-60) < ahead <= timedelta(hours=24)
        assert await until(visitor.room) == "never"
        await do(age_window, shop)
        past = await until(room)
        await do(shop.phone.writes, "ما زلت هنا")
        await agent.until(
            lambda: any(event["window_until"] > past for event in agent.seen("conv", room=room, head=2)),
            "the next message opens it again")


async def test_a_storm_of_refusals_loses_nothing_and_keeps_the_order(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        for fault in [{"http": 503}, {"error_code": 131000, "http": 500}, {"error_code": 130429, "http": 429},
                      {"error_code": 131056}, {"error_code": 999, "transient": True}]:
            await do(shop.phone.fault, "messages", times=2, **fault)
        answers = [await agent.say(room, f"رسالة {number}") for number in range(6)]
        await status(agent, room, answers[-1]["seq"], "read", within=60)
        assert await texts(shop) == [f"رسالة {number}" for number in range(6)]


@pytest.mark.parametrize("fault", [{"lost": True}, {"hang_ms": 3000}])
async def test_an_answer_that_is_lost_is_not_sent_again(shop, fault):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await do(shop.phone.fault, "messages", **fault)
        first = await agent.say(room, "مرة واحدة")
        second = await agent.say(room, "بعدها")
        await status(agent, room, second["seq"], "read")
        await status(agent, room, first["seq"], "read")
        assert await texts(shop) == ["مرة واحدة", "بعدها"]


async def test_what_can_never_be_sent_says_why(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await do(shop.phone.fault, "messages", error_code=131026)
        answer = await agent.say(room, "مرحبا")
        failed = await status(agent, room, answer["seq"], "failed")
        assert "131026" in failed["err"] and "واتساب" in failed["err"]
        assert await received(shop) == []


async def test_an_expired_key_holds_everything_until_it_is_good_again(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await do(shop.phone.set, token_expired=True)
        answers = [await agent.say(room, f"{number}") for number in range(3)]
        await do(stopped, shop)
        await do(shop.phone.set, token_expired=False)
        await status(agent, room, answers[-1]["seq"], "read", within=30)
        assert await texts(shop) == ["0", "1", "2"]


async def test_kill_in_the_middle_loses_nothing_and_sends_nothing_twice(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        said = []
        for turn in range(3):
            # The message is carried out, and the hub dies before it hears so.
            await do(shop.phone.fault, "messages", hang_ms=1500)
            for number in range(3):
                said.append((await agent.say(room, f"{turn}.{number}"), f"{turn}.{number}"))

            async def is_under_way():
                return f"{turn}.0" in await texts(shop)

            await eventually(is_under_way, 20, "the first of them is under way")
            await do(shop.kill)
            await do(shop.start)
            agent = await people.staff(account=agent.account)
            await agent.follow(room)
            await status(agent, room, said[-1][0]["seq"], "read", within=60)
        for receipt, _ in said:
            await status(agent, room, receipt["seq"], "read", within=60)
        assert await texts(shop) == [text for _, text in said]


async def test_what_was_deleted_in_time_is_not_sent(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await do(shop.phone.set, token_expired=True)
        await agent.say(room, "أول")
        wrong = await agent.say(room, "خطأ")
        right = await agent.say(room, "صواب")
        await agent.write("delete", room, target=wrong["seq"])
        await do(shop.phone.set, token_expired=False)
        await status(agent, room, right["seq"], "read", within=30)
        assert await texts(shop) == ["أول", "صواب"]


def stopped(shop):
    def is_stopped():
        head = {"Authorization": f"Bearer {shop.admin.token()}"}
        return "hub_outbox_stopped_numbers 1" in requests.get(f"{shop.url}/metrics", headers=head, timeout=5).text

    wait_for(is_stopped, 20, "the number is stopped")


def age_window(shop):
    """Moves the customer's last message two days back, in the database itself."""
    statement = "UPDATE rooms SET heard_ms = heard_ms - 172800000"
    if shop.database == "postgres":
        psql(shop.database_url, statement)
        return
    with contextlib.closing(sqlite3.connect(shop.data / "hub.sqlite", timeout=10)) as database, database:
        database.execute(statement)
