"""What lies on the disk: a copy of the database tells no code and no secret, whatever way they went."""
import base64
import json
import sqlite3
import subprocess
import uuid

import pytest

from hubtest.database import psql
from hubtest.mail import Mail
from hubtest.people import People
from hubtest.services_fake import ServicesFake
from hubtest.waiting import eventually, wait_for
from hubtest.whatsapp import WhatsApp
from hubtest.whatsapp_desk import QUICK, do, meet, status

PLANT = "PLANTED"
MAIL = {"HUB_OUTBOX_MAIL_PAUSE_MS": "50", "HUB_OUTBOX_MAILS_PER_SECOND": "100", "HUB_FOLLOW_UP_MS": "100"}
TYPES = {"sms": "twilio", "email": "sendgrid", "google_calendar": "google_calendar", "slack": "slack", "seha": "seha",
         "tatman": "tatman", "zid": "zid"}
SECRETS = ["fake-twilio-token", "SG.fake-key", "fake-google-secret", "fake-refresh-token", "fakefakefakefake",
           "fake-health-key", "fake-zid-manager", "fake-zid-authorization", "a-secret-part-of-the-address",
           "a-password-of-the-webhook"]
# What Zid shows when it calls, and how quickly the hub looks.
DOOR = {"webhook_id": "a-secret-part-of-the-address", "webhook_username": "zid",
        "webhook_password": "a-password-of-the-webhook"}
ZID = {"HUB_ZID_PRODUCTS_S": "1", "HUB_ZID_REQUESTS_PER_MIN": "6000", "HUB_DELIVERY_PAUSE_MS": "300"}


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request, make_hub, tmp_path):
    """A hub that is connected to everything by which a code may leave."""
    hub = make_hub(request.param)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    phone.set(status_delay_ms=30, retry_delay_ms=200)
    mail, services = Mail(tmp_path / "mail"), ServicesFake()
    services.set(zid_per_minute="6000")
    hub.settings |= QUICK | MAIL | ZID | phone.settings() | mail.settings() | services.settings() | {"PUBLIC_URL": hub.url}
    hub.phone, hub.mail, hub.services = phone, mail, services
    yield hub.start()
    for fake in (phone, mail, services):
        fake.close()


