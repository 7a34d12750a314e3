"""Staff at their desk, and the phones of the shop's WhatsApp customers."""
import asyncio

from .waiting import eventually
from .whatsapp import HIND

# A patient outbox makes patient tests.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_PAUSE_MS": "50", "HUB_OUTBOX_PROBE_MS": "500",
    "HUB_OUTBOX_TIMEOUT_MS": "1000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "1000", "HUB_OUTBOX_LEASE_MS": "2000",
    "HUB_OUTBOX_PAIR_BURST": "45", "HUB_OUTBOX_SETTLE_MS": "8000", "HUB_WEBHOOK_POLL_MS": "50",
}


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
