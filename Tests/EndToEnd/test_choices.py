"""What staff offer a visitor to choose from, and what the visitor chooses."""
import pytest

from hubtest.client import Refused

BUTTONS = {"text": "كيف نرسل البطاقة؟", "buttons": [{"id": "mail", "title": "بالبريد"}, {"id": "sms", "title": "برسالة"}]}
LIST = {"text": "أي فئة؟", "list": {"button": "الفئات", "sections": [
    {"title": "آيتونز", "rows": [{"id": "50", "title": "50 ريالًا", "description": "متجر السعودية"}]},
    {"title": "بلايستيشن", "rows": [{"id": "100", "title": "100 ريال"}]},
]}}


@pytest.fixture
async def pair(people):
    """A visitor and an agent in the visitor's conversation."""
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    return visitor, agent, visitor.room


async def offer(agent, visitor, body):
    ok = await agent.write("send", visitor.room, kind="interactive", body=body)
    await visitor.until_seq(visitor.room, ok["seq"])
    return ok["seq"]


def choose(visitor, target, choice, **more):
    return visitor.write("send", visitor.room, kind="choice", body={"id": choice}, reply_to=target, **more)


async def test_a_choice_says_what_was_offered(pair):
    visitor, agent, room = pair
    buttons = await offer(agent, visitor, BUTTONS)
    ok = await visitor.write("send", room, kind="choice", body={"id": "sms", "text": "شيء آخر"}, reply_to=buttons)
    await agent.until_seq(room, ok["seq"])
    event = agent.log(room).event(ok["seq"])
    assert (event["kind"], event["reply_to"]) == ("choice", buttons)
    assert event["body"] == {"choice": "button", "id": "sms", "text": "برسالة"}

    rows = await offer(agent, visitor, LIST)
    ok = await choose(visitor, rows, "50")
    await agent.until_seq(room, ok["seq"])
    assert agent.log(room).event(ok["seq"])["body"] == {
        "choice": "list", "id": "50", "text": "50 ريالًا", "note": "متجر السعودية"}
    # Somebody may change their mind.
    again = await choose(visitor, buttons, "mail")
    assert again["seq"] > ok["seq"]
    last = (await agent.history(room))["messages"][-1]
    assert (last["kind"], last["body"]["text"]) == ("choice", "بالبريد")


async def test_a_choice_sent_again_is_one_choice(pair):
    visitor, agent, room = pair
    buttons = await offer(agent, visitor, BUTTONS)
    first = await choose(visitor, buttons, "mail", mid="k1")
    again = await choose(visitor, buttons, "mail", mid="k1")
    assert (again["seq"], again["dup"]) == (first["seq"], True)
    with pytest.raises(Refused, match="mid_conflict"):
        await choose(visitor, buttons, "sms", mid="k1")
    # It was chosen, whatever becomes of the offer.
    await agent.write("delete", room, target=buttons)
    assert (await choose(visitor, buttons, "mail", mid="k1"))["seq"] == first["seq"]
    with pytest.raises(Refused, match="not_found"):
        await choose(visitor, buttons, "sms")


async def test_only_what_is_offered_can_be_chosen_and_only_by_the_customer(shared_hub, pair):
    visitor, agent, room = pair
    text = (await agent.say(room, "مرحبًا"))["seq"]
    buttons = await offer(agent, visitor, BUTTONS)
    link = await offer(agent, visitor, {"text": "متجرنا", "link": {"title": "افتح", "url": "https://shop.example"}})
    head = link
    for target, choice, code in [(buttons, "fax", "bad_request"), (link, "mail", "bad_request"), (text, "mail", "not_found"),
                                 (99, "mail", "not_found"), (buttons, "", "bad_request"), (buttons, "x" * 257, "bad_request"),
                                 (buttons, 7, "bad_request"), (None, "mail", "bad_request")]:
        with pytest.raises(Refused, match=code):
            await choose(visitor, target, choice)
    with pytest.raises(Refused, match="forbidden"):
        await agent.write("send", room, kind="choice", body={"id": "mail"}, reply_to=buttons)
    answer = shared_hub.admin.rest().call(
        "POST", f"/rooms/{room}/messages", json={"kind": "choice", "body": {"id": "mail"}, "reply_to": buttons})
    assert answer.status_code == 422, answer.text
    assert [message["seq"] for message in (await agent.history(room))["messages"]] == [text, buttons, head]