def dump(hub):
    """All that a thief of the database has: a dump of PostgreSQL, or the files of SQLite as they are, with the log
    beside them and the search index."""
    if hub.database == "postgres":
        done = subprocess.run(["pg_dump", hub.database_url], capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout
    return b"".join(path.read_bytes() for path in sorted(hub.data.iterdir()) if path.name.startswith("hub"))


def seen(hub, values):
    """Which of the values stand in a copy, in any form that JSON, base64 or hexadecimal digits give them."""
    copy = dump(hub)
    found = []
    for value in values:
        plain = value.encode()
        forms = [plain, plain.lower(), plain.hex().encode(), base64.b64encode(plain)[:-4], json.dumps(value).encode()]
        if any(form in copy for form in forms):
            found.append(value)
    return found


def tell(hub, sql):
    if hub.database == "postgres":
        return psql(hub.database_url, sql)
    with sqlite3.connect(hub.data / "hub.sqlite", timeout=10) as database:
        return "\n".join("|".join(map(str, row)) for row in database.execute(sql))


def product(rest):
    made = rest.post("/products", {"name_ar": "بطاقة آيتونز", "sku": uuid.uuid4().hex, "price": 5000,
                                   "stock_policy": "codes"})
    return made.json()["id"]


def plant(rest, product, kind, count):
    """Codes that come in by one of the ways in."""
    texts = [f"{PLANT}-{kind}-{uuid.uuid4().hex}" for _ in range(count)]
    body, content = {
        "csv": ("code\r\n" + "".join(f"{text}\r\n" for text in texts), "text/csv"),
        "json": (json.dumps([{"code": text} for text in texts]), "application/json"),
        "ndjson": ("".join(json.dumps({"code": text}) + "\n" for text in texts), "application/x-ndjson"),
    }[kind]
    answer = rest.call("POST", "/codes/imports", params={"product": product}, data=body.encode(),
                       headers={"Content-Type": content})
    assert answer.status_code < 300, answer.text
    # A second one is refused, line by line, and must not be kept because of that.
    rest.call("POST", "/codes/imports", params={"product": product, "mode": "valid"}, data=body.encode(),
              headers={"Content-Type": content})
    return texts


async def hand_over(rest, product, room, count=1):
    key = {"Idempotency-Key": uuid.uuid4().hex}
    body = {"product": product, "count": count, "text": "تفضل"}
    first = await rest.later("POST", f"/conversations/{room}/codes", json=body, headers=key)
    assert first.status_code == 201, first.text
    again = await rest.later("POST", f"/conversations/{room}/codes", json=body, headers=key)
    assert again.json() == first.json()
    return first.json()["seq"]


def codes_in(text):
    return [line for line in text.split("\n") if line.startswith(PLANT)]


async def test_a_copy_of_the_database_tells_no_code_and_no_secret(shop):
    admin = shop.admin.rest()
    secrets = list(SECRETS)
    for kind, name in TYPES.items():
        values = shop.services.config(name) | (DOOR if kind == "zid" else {})
        # Mail leaves over the server of the environment.
        stored = admin.call("PUT", f"/integrations/{kind}", json={"values": values, "enabled": kind != "email"})
        assert stored.status_code == 200, stored.text
        assert (await do(admin.post, "/integrations/test", {"integration_type": kind})).status_code == 200
    card = product(admin)
    codes = sum([plant(admin, card, kind, 6) for kind in ("csv", "json", "ndjson")], [])

    async with People(shop) as people:
        agent = await people.staff()
        visitor = await people.visitor()
        await agent.follow(visitor.room)
        rest = agent.account.rest()
        # Into the chat, where everybody reads it, and an edit of it is one as well.
        seq = await hand_over(rest, card, visitor.room, count=2)
        for client in (visitor, agent):
            await client.until_seq(visitor.room, seq)
            assert len(codes_in(client.log(visitor.room).texts()[0])) == 2
        words = agent.log(visitor.room).texts()[0]
        mid = uuid.uuid4().hex
        edited = await agent.write("edit", visitor.room, mid=mid, target=seq, body={"text": words + "\nصالحة لسنة"})
        assert (await agent.write("edit", visitor.room, mid=mid, target=seq,
                                  body={"text": words + "\nصالحة لسنة"}))["seq"] == edited["seq"]
        # To the phone, through the outbox, and by mail in a transcript.
        room = await meet(shop, agent)
        seq = await hand_over(rest, card, room)
        await status(agent, room, seq, "read")
        sent = [each["body"]["text"]["body"] for each in (await do(shop.phone.log))["messages"]
                if not each["from_customer"]]
        assert any(codes_in(text) for text in sent)
        answer = await do(rest.post, f"/conversations/{visitor.room}/transcript", {"to": "sara@example.net"})
        assert answer.status_code == 202
        assert (await do(shop.mail.wait, 1))[0].text.count(PLANT) == 2
        # Over the API.
        sold = await do(admin.post, "/codes/allocate", {"product": card, "count": 2, "order": "o-1", "sell": True},
                        headers={"Idempotency-Key": "allocate-1"})
        assert sold.status_code == 200, sold.text
        shown = await do(admin.post, f"/codes/{sold.json()['items'][0]['id']}/reveal")
        assert shown.json()["code"] in codes
        # By an order of Zid, to the address in it.
        await do(buy_at_zid, shop, admin, codes)
        # All that is known of a person, which is read and not kept.
        contact = (await do(admin.get, "/crm/contacts", params={"limit": 50})).json()["items"][0]["id"]
        export = await do(admin.get, f"/crm/contacts/{contact}/export")
        assert export.status_code == 200, export.text
        # Lists say what it was, not which; a search does not find it.
        lines = (await agent.request("inbox", limit=50))["conversations"]
        last = next(line["last"] for line in lines if line["room"] == visitor.room)
        assert PLANT not in json.dumps(lines) and "بطاقة آيتونز" in last["text"], last

        await agent.say(visitor.room, "INDEXED marker")

        async def indexed():
            return (await agent.request("search", q="INDEXED", limit=5))["hits"]

        await eventually(indexed, 20, "the index is up to date")
        assert (await agent.request("search", q=PLANT, limit=5))["hits"] == []

    assert seen(shop, codes + secrets) == []
    shop.stop()
    assert seen(shop, codes + secrets) == []
    assert not [each for each in codes + secrets if each in shop.log_text()]

    # It opens again from the log alone, also under another secret and after a rotation.
    secrets_file = shop.data / "secrets.env"
    old = next(line.split("=", 1)[1] for line in secrets_file.read_text().splitlines()
               if line.startswith("ENCRYPTION_SECRET="))
    new = subprocess.run(["openssl", "rand", "-base64", "32"], capture_output=True, text=True).stdout.strip()
    secrets_file.write_text(f"ENCRYPTION_SECRET={new}\nENCRYPTION_SECRET_RETIRED={old}\n", encoding="utf-8")
    assert " 0 left" in shop.cli("keys", "rotate")
    secrets_file.write_text(f"ENCRYPTION_SECRET={new}\n", encoding="utf-8")
    shop.start()
    async with People(shop) as people:
        again = await people.staff("supervisor")
        await again.follow(visitor.room)
        page = await again.request("history", room=visitor.room, limit=10)
        assert PLANT in json.dumps(page)


def buy_at_zid(shop, admin, codes):
    """A card of Zid's is sold, paid and delivered by mail; its codes are added to `codes`."""
    id = shop.services.products({"name": {"ar": "بطاقة زد", "en": "Card"}, "sku": uuid.uuid4().hex, "price": 49.5,
                                 "quantity": 5})[0]

    def ours():
        return admin.get("/products", params={"zid_id": id}).json()["items"]

    card = wait_for(ours, 30, "the product is here")[0]["id"]
    changed = admin.call("PATCH", f"/products/{card}", json={"stock_policy": "codes", "stock": None})
    assert changed.status_code == 200, changed.text
    codes += plant(admin, card, "csv", 3)
    before = len(shop.mail.received())
    order = shop.services.place((id, 2), payment_status="paid")
    told = shop.services.tell_zid(order, "order.create", webhooks=[
        f"{shop.url}/api/v1/zid/webhook/{DOOR['webhook_id']}"], user=DOOR["webhook_username"],
        password=DOOR["webhook_password"])
    assert told == [200]
    assert shop.mail.wait(before + 1, 30)[before].text.count(PLANT) == 2


async def test_codes_that_an_earlier_version_wrote_are_sealed(shop):
    """Rows as they were written before messages with codes were sealed, and the index over them."""
    admin = shop.admin.rest()
    card = product(admin)
    codes = plant(admin, card, "csv", 2)
    async with People(shop) as people:
        agent = await people.staff()
        room = await meet(shop, agent)
        seq = await hand_over(agent.account.rest(), card, room)
        await status(agent, room, seq, "read")
        text = next(text for text in agent.log(room).texts() if codes_in(text))
        marks = json.loads(tell(shop, f"SELECT content FROM room_events WHERE room_id = '{room}' AND seq = {seq}"))
    shop.stop()
    plain = json.dumps({"body": {"codes": marks["body"]["codes"], "text": text}, "kind": "text"},
                       ensure_ascii=False, separators=(",", ":"))
    payload = json.dumps({"text": {"body": text}, "type": "text"}, ensure_ascii=False, separators=(",", ":"))
    tell(shop, f"UPDATE room_events SET content = '{plain}' WHERE room_id = '{room}' AND seq = {seq}")
    tell(shop, f"UPDATE outbox SET payload = '{payload}' WHERE room_id = '{room}' AND seq = {seq}")
    assert seen(shop, codes)
    assert "1 message(s)" in shop.cli("keys", "seal") and "0 message(s)" in shop.cli("keys", "seal")
    tell_vacuum(shop)
    assert seen(shop, codes) == []
    shop.start()
    async with People(shop) as people:
        agent = await people.staff()
        page = await agent.request("history", room=room, limit=10)
        assert text in json.dumps(page, ensure_ascii=False).replace("\\n", "\n")


def tell_vacuum(hub):
    if hub.database == "sqlite":
        database = sqlite3.connect(hub.data / "hub.sqlite", isolation_level=None)
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
