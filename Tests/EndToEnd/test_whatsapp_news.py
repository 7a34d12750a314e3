"""What comes back from WhatsApp: how customers were served, and news of templates."""
from hubtest.people import People
from hubtest.waiting import eventually
from hubtest.whatsapp import HIND
from hubtest.whatsapp_desk import do, meet


async def test_a_customer_says_how_it_was(shop):
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        await agent.say(room, "تم حل المشكلة")
        await agent.write("state", room, state="resolved")
        lists = await eventually(lambda: asked(shop), 20, "the customer is asked")
        rows = lists[0]["body"]["interactive"]["action"]["sections"][0]["rows"]
        assert len(lists) == 1 and len(rows) == 5

        def told(name):
            return [event for event in agent.log(room).events if event["ev"] == name]

        [survey] = await agent.until(lambda: told("survey"), "the question in the log")

        async def choose(row):
            choice = {"type": "interactive", "context": {"id": lists[0]["id"]},
                      "interactive": {"type": "list_reply", "list_reply": row}}
            await do(shop.phone.control, "messages", {"from": HIND, "message": choice})

        # What WhatsApp tells comes in any order; the first choice shall be the first.
        await choose(rows[1])
        await agent.until(lambda: told("rating"), "the rating")
        for row in (rows[1], rows[4]):
            await choose(row)
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
