"""What owners store of outside services is used by every hub that runs, and nothing is lost or doubled by the change.

On SQLite there is one hub, on PostgreSQL there are two: what is stored at the first is used by the last.
"""
import base64
import concurrent.futures
import os
import threading

import pytest

from hubtest.integrations import connect, integration, store, taken_up
from hubtest.openai import KEY, MODEL, OpenAI
from hubtest.people import People
from hubtest.services_fake import ServicesFake
from hubtest.waiting import eventually, wait_for
from hubtest.whatsapp import APP_SECRET, BUSINESS, PHONE, TOKEN, VERIFY_TOKEN, WhatsApp
from hubtest.whatsapp_desk import do, meet, status, texts

# What is refused for want of a key would rest for an hour.
PATIENT = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_PAUSE_MS": "50", "HUB_OUTBOX_PROBE_MS": "3600000",
    "HUB_OUTBOX_TIMEOUT_MS": "3000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "1000", "HUB_OUTBOX_LEASE_MS": "6000",
    "HUB_OUTBOX_PAIR_BURST": "45", "HUB_WEBHOOK_POLL_MS": "50", "HUB_INTEGRATION_POLL_MS": "100",
}
SARA = "+966501234567"
OLD, NEW = "fake-twilio-token", "PLANTED-second-token"


class Shop:
    """Hubs on one database, and the services that stand in for the world."""

    def __init__(self, make_hub, database, services, **settings):
        first = make_hub(database)
        secret = base64.b64encode(os.urandom(32)).decode()
        common = PATIENT | services.settings() | {"ENCRYPTION_SECRET": secret, "PUBLIC_URL": first.url} | settings
        first.settings |= common
        self.services = services
        self.hubs = [first.start()]
        if database == "postgres":
            self.hubs.append(make_hub(database_url=first.database_url, settings=common).start())
        self.first, self.last = self.hubs[0], self.hubs[-1]

    def connect(self, kind, enabled=True, **changes):
        """What the fakes take, but for the changes; all hubs work with it when this returns."""
        names = {"sms": "twilio", "email": "sendgrid"}
        values = self.services.config(names.get(kind, kind)) | changes
        return connect(kind, values, *self.hubs, enabled=enabled)

    def log_text(self):
        return "".join(hub.log_text() for hub in self.hubs)


@pytest.fixture
def services():
    fake = ServicesFake()
    yield fake
    fake.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    return request.param


@pytest.fixture
def shop(make_hub, services, database):
    shop = Shop(make_hub, database, services)
    yield shop
    for secret in [OLD, NEW, "SG.fake-key", "fake-google-secret", "fake-zid-manager"]:
        assert secret not in shop.log_text()


def contact(hub, phone=SARA):
    answer = hub.admin.rest().post("/crm/contacts", {
        "name": "سارة", "identities": [{"kind": "phone", "value": phone}]})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def send(hub, who, text):
    return hub.admin.rest().post("/sms", {"contact": who, "text": text})


def at_twilio(services):
    return sorted(message["body"] for message in services.log()["sms"])


# ---- a key that changes


def test_a_new_key_is_used_while_messages_flow(shop):
    shop.connect("sms")
    # So many that what is sent stays within what one customer may get at once.
    customers = [contact(shop.first, f"+9665000000{last:02}") for last in range(10, 20)]
    sent, stop = [], threading.Event()

    def flow():
        number = 0
        while not stop.is_set() and number < 400:
            hub = shop.hubs[number % len(shop.hubs)]
            number += 1
            answer = send(hub, customers[number % len(customers)], f"رسالة {number:03}")
            assert answer.status_code == 201, answer.text
            sent.append(f"رسالة {number:03}")

    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        flowing = pool.submit(flow)
        wait_for(lambda: len(at_twilio(shop.services)) >= 3, 30, "messages flow")
        # From here on Twilio refuses what is signed with the old key.
        shop.services.set(auth_token=NEW)
        before = len(sent)
        wait_for(lambda: len(sent) >= before + 3 or flowing.done(), 30, "more are ordered meanwhile")
        shop.connect("sms", auth_token=NEW)
        before = len(sent)
        wait_for(lambda: len(sent) >= before + 3 or flowing.done(), 30, "and afterwards")
        stop.set()
        flowing.result(60)
    wait_for(lambda: len(at_twilio(shop.services)) >= len(sent), 60, "all of them leave, though a key was refused")
    assert at_twilio(shop.services) == sorted(sent), "each once"


