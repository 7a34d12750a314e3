"""Files of WhatsApp: fetched from Meta, checked, and put into their message."""
import base64
import hashlib
import struct
import zlib

import pytest
import requests

from hubtest.people import People
from hubtest.waiting import eventually
from hubtest.whatsapp import HIND, WhatsApp


def png(width=4, height=3):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x7f\x20\x40" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


@pytest.fixture(params=["sqlite", "postgres"])
def shop(make_hub, request):
    """A hub and a WhatsApp that know each other."""
    hub = make_hub(request.param)
    whatsapp = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    hub.settings |= whatsapp.settings() | {"HUB_WEBHOOK_POLL_MS": "50"}
    hub.start()
    yield hub, whatsapp
    whatsapp.close()


def sends(whatsapp, kind, content, mime_type, digest=None, **members):
    """A customer sends a file; the id of the message."""
    answer = requests.post(f"{whatsapp.url}/fake/media", data=content, headers={"Content-Type": mime_type}, timeout=30)
    digest = base64.b64encode(digest or hashlib.sha256(content).digest()).decode()
    media = {"id": answer.json()["id"], "mime_type": mime_type, "sha256": digest} | members
    return whatsapp.control("messages", {"from": HIND, "message": {"type": kind, kind: media}})["id"]


async def card(agent, state, count=1):
    """The body of the newest card, once so many have this state."""

    async def found():
        conversations = (await agent.request("inbox", limit=10))["conversations"]
        if not conversations:
            return None
        messages = (await agent.request("history", room=conversations[0]["room"]))["messages"]
        bodies = [message["body"] for message in messages if message["body"].get("state") == state]
        assert all("edited" not in message for message in messages)
        return bodies[-1] if len(bodies) == count else None

    return await eventually(found, 30, f"a file that is {state}")


async def test_a_picture_is_fetched_and_shown(shop):
    hub, whatsapp = shop
    async with People(hub) as people:
        agent = await people.staff()
        sends(whatsapp, "image", png(), "image/png", caption="المنتج")
        body = await card(agent, "ready")
        assert (body["text"], body["caption"], body["media"]) == ("المنتج", "المنتج", "image")
        assert (body["type"], body["width"], body["height"], body["size"]) == ("image/png", 4, 3, len(png()))
        answer = requests.get(hub.url + body["url"], timeout=10)
        assert (answer.status_code, answer.content) == (200, png())


async def test_what_cannot_be_had_says_so(shop):
    hub, whatsapp = shop
    async with People(hub) as people:
        agent = await people.staff()
        sends(whatsapp, "document", b"<script>alert(1)</script>", "text/html", filename="../../x.html")
        body = await card(agent, "failed")
        assert body["err"] and "url" not in body
        sends(whatsapp, "sticker", png() + bytes(600 * 1024), "image/webp")
        body = await card(agent, "failed", count=2)
        assert "larger" in body["err"] and body["media"] == "sticker"


async def test_a_bad_day_of_meta_passes(shop):
    hub, whatsapp = shop
    async with People(hub) as people:
        agent = await people.staff()
        whatsapp.fault("media", http=500, times=3)
        sends(whatsapp, "document", b"%PDF-1.4 " + bytes(64), "application/pdf", filename="فاتورة.pdf")
        body = await card(agent, "ready")
        assert body["name"] == "فاتورة.pdf" and body["type"] == "application/pdf"
