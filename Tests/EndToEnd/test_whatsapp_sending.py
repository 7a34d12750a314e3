"""Answers of staff on their way to a customer's phone, through the local WhatsApp and whatever goes wrong there."""
import asyncio
import base64
import os
from datetime import UTC, datetime, timedelta

import pytest
import requests

from hubtest.client import Refused
from hubtest.database import age_window
from hubtest.files import png
from hubtest.network import Network
from hubtest.people import People
from hubtest.waiting import eventually, wait_for
from hubtest.whatsapp import FAHAD, HIND, WhatsApp

DATABASES = ["sqlite", "postgres"]

# A patient outbox makes patient tests.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_PAUSE_MS": "50", "HUB_OUTBOX_PROBE_MS": "500",
    "HUB_OUTBOX_TIMEOUT_MS": "1000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "1000", "HUB_OUTBOX_LEASE_MS": "2000",
    "HUB_OUTBOX_PAIR_BURST": "45", "HUB_OUTBOX_SETTLE_MS": "8000", "HUB_WEBHOOK_POLL_MS": "50",
}


@pytest.fixture(params=DATABASES)
def shop(make_hub, request):
    """A hub and the WhatsApp that it is connected to."""
    hub = make_hub(request.param, settings=QUICK)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    phone.set(status_delay_ms=30, retry_delay_ms=200)
    network = Network(phone.port)
    hub.settings |= phone.settings() | {"WA_API_URL": network.url}
    hub.phone, hub.network = phone, network
    yield hub.start()
    network.close()
    phone.close()


async def do(call, *arguments, **options):
    return await asyncio.to_thread(call, *arguments, **options)


async def meet(shop, agent, text="السلام عليكم", customer=HIND):
    """A customer writes; the room of the conversation, which the agent follows."""
    await do(shop.phone.writes, text, customer)

    async def first():
        lines = (await agent.request("inbox", limit=50))["conversations"]
        return [line["room"] for line in lines
                if line["channel"] == "whatsapp" and line["room"] not in agent.rooms and line["head"]]

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
        offered = refusal.value.templates
        assert [(one["name"], one["language"], one["parameters"]) for one in offered] == [
            ("hello_world", "en_US", []), ("welcome_back", "ar", ["1"]), ("welcome_back", "en", ["1"])]
        rest = agent.account.rest()
        assert (await do(rest.get, "/whatsapp/templates")).json() == {"templates": offered}
        refused = await do(rest.post, f"/rooms/{room}/messages", {"kind": "text", "body": {"text": "هل ما زلت هنا؟"}})
        assert refused.status_code == 409 and refused.json()["templates"] == offered
        sent = await agent.write("send", room, kind="template", body={
            "name": "welcome_back", "language": "ar", "params": {"body": ["هند"]}})
        await status(agent, room, sent["seq"], "read")
        body, = await received(shop)
        assert body["template"]["name"] == "welcome_back"