def test_a_key_that_is_wrong_stops_nothing_else_and_shows(shop):
    shop.connect("sms", auth_token="PLANTED-wrong")
    who = contact(shop.first)
    for hub in shop.hubs:
        assert send(hub, who, f"من {hub.port}").status_code == 201
    found = shop.first.admin.rest().post("/integrations/test", {"integration_type": "sms"}).json()
    assert found["outcome"] == "bad_credential"
    assert integration(shop.last, "sms")["health_score"] == 0
    assert all(hub.status("/ready") == 200 for hub in shop.hubs) and at_twilio(shop.services) == []
    # Malformed beyond the rules of its field: no client can be made of it, and the hub goes on.
    shop.connect("sms", account_sid="not an account")
    assert send(shop.first, who, "x").status_code == 409
    shop.connect("sms")
    wait_for(lambda: len(at_twilio(shop.services)) == len(shop.hubs), 30, "what waited leaves with the right key")
    assert "PLANTED-wrong" not in shop.log_text()


def test_off_and_on_again(shop):
    shop.connect("sms")
    who = contact(shop.first)
    shop.services.set(auth_token=NEW)
    assert send(shop.first, who, "قبل").status_code == 201
    sms = shop.first.admin.rest().get("/sms").json()["items"][0]
    shop.connect("sms", enabled=False)
    shop.services.set(auth_token=OLD)
    for hub in shop.hubs:
        refused = send(hub, who, "أثناء")
        assert refused.status_code == 409 and "Integrations" in refused.json()["detail"], refused.text
        webhook = f"{hub.url}/api/v1/twilio/webhook"
        assert shop.services.receive(SARA, "مرحبا", webhook) == 503, "nobody is believed who is turned off"
    assert at_twilio(shop.services) == []
    shop.connect("sms")
    wait_for(lambda: at_twilio(shop.services) == ["قبل"], 30, "what was owed leaves, once")
    assert shop.services.report(shop.services.log()["sms"][0]["sid"], "delivered") == 200
    wait_for(lambda: shop.last.admin.rest().get(f"/sms/{sms['id']}").json()["status"] == "delivered", 20, "and is told")


def unsure(hub):
    """How many messages may have left, and nobody knows."""
    for line in hub.admin.rest().session.get(f"{hub.url}/metrics", timeout=10).text.splitlines():
        if line.startswith('hub_outbox_entries{state="unsure"}'):
            return int(float(line.split()[-1]))
    return 0


def test_what_was_stored_before_a_power_cut_is_used(shop):
    shop.connect("sms")
    who = contact(shop.first)
    shop.services.set(auth_token=NEW)
    before = [f"قبل {number}" for number in range(5)]
    for text in before:
        assert send(shop.last, who, text).status_code == 201
    wait_for(lambda: "a message was refused" in shop.log_text(), 30, "the old key is refused")
    store(shop.first, "sms", shop.services.config("twilio") | {"auth_token": NEW})
    shop.first.kill()
    if len(shop.hubs) == 1:
        shop.first.start()
    taken_up("sms", shop.last)
    # Of one customer one message is on its way at a time: that one may be unsure, and no other is.
    wait_for(lambda: len(at_twilio(shop.services)) + unsure(shop.last) >= len(before), 60, "they leave with the new key")
    assert unsure(shop.last) <= 1 and set(at_twilio(shop.services)) <= set(before)
    if len(shop.hubs) == 2:
        shop.first.start()
    assert integration(shop.first, "sms")["taken_up"]
    assert send(shop.first, who, "بعد").status_code == 201
    wait_for(lambda: "بعد" in at_twilio(shop.services), 30, "the hub that is back has it as well")
    assert len(at_twilio(shop.services)) == len(set(at_twilio(shop.services))), "none left twice"


def test_deliveries_signed_with_the_key_before_are_believed_for_a_while(make_hub, services):
    shop = Shop(make_hub, "sqlite", services, HUB_WEBHOOK_GRACE_S="600")
    webhook = f"{shop.last.url}/api/v1/twilio/webhook"
    assert services.receive(SARA, "0", webhook) == 503
    shop.connect("sms")
    assert services.receive(SARA, "1", webhook) == 200
    shop.connect("sms", auth_token=NEW)
    assert services.receive(SARA, "2", webhook) == 200, "signed before Twilio knew of the change"
    services.set(auth_token=NEW)
    assert services.receive(SARA, "3", webhook) == 200
    services.set(auth_token="another")
    assert services.receive(SARA, "4", webhook) == 403
    # Turned off and on, as after a leak, the old one is worth nothing.
    shop.connect("sms", auth_token=NEW, enabled=False)
    shop.connect("sms", auth_token=NEW)
    services.set(auth_token=OLD)
    assert services.receive(SARA, "5", webhook) == 403


