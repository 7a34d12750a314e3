"""Answers of staff on their way to a customer's phone, through the local WhatsApp."""
from datetime import UTC, datetime, timedelta

import pytest

from hubtest.client import Refused
from hubtest.database import age_window
from hubtest.files import png
from hubtest.people import People
from hubtest.waiting import eventually
from hubtest.whatsapp import FAHAD, HIND
from hubtest.whatsapp_desk import do, meet, received, status


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
