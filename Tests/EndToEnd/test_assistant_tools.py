"""What the assistant does for a customer: orders, codes, leads, messages and call-backs, each once."""
import datetime
import json
import re
import uuid

import pytest

from hubtest.openai import OpenAI, answers_first
from hubtest.people import People

QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50"}
# What every code begins with, so that one can look for them where they must not be.
PLANT = "PLANTED"
ALWAYS = {day: [{"from": "00:00", "to": "24:00"}] for day in (
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")}


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


class Shop:
    """What the shop knows, made through the API."""

    def __init__(self, hub):
        self.hub, self.rest = hub, hub.admin.rest()

    def make(self, path, body):
        made = self.rest.post(path, body)
        assert made.status_code == 201, made.text
        return made.json()

    def contact(self, *identities, name="سارة"):
        return self.make("/crm/contacts", {
            "name": name, "identities": [{"kind": kind, "value": value} for kind, value in identities]})["id"]

    def order(self, number, **more):
        item = {"name": "بطاقة آيتونز", "quantity": 2, "unit_price": 4950}
        item.update(more.pop("item", {}))
        return self.make("/orders", {"number": number, "items": [item]} | more)

    def product(self, codes=5, **more):
        """A product with codes; its id and their texts."""
        body = {"name_ar": "بطاقة آيتونز", "sku": uuid.uuid4().hex, "price": 4950, "stock_policy": "codes",
                "state": "active"}
        product = self.make("/products", body | more)["id"]
        texts = [f"{PLANT}-{uuid.uuid4().hex[:12]}" for _ in range(codes)]
        answer = self.rest.call(
            "POST", "/codes/imports", params={"product": product}, data="code\n" + "\n".join(texts) + "\n",
            headers={"Content-Type": "text/csv"})
        assert answer.status_code == 201, answer.text
        return product, texts

    def sell(self, product, count, **to):
        answer = self.rest.post("/codes/allocate", {"product": product, "count": count, "sell": True} | to)
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["items"]]

    def audited(self, action, **filters):
        return self.rest.get("/logs", params={"action": action, "limit": 200} | filters).json()["items"]

    def items(self, path, **filters):
        return self.rest.get(path, params=filters).json()["items"]

    def open_always(self):
        answer = self.rest.call("PATCH", "/settings/hours.week", json={"value": ALWAYS})
        assert answer.status_code == 200, answer.text


@pytest.fixture
def shop(model):
    return Shop(model.hub)


async def customer(model, people, user="user-1"):
    """A visitor whom the site vouches for."""
    signature = model.hub.cli("identity-key", "--sign", user).strip()
    return await people.visitor(profile={"user_id": user, "signature": signature})


def calls(*tools, then="تم"):
    """Rules of a model that calls these tools at once, whatever is asked, and then says so."""
    wanted = [{"name": name, "arguments": arguments} for name, arguments in tools]
    return [{"when": {"after_tool": "*"}, "answer": {"text": then}}, {"answer": {"tool_calls": wanted}}]


def results(model):
    """What the tools answered in the last request, each as JSON."""
    return [json.loads(message["content"]) for message in model.last()["body"]["messages"]
            if message["role"] == "tool"]


def messages(client, room, kind="assistant"):
    return [event["body"] for event in client.log(room).events if event["ev"] == "msg" and event["by"]["kind"] == kind]


async def answered(client, count=1):
    def over():
        ends = [event["state"] for event in client.log(client.room).events
                if event["ev"] == "run" and event["state"] != "started"]
        return len(ends) >= count
    await client.until(over, "the run is over", 20)


async def ask(model, client, *tools, count=1, text="سؤال"):
    """Has the model call these tools for a customer; what they answered."""
    model.script(*calls(*tools))
    await client.say(client.room, text)
    await answered(client, count)
    return results(model)


def later(text, days=0):
    """A time some hours after another, in the same form."""
    moment = datetime.datetime.fromisoformat(text) + datetime.timedelta(hours=3, days=days)
    return moment.isoformat(timespec="minutes")


def nowhere_at_the_model(model, texts):
    asked = json.dumps(model.log(), ensure_ascii=False)
    assert PLANT not in asked and not any(text in asked for text in texts), "a code went to the model"


async def test_a_customer_hears_of_their_orders(model, people, shop):
    visitor = await customer(model, people)
    contact = shop.contact(("visitor", visitor.id))
    product, texts = shop.product()
    shop.order("A-1", contact=contact, payment="paid", item={"product": product})
    shop.order("A-2", contact=contact)
    shop.order("B-1", contact=shop.contact(name="غيرها"))
    shop.sell(product, 1, order="A-1")
    [answer] = await ask(model, visitor, ("order_status", {"order": "#a ١"}))
    [order] = answer["orders"]
    assert (order["number"], order["status"], order["payment"], order["total"]) == ("A-1", "new", "paid", "99.00")
    assert order["codes"] == {"delivered": 1, "wanted": 2}
    [answer] = await ask(model, visitor, ("order_status", {}), count=2)
    assert [order["number"] for order in answer["orders"]] == ["A-2", "A-1"]
    # Another's order is answered as one that does not exist.
    foreign, missing = await ask(
        model, visitor, ("order_status", {"order": "B-1"}), ("order_status", {"order": "X-9"}), count=3)
    assert foreign == missing and foreign["orders"] == [] and foreign["hint"]
    nowhere_at_the_model(model, texts)


async def test_who_is_not_known_hears_of_their_conversation_alone(model, people, shop):
    visitor = await people.visitor(profile={"email": "sara@example.com", "phone": "+966501234567"})
    contact = shop.contact(("visitor", visitor.id), ("phone", "+966501234567"))
    shop.order("A-1", contact=contact)
    foreign, missing = await ask(
        model, visitor, ("order_status", {"order": "A-1"}), ("order_status", {"order": "X-9"}))
    assert foreign == missing and "sign in" in foreign["hint"]
    shop.order("A-2", conversation=visitor.room)
    [answer] = await ask(model, visitor, ("order_status", {}), count=2)
    assert [order["number"] for order in answer["orders"]] == ["A-2"]


async def test_codes_are_sent_again_and_the_model_sees_none(model, people, shop):
    visitor = await customer(model, people)
    product, texts = shop.product(8)
    shop.order("A-1", contact=shop.contact(("visitor", visitor.id)))
    shop.order("B-1", contact=shop.contact(name="غيرها"))
    mine, foreign = shop.sell(product, 2, order="A-1"), shop.sell(product, 1, order="B-1")
    # Twice in one answer, which is one sending; then a number of somebody else.
    twice = await ask(model, visitor, ("resend_codes", {}), ("resend_codes", {}))
    assert twice == [{"sent": 2}, {"sent": 2}]
    sent, said = messages(visitor, visitor.room)
    assert sent["text"].count(PLANT) == 2 and [code["product"] for code in sent["codes"]] == ["بطاقة آيتونز"] * 2
    assert {code["id"] for code in sent["codes"]} == set(mine) and said == {"text": "تم"}
    revealed = shop.audited("code.revealed")
    assert {entry["subject_id"] for entry in revealed} == set(mine) and len(revealed) == 2
    assert (await ask(model, visitor, ("resend_codes", {"order": "B-1"}), count=2))[0]["sent"] == 0
    # Two more times, and no more that day.
    for count in (3, 4):
        assert await ask(model, visitor, ("resend_codes", {}), count=count) == [{"sent": 2}]
    assert "error" in (await ask(model, visitor, ("resend_codes", {}), count=5))[0]
    assert len([body for body in messages(visitor, visitor.room) if "codes" in body]) == 3
    assert not {entry["subject_id"] for entry in shop.audited("code.revealed")} & set(foreign)
    nowhere_at_the_model(model, texts)


async def test_codes_that_staff_handed_over_are_hidden_from_the_model(model, people, shop):
    visitor, agent = await people.visitor(), await people.staff()
    product, texts = shop.product()
    rest = agent.account.rest()
    answer = rest.post(f"/conversations/{visitor.room}/codes", {"product": product, "count": 2, "text": "تفضلي"})
    assert answer.status_code == 201, answer.text
    await visitor.until(lambda: messages(visitor, visitor.room, "staff"), "the codes are there")
    [body] = messages(visitor, visitor.room, "staff")
    assert body["text"].count(PLANT) == 2 and len(body["codes"]) == 2
    await agent.join(visitor.room)
    await agent.write("edit", visitor.room, target=1, body={"text": f"{body['text']} (جديد)"})
    await agent.write("assign", visitor.room, to="assistant")
    model.says("أهلًا")
    await visitor.say(visitor.room, "ما هي أكوادي؟")
    await answered(visitor)
    [hidden] = [each["content"] for each in model.last()["body"]["messages"] if "codes delivered" in str(each)]
    assert hidden.endswith("[codes delivered to the customer, text hidden: 2 × بطاقة آيتونز]")
    nowhere_at_the_model(model, texts)


async def test_a_message_is_taken_once_and_colleagues_find_it(model, people, shop):
    visitor, agent = await people.visitor(), await people.staff()
    said = {"message": "أريد فاتورة باسم الشركة"}
    assert await ask(model, visitor, ("take_message", said), ("take_message", said)) == [{"taken": True}] * 2
    joined = await agent.join(visitor.room)
    notes = (await agent.history(joined["side"]))["messages"]
    assert [note["by"]["kind"] for note in notes] == ["assistant"] and "فاتورة" in notes[0]["body"]["text"]
    assert [label["name_ar"] for label in joined["conv"]["labels"]] == ["رسالة للفريق"]
    assert joined["conv"]["assignee"]["kind"] == "assistant", "it goes on answering"
    await ask(model, visitor, ("take_message", {"message": "وأخرى"}), count=2)
    assert len((await agent.history(joined["side"]))["messages"]) == 2
    assert len(shop.items("/labels")) == 1


async def test_a_lead_is_made_once(model, people, shop):
    visitor = await customer(model, people)
    contact = shop.contact(("visitor", visitor.id))
    said = {"interest": "500 بطاقة لشركته", "phone": "0501234567"}
    assert await ask(model, visitor, ("create_lead", said), ("create_lead", said)) == [{"created": True}] * 2
    [lead] = shop.items("/crm/leads")
    assert (lead["contact"], lead["phone"], lead["source"]) == (contact, "+966501234567", "assistant")
    [answer] = await ask(model, visitor, ("create_lead", {"interest": "المزيد"}), count=2)
    assert answer["created"] is False and len(shop.items("/crm/leads")) == 1
    [entry] = shop.audited("lead.created")
    assert "501234567" not in json.dumps(entry) and "بطاقة" not in json.dumps(entry, ensure_ascii=False)


async def test_a_call_back_is_booked_within_the_hours_once(model, people, shop):
    shop.open_always()
    visitor = await people.visitor(profile={"phone": "+966501234567"})
    [offer] = await ask(model, visitor, ("book_callback", {}))
    assert offer["time_zone"] == "Asia/Riyadh" and offer["phone_is_known"] and offer["open"]
    day, hour = re.match(r"(\d{4}-\d\d-\d\d)T(\d\d)", offer["now"]).groups()
    past, soon = f"{day}T00:00", re.match(r"\S+", offer["open"][0])[0]
    wrong = await ask(
        model, visitor, ("book_callback", {"at": past}), ("book_callback", {"at": "غدًا"}),
        ("book_callback", {"at": "2999-01-01T10:00"}), ("book_callback", {"at": soon, "phone": "12"}), count=2)
    assert all("error" in answer for answer in wrong) and shop.items("/callbacks") == []
    again = {"at": later(soon), "topic": "كمية"}
    assert all(answer["booked"] for answer in await ask(
        model, visitor, ("book_callback", again), ("book_callback", again), count=3))
    [answer] = await ask(model, visitor, ("book_callback", again), count=4)
    assert answer["booked"]
    [callback] = shop.items("/callbacks", state="planned")
    assert (callback["phone"], callback["conversation"], callback["origin"]) == (
        "+966501234567", visitor.room, "assistant")
    # Nobody is there.
    answer = shop.rest.call("PATCH", "/settings/hours.week", json={"value": {day: [] for day in ALWAYS}})
    assert answer.status_code == 200, answer.text
    [closed] = await ask(model, visitor, ("book_callback", {"at": later(soon, 1)}), count=5)
    assert "error" in closed and len(shop.items("/callbacks")) == 1
    assert "501234567" not in json.dumps(shop.audited("callback.created"))


async def test_a_call_back_needs_a_number(model, people, shop):
    shop.open_always()
    visitor = await people.visitor()
    [offer] = await ask(model, visitor, ("book_callback", {}))
    assert not offer["phone_is_known"]
    at = later(re.match(r"\S+", offer["open"][0])[0])
    [answer] = await ask(model, visitor, ("book_callback", {"at": at}), count=2)
    assert "ask the customer" in answer["error"] and shop.items("/callbacks") == []


async def test_a_demonstration_in_both_languages(model, people, shop):
    shop.open_always()
    model.reset()
    visitor = await customer(model, people)
    product, texts = shop.product()
    shop.order("A-1001", contact=shop.contact(("visitor", visitor.id)), item={"product": product})
    shop.sell(product, 2, order="A-1001")
    for count, (text, answer) in enumerate([
        ("وين طلبي A-1001", "حالة طلبك A-1001: جديد"), ("where is my order A-1001", "Your order A-1001: new"),
        ("ضاعت مني الأكواد", "أرسلت لك أكوادك"), ("أريد اتصال منكم", "الوقت الذي يناسبك"),
        ("Please call me at 2020-01-01 10:00", "at these times"),
        ("بلغ الفريق أنني أنتظر", "سجّلت رسالتك"), ("I want a bulk price", "sales team"),
    ], 1):
        await visitor.say(visitor.room, text)
        await answered(visitor, count)
        assert answer in messages(visitor, visitor.room)[-1]["text"], text
    nowhere_at_the_model(model, texts)