# ---- each service


async def test_whatsapp_is_connected_and_its_key_changed_at_run_time(make_hub, services, database):
    shop = Shop(make_hub, database, services)
    shop.phone = phone = WhatsApp(f"{shop.last.url}/api/v1/whatsapp/webhook")
    try:
        phone.set(status_delay_ms=30, retry_delay_ms=200)
        values = {"access_token": TOKEN, "phone_number_id": PHONE, "business_account_id": BUSINESS,
                  "app_secret": APP_SECRET, "verify_token": VERIFY_TOKEN, "api_url": phone.url}
        assert phone.control("verify")["verified"] is False
        await do(connect, "whatsapp", values, *shop.hubs)
        assert phone.control("verify")["verified"] is True
        async with People(shop.first) as people:
            agent = await people.staff()
            room = await meet(shop, agent)
            first = await agent.say(room, "أهلًا")
            await status(agent, room, first["seq"], "read")
            # Meta takes only the new key from now on; the answer waits for it.
            phone.set(token=NEW)
            second = await agent.say(room, "لحظة")
            await do(connect, "whatsapp", values | {"access_token": NEW}, *shop.hubs)
            await status(agent, room, second["seq"], "read", 40)
            third = await agent.say(room, "تفضل")
            await status(agent, room, third["seq"], "read")
            assert await texts(shop) == ["أهلًا", "لحظة", "تفضل"]
            # The secret of webhooks: the old one is good for a while, the new one at once.
            await do(connect, "whatsapp", values | {"access_token": NEW, "app_secret": "PLANTED-app-secret"}, *shop.hubs)
            await do(phone.writes, "بالسر القديم")
            await agent.until(lambda: "بالسر القديم" in agent.log(room).texts(), "it is believed", 20)
            phone.set(app_secret="PLANTED-app-secret")
            await do(phone.writes, "بالسر الجديد")
            await agent.until(lambda: "بالسر الجديد" in agent.log(room).texts(), "so is the new one", 20)
            assert shop.first.admin.rest().get("/whatsapp/templates").json()
        for secret in [TOKEN, NEW, "PLANTED-app-secret"]:
            assert secret not in shop.log_text()
    finally:
        phone.close()


def ask(hub):
    return hub.admin.rest().post("/ai/test", {"messages": [{"role": "user", "text": "مرحبا"}]})


def test_the_language_model_is_connected_replaced_and_turned_off_at_run_time(make_hub, services, database):
    old, new = OpenAI(), OpenAI()
    try:
        shop = Shop(make_hub, database, services,
                    OUTBOUND_ALLOW=f"127.0.0.1:{old.port},127.0.0.1:{new.port},127.0.0.1:{services.port}")
        for hub in shop.hubs:
            assert ask(hub).status_code == 409
        values = {"api_key": KEY, "model": MODEL, "base_url": f"{old.url}/v1"}
        connect("openai", values, *shop.hubs)
        old.says("القديم")
        for hub in shop.hubs:
            assert ask(hub).json()["text"] == "القديم"
        # One answer is being written while the model is replaced: it ends with the one that began it.
        old.says("القديم يكمل ما بدأ به حتى النهاية", tokens_per_second=4)
        new.set(key="PLANTED-model-key")
        new.says("الجديد")
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            slow = pool.submit(ask, shop.last)
            wait_for(lambda: old.last()["end"] == "running", 20, "it is being written")
            connect("openai", values | {"api_key": "PLANTED-model-key", "base_url": f"{new.url}/v1"}, *shop.hubs)
            for hub in shop.hubs:
                assert ask(hub).json()["text"] == "الجديد"
            answer = slow.result(60)
        assert answer.status_code == 200 and answer.json()["text"] == "القديم يكمل ما بدأ به حتى النهاية"
        connect("openai", values, *shop.hubs, enabled=False)
        for hub in shop.hubs:
            assert ask(hub).status_code == 409 and hub.status("/ready") == 200
        assert "PLANTED-model-key" not in shop.log_text() and KEY not in shop.log_text()
    finally:
        old.close()
        new.close()