async def test_buttons_a_list_and_a_link(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        offers = [
            {"buttons": [{"id": "yes", "title": "نعم"}, {"id": "no", "title": "لا"}], "footer": "متجر البطاقات"},
            {"list": {"button": "اختر", "sections": [
                {"rows": [{"id": "r1", "title": "آيتونز", "description": "50"}]}]}},
            {"link": {"title": "السلة", "url": "https://example.com/cart"}, "header": "طلبك"},
        ]
        for offer in offers:
            sent = await agent.write("send", room, kind="interactive", body={"text": "اختر ما تريد"} | offer)
            await status(agent, room, sent["seq"], "read")
        kinds = [body["interactive"]["type"] for body in await received(shop)]
        assert kinds == ["button", "list", "cta_url"]
        event, = [event for event in agent.log(room).events if event["ev"] == "msg" and event["seq"] == 2]
        assert event["kind"] == "interactive" and event["body"]["buttons"][0]["title"] == "نعم"
        for wrong in [{}, {"buttons": []}, {"buttons": [{"id": "a", "title": "ط" * 21}]}, offers[0] | offers[2]]:
            refused = await do(agent.account.rest().post, f"/rooms/{room}/messages",
                               {"kind": "interactive", "body": {"text": "؟"} | wrong})
            assert refused.status_code == 400, refused.text


async def test_over_rest_it_is_the_same(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        rest = agent.account.rest()
        key = {"Idempotency-Key": "answer-to-order-17"}
        body = {"kind": "text", "body": {"text": "وصل طلبك"}, "reply_to": 1}
        answers = [await do(rest.post, f"/rooms/{room}/messages", body, headers=key) for _ in range(3)]
        assert {answer.status_code for answer in answers} == {201} and answers[0].json() == answers[2].json()
        assert [answer.headers.get("Idempotent-Replayed") for answer in answers] == [None, "true", "true"]
        other = await do(rest.post, f"/rooms/{room}/messages", body | {"reply_to": None}, headers=key)
        assert other.status_code == 422 and other.json()["code"] == "idempotency_key_reused"
        seq = answers[0].json()["seq"]
        await status(agent, room, seq, "read")
        file = (await do(rest.upload, "a.png", png(3, 3))).json()["id"]
        sent = await do(rest.post, f"/rooms/{room}/messages", {"kind": "file", "body": {"attachment": file}})
        await status(agent, room, sent.json()["seq"], "read")
        reaction = await do(rest.post, f"/rooms/{room}/messages/1/reactions", {"emoji": "👍"})
        assert reaction.status_code == 201
        assert (await do(rest.post, f"/rooms/{room}/read", {"upto": seq, "typing": True})).json() == {"upto": seq}

        async def arrived():
            log = await do(shop.phone.log)
            return len(await received(shop)) == 3 and log["typing"] and log["messages"][0]["read"]

        await eventually(arrived, 20, "text, picture, reaction, the mark and the sign of writing")
        assert [body["type"] for body in await received(shop)] == ["text", "image", "reaction"]
        assert (await do(rest.delete, f"/rooms/{room}/messages/{seq}")).status_code == 204
        assert (await do(rest.delete, f"/rooms/{room}/messages/{seq}")).status_code == 404


async def test_a_customer_sees_that_staff_read_and_write(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)

        async def is_read():
            return (await do(shop.phone.log))["messages"][0]["read"]

        assert not await is_read()
        await agent.request("read", room=room, seq=1)
        await eventually(is_read, 20, "the customer sees that it was read")
        for _ in range(5):
            await agent.request("typing", room=room, on=True)

        async def is_typing():
            return (await do(shop.phone.log))["typing"]

        assert await eventually(is_typing, 20, "the customer sees that somebody writes") == [HIND]


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


async def test_a_network_that_fails_at_any_byte(shop):
    """Whatever byte is the last one: nothing is sent twice, and nothing is lost without a word."""
    cuts = [("request", count) for count in (0, 1, 40, 200, 400, 520, 640, 700, 740, 780)]
    cuts += [("answer", count) for count in (0, 1, 15, 80, 160, 240, 300)]
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        shop.network.fail(cuts)
        said = [await agent.say(room, f"رسالة {number}") for number in range(len(cuts) + 4)]
        ended = {}

        def all_ended():
            for event in agent.log(room).events:
                if event["ev"] == "status" and event["state"] in ("read", "failed"):
                    ended[event["target"]] = event
            return len(ended) == len(said)

        await agent.until(all_ended, "each message is read, or failed in words", within=60)
        arrived = await texts(shop)
        assert len(arrived) == len(set(arrived)), "nothing is sent twice"
        for number, receipt in enumerate(said):
            event = ended[receipt["seq"]]
            assert (f"رسالة {number}" in arrived) == (event["state"] == "read"), event
            assert event["state"] == "read" or event["err"]
        assert len(shop.network.cuts) < 4 and len(arrived) >= len(said) - len(cuts)
        assert arrived == sorted(arrived, key=lambda text: int(text.split()[1])), "in order"


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
        return "hub_outbox_stopped_numbers 1" in metrics(shop)

    wait_for(is_stopped, 20, "the number is stopped")


async def test_what_was_deleted_on_its_way_is_not_tried_again(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        # It is refused for now, a while after it was asked for: by then nobody wants it any more.
        await do(shop.phone.fault, "messages", error_code=131000, http=500, delay_ms=800)
        wrong = await agent.say(room, "خطأ")
        await eventually(lambda: do(under_way, shop), 20, "it is under way")
        await agent.write("delete", room, target=wrong["seq"])
        right = await agent.say(room, "صواب")
        await status(agent, room, right["seq"], "read", within=30)
        assert await texts(shop) == ["صواب"]


async def test_when_meta_is_away_one_message_looks_for_all(shop):
    async with People(shop) as people:
        agent = await people.staff()
        rooms = [await meet(shop, agent)]
        rooms.append(await meet(shop, agent, customer=FAHAD))
        await do(shop.phone.fault, "messages", error_code=131016, http=503, times=12)
        answers = [(room, await agent.say(room, "مرحبا")) for room in rooms]
        for room, answer in answers:
            await status(agent, room, answer["seq"], "read", within=60)
        assert await texts(shop) == ["مرحبا", "مرحبا"]


async def test_two_hubs_send_each_message_once(make_hub):
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=QUICK | secret)
    phone = WhatsApp(f"{first.url}/api/v1/whatsapp/webhook")
    try:
        phone.set(status_delay_ms=30, retry_delay_ms=200)
        first.settings |= phone.settings()
        first.phone = phone
        first.start()
        second = make_hub(database_url=first.database_url, settings=QUICK | secret | phone.settings()).start()
        second.accounts = first.accounts
        async with People(first) as one, People(second) as other:
            near, far = await one.staff(), await other.staff()
            customers = [f"SA.77000000000000{number:02}" for number in range(12)]
            for number, customer in enumerate(customers):
                await do(phone.control, "customers", {
                    "user_id": customer, "wa_id": f"9665770000{number:02}", "name": f"عميل {number}"})
            rooms = [await meet(first, near, customer=customer) for customer in customers]
            for room in rooms:
                await far.follow(room)
            said = []

            async def talk(agent, name):
                for turn in range(4):
                    for room in rooms:
                        text = f"{name} {turn} {room}"
                        said.append((room, (await agent.say(room, text))["seq"], text))

            await asyncio.gather(talk(near, "قريب"), talk(far, "بعيد"))
            for room, seq, _ in said:
                await status(near, room, seq, "read", within=60)
            arrived = await texts(first)
            assert sorted(arrived) == sorted(text for _, _, text in said)
            # Of one customer, in the order of the log, whichever hub sends.
            for room in rooms:
                order = [text for place, _, text in sorted(said, key=lambda line: line[1]) if place == room]
                assert [text for text in arrived if text.endswith(room)] == order
    finally:
        phone.close()


def under_way(shop):
    return "hub_outbox_under_way 1" in metrics(shop)


def metrics(shop):
    head = {"Authorization": f"Bearer {shop.admin.token()}"}
    return requests.get(f"{shop.url}/metrics", headers=head, timeout=5).text


async def test_a_customer_says_how_it_was(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await agent.say(room, "تم حل المشكلة")
        await agent.write("state", room, state="resolved")
        lists = await eventually(lambda: asked(shop), 20, "the customer is asked")
        rows = lists[0]["body"]["interactive"]["action"]["sections"][0]["rows"]
        assert len(lists) == 1 and len(rows) == 5
        survey = next(event for event in agent.log(room).events if event["ev"] == "survey")
        for row in (rows[1], rows[1], rows[4]):
            choice = {"type": "interactive", "context": {"id": lists[0]["id"]},
                      "interactive": {"type": "list_reply", "list_reply": row}}
            await do(shop.phone.control, "messages", {"from": HIND, "message": choice})
        await agent.until(lambda: [event for event in agent.log(room).events if event["ev"] == "rating"], "the rating")
        await do(shop.phone.writes, "شكرا لكم")
        await agent.until(
            lambda: [event for event in agent.log(room).events if event["ev"] == "state" and event["state"] == "open"],
            "what the customer writes opens it")
        events = agent.log(room).events
        ratings = [event for event in events if event["ev"] == "rating"]
        assert [(rating["survey"], rating["score"], rating["by"]["kind"]) for rating in ratings] == [
            (survey["seq"], 4, "contact")]
        # The answer opened nothing: only what was written after it did.
        opened = next(event["seq"] for event in events if event["ev"] == "state" and event["state"] == "open")
        written = next(event["seq"] for event in events
                       if event["ev"] == "msg" and event["body"].get("text") == "شكرا لكم")
        assert ratings[0]["seq"] < written < opened
        assert not [event for event in events if event["ev"] == "msg" and event["kind"] == "choice"]
        listed = shop.admin.rest().get("/ratings").json()["items"]
        assert [(item["conversation"], item["score"]) for item in listed] == [(room, 4)]
        assert len(await asked(shop)) == 1, "nobody is asked twice"


async def asked(shop):
    """The lists that reached the customer."""
    log = await do(shop.phone.log)
    return [message for message in log["messages"]
            if not message["from_customer"] and message["body"]["type"] == "interactive"]


async def test_a_template_that_meta_approves_is_offered_at_once(shop):
    def names():
        return [one["name"] for one in shop.admin.rest().get("/whatsapp/templates").json()["templates"]]

    await eventually(lambda: do(names), 20, "the templates")
    for approved in (True, False):
        news = {"name": "order_shipped", "language": "ar", "approved": approved}
        await do(shop.phone.control, "templates", news)
        await eventually(
            lambda: is_offered(names, approved), 20, f"the template that is {approved and 'approved' or 'disabled'}")


async def is_offered(names, wanted):
    return ("order_shipped" in await do(names)) == wanted
