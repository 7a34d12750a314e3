"""What is owed to a customer's phone while networks, keys and hubs fail: nothing is lost, nothing is sent twice."""
import asyncio
import base64
import os

import pytest
import requests

from hubtest.people import People
from hubtest.waiting import eventually, wait_for
from hubtest.whatsapp import FAHAD, WhatsApp
from hubtest.whatsapp_desk import QUICK, do, meet, received, status, texts


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

        await agent.until(all_ended, "each message is read, or failed in words", within=90)
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
    # An answer is waited for longer than it takes to delete a message.
    shop.settings |= {"HUB_OUTBOX_TIMEOUT_MS": "20000", "HUB_OUTBOX_LEASE_MS": "40000"}
    shop.restart()
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        # It is refused for now, a while after it was asked for: by then nobody wants it any more.
        await do(shop.phone.fault, "messages", error_code=131000, http=500, delay_ms=5000)
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
    return requests.get(f"{shop.url}/metrics", headers=head, timeout=30).text