async def test_mail_leaves_over_sendgrid_as_soon_as_it_is_connected(shop):
    key = shop.services.log()["verification_key"]
    async with People(shop.last) as people:
        visitor = await people.visitor(profile={"email": "sara@example.net", "locale": "ar"})
        agent = await people.staff()
        await visitor.say(visitor.room, "أين طلبي؟")

        async def order():
            answer = await agent.account.rest().later(
                "POST", f"/conversations/{visitor.room}/transcript", json={"to": "sara@example.net"})
            return answer.status_code

        def mails():
            return len(shop.services.log()["mails"])

        assert await order() == 409
        await do(shop.connect, "email", webhook_public_key=key)
        assert await order() == 202
        await eventually(lambda: mails() == 1, 30, "it leaves")
        # A key that SendGrid takes no more, until its owner stores the new one.
        shop.services.set(api_key="PLANTED-sendgrid")
        assert await order() == 202
        await do(shop.connect, "email", webhook_public_key=key, api_key="PLANTED-sendgrid")
        await eventually(lambda: mails() == 2, 30, "it leaves with the new key")
        await do(shop.connect, "email", webhook_public_key=key, enabled=False)
        assert await order() == 409


def test_appointments_leave_as_soon_as_the_calendar_is_connected(shop):
    rest = shop.last.admin.rest()

    def change(**members):
        answer = rest.call("PATCH", f"/callbacks/{name}", json=members)
        assert answer.status_code == 200, answer.text

    def stands_at(day):
        events = shop.services.log()["events"]
        return len(events) == 1 and events[0]["start"]["dateTime"].startswith(day)

    made = rest.post("/callbacks", {"phone": SARA, "name": "سارة", "topic": "فاتورة", "due_at": "2030-01-06T10:00:00Z"})
    assert made.status_code == 201, made.text
    name = made.json()["id"]
    shop.connect("google_calendar")
    change(due_at="2030-01-07T11:00:00Z")
    wait_for(lambda: stands_at("2030-01-07"), 30, "what changes from now on stands in the calendar")
    # Google takes this client no more, until its owner stores the new secret; the access token ends with it.
    shop.services.set(client_secret="PLANTED-google", access_s="1")
    shop.connect("google_calendar", calendar_id="another")
    change(due_at="2030-01-08T11:00:00Z")
    shop.connect("google_calendar", client_secret="PLANTED-google")
    wait_for(lambda: stands_at("2030-01-08"), 30, "it leaves with the right calendar and secret")


def test_zid_is_connected_at_run_time(shop):
    login = {"webhook_id": "0123456789abcdef", "webhook_username": "zid", "webhook_password": "PLANTED-first-pass"}
    shop.services.products({"name": {"ar": "بطاقة"}, "sku": "card-1", "price": 50, "quantity": 3})
    rest = shop.last.admin.rest()
    assert rest.get("/products").json()["items"] == []
    shop.connect("zid", **login)
    wait_for(lambda: rest.get("/products").json()["items"], 60, "the products of the store come in")

    def tell(password, webhook_id="0123456789abcdef"):
        return shop.last.rest().session.post(
            f"{shop.last.url}/api/v1/zid/webhook/{webhook_id}", json={"event": "order.create", "id": 1}, timeout=10,
            auth=("zid", password)).status_code

    assert tell("PLANTED-first-pass") == 200 and tell("PLANTED-other-pass") == 401
    shop.connect("zid", **login | {"webhook_password": "PLANTED-other-pass"})
    assert tell("PLANTED-other-pass") == 200 and tell("PLANTED-first-pass") == 200
    shop.connect("zid", enabled=False)
    assert tell("PLANTED-other-pass") == 404
    state = {each["name"]: each for each in rest.get("/system/status").json()}
    assert state["zid_orders"]["outcome"] == "not_configured"


def test_every_hub_says_whether_it_has_taken_up_what_is_stored(make_hub, services):
    shop = Shop(make_hub, "postgres", services, HUB_INTEGRATION_POLL_MS="60000")
    made = store(shop.first, "slack", services.config("slack"))
    assert made["version"] == 1
    taken_up("slack", shop.first)
    assert not integration(shop.last, "slack")["taken_up"], "it looks once a minute"
    shop.last.restart()
    assert integration(shop.last, "slack")["taken_up"]
