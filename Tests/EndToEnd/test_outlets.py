"""What leaves over Twilio, SendGrid and Google Calendar, what they tell, and what goes wrong on the way."""
import time

import pytest
import requests

from hubtest.integrations import taken_up
from hubtest.people import People
from hubtest.services_fake import ServicesFake
from hubtest.waiting import eventually, wait_for

# A patient outbox makes patient tests.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_PAUSE_MS": "50", "HUB_OUTBOX_MAIL_PAUSE_MS": "50",
    "HUB_OUTBOX_PROBE_MS": "300", "HUB_OUTBOX_TIMEOUT_MS": "4000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "1000",
    "HUB_OUTBOX_LEASE_MS": "6000", "HUB_OUTBOX_SETTLE_MS": "60000", "HUB_WEBHOOK_POLL_MS": "50",
}
TYPES = {"sms": "twilio", "email": "sendgrid", "google_calendar": "google_calendar"}
SECRETS = ["fake-twilio-token", "SG.fake-key", "fake-google-secret", "fake-refresh-token", "fake-access-"]
SARA, OTHER, MAIL = "+966501234567", "+966507777777", "sara@example.net"
WORDS = "طلبك في الطريق إليك"


class Shop:
    """A hub whose owner has connected the services, and who stands in for them."""

    def __init__(self, hub):
        self.hub = hub
        self.services = ServicesFake(event_webhook=f"{hub.url}/api/v1/sendgrid/webhook")
        hub.settings |= QUICK | self.services.settings() | {"PUBLIC_URL": hub.url}
        hub.start()
        for kind, name in TYPES.items():
            values = self.services.config(name)
            if kind == "email":
                values["webhook_public_key"] = self.services.log()["verification_key"]
            answer = hub.admin.rest().call("PUT", f"/integrations/{kind}", json={"values": values})
            assert answer.status_code == 200, answer.text
        for kind in TYPES:
            taken_up(kind, hub)
        self.rest = hub.admin.rest()
        self.contact = self.make("/crm/contacts", {"name": "سارة", "identities": [{"kind": "phone", "value": SARA}]})

    def make(self, path, body, **options):
        answer = self.rest.post(path, body, **options)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def send(self, **options):
        return self.make("/sms", {"contact": self.contact, "text": WORDS}, **options)

    def sms(self, name):
        return self.rest.get(f"/sms/{name}").json()

    def at_twilio(self):
        return self.services.log()["sms"]

    def sent(self):
        """The one message that Twilio has, once it is there."""
        [message] = wait_for(self.at_twilio, 20, "the message is at Twilio")
        return message

    def reaches(self, name, status):
        wait_for(lambda: self.sms(name)["status"] == status, 20, f"{name} is {status}: {self.sms(name)}")
        return self.sms(name)

    def events(self):
        return self.services.log()["events"]

    def outbox(self, *states):
        """How many entries the outbox has in these states, at one moment."""
        lines = self.rest.session.get(f"{self.hub.url}/metrics", timeout=30).text.splitlines()
        return sum(float(line.split()[-1]) for line in lines for state in states
                   if line.startswith(f'hub_outbox_entries{{state="{state}"}}'))


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request, make_hub):
    shop = Shop(make_hub(request.param))
    yield shop
    shop.services.close()
    text = shop.hub.log_text()
    for secret in [*SECRETS, SARA[1:], OTHER[1:], MAIL, WORDS]:
        assert secret not in text


# ---- SMS


def test_an_sms_leaves_once_and_reports_come_in_any_order(shop):
    name = shop.send(headers={"Idempotency-Key": "one"})
    assert shop.send(headers={"Idempotency-Key": "one"}) == name
    message = shop.sent()
    assert (message["to"], message["body"]) == (SARA, WORDS)
    made = shop.sms(name)
    assert made["contact"] == shop.contact and made["segments"] == 1 and made["direction"] == "out"
    for status in ["delivered", "sent", "queued"]:
        assert shop.services.report(message["sid"], status) == 200
    told = shop.reaches(name, "delivered")
    assert shop.services.report(message["sid"], "delivered") == 200, "a report may come twice"
    assert shop.sms(name)["version"] == told["version"] and len(shop.at_twilio()) == 1
    other = shop.send()
    wait_for(lambda: len(shop.at_twilio()) == 2, 20, "the second one, of the same words, is sent as well")
    assert shop.services.report(shop.at_twilio()[0]["sid"], "undelivered", error_code=30003) == 200
    assert "30003" in shop.reaches(other, "failed")["problem"]
    listed = shop.rest.get("/sms", params={"contact": shop.contact, "direction": "out"}).json()["items"]
    assert [each["id"] for each in listed] == [other, name]


def test_a_lost_answer_is_settled_by_its_report_and_not_sent_again(shop):
    shop.services.fault("twilio", "lost")
    shop.services.fault("twilio", "status", status=503)
    name = shop.send()
    message = shop.sent()
    wait_for(lambda: shop.outbox("unsure") == 1, 20, "nobody knows whether it left")
    assert shop.services.report(message["sid"], "sent") == 200
    shop.reaches(name, "sent")
    assert len(shop.at_twilio()) == 1 and shop.outbox("unsure") == 0


def test_too_many_at_once_wait_as_long_as_they_are_asked_to(shop):
    shop.services.fault("twilio", "status", status=429, retry_after=2)
    began = time.monotonic()
    shop.send()
    shop.sent()
    assert time.monotonic() - began >= 2


def test_what_customers_write_lands_with_staff_once(shop):
    webhook = f"{shop.hub.url}/api/v1/twilio/webhook"
    for sender in [SARA, OTHER]:
        assert shop.services.receive(sender, f"مرحبا من {sender}", webhook) == 200

    def came():
        return shop.rest.get("/sms", params={"direction": "in"}).json()["items"]

    wait_for(lambda: len(came()) == 2, 20, "both are there")
    assert {each["phone"]: each["contact"] for each in came()} == {SARA: shop.contact, OTHER: None}
    assert all(each["text"] == f"مرحبا من {each['phone']}" and each["status"] is None for each in came())


def test_nobody_else_is_believed(shop):
    form = {"MessageSid": "SM1", "AccountSid": "AC1", "SmsStatus": "received", "From": SARA, "To": OTHER, "Body": "x"}
    for path, header in [("/twilio/webhook", "X-Twilio-Signature"),
                         ("/sendgrid/webhook", "X-Twilio-Email-Event-Webhook-Signature")]:
        url = f"{shop.hub.url}/api/v1{path}"
        assert requests.post(url, data=form, timeout=10).status_code == 401
        forged = {header: "AAAA", "X-Twilio-Email-Event-Webhook-Timestamp": str(int(time.time()))}
        assert requests.post(url, data=form, headers=forged, timeout=10).status_code == 403
    shop.services.set(auth_token="another")
    assert shop.services.receive(SARA, "x", f"{shop.hub.url}/api/v1/twilio/webhook") == 403
    assert shop.services.tell({"event": "delivered"}, timestamp=time.time() - 301) == 403
    assert shop.services.tell({"event": "delivered"}) == 200
    assert shop.rest.get("/sms").json()["items"] == []


# ---- mail


@pytest.mark.parametrize("fault", [None, "lost"])
async def test_mail_leaves_over_sendgrid_and_its_events_come_back(shop, fault):
    async with People(shop.hub) as people:
        visitor, agent = await people.visitor(profile={"email": MAIL, "locale": "ar"}), await people.staff()
        await visitor.say(visitor.room, "أين طلبي؟")
        side = (await agent.follow(visitor.room))["side"]
        await agent.follow(side)
        if fault:
            shop.services.fault("sendgrid", fault)
        answer = await agent.account.rest().later(
            "POST", f"/conversations/{visitor.room}/transcript", json={"to": MAIL})
        assert answer.status_code == 202, answer.text
        [mail] = await eventually(lambda: shop.services.log()["mails"], 20, "the mail is at SendGrid")
        person = mail["personalizations"][0]
        assert person["to"][0]["email"] == MAIL and mail["from"]["email"] == "shop@example.com"
        assert "أين طلبي؟" in mail["content"][0]["value"]
        event = {"email": MAIL, "timestamp": int(time.time()), "sg_event_id": "e1", "event": "delivered",
                 "sg_message_id": f"{mail['x_message_id']}.recvd-1", "hub_entry": person["custom_args"]["hub_entry"]}
        assert shop.services.tell(event, event) == 200
        assert shop.services.tell(event | {"sg_event_id": "e0", "event": "processed"}) == 200

        def states():
            return [event["state"] for event in agent.log(side).events if event["ev"] == "status"]

        await agent.until(lambda: "delivered" in states(), "the note says that it arrived", 20)
        assert states() == ["delivered"] or states() == ["queued", "delivered"]
        assert len(shop.services.log()["mails"]) == 1


# ---- appointments


def test_a_call_back_stands_in_the_calendar_once_whatever_happens_to_the_hub(shop):
    shop.services.fault("google", "slow", delay_ms=1200)
    name = shop.make("/callbacks", {"phone": SARA, "name": "سارة", "topic": "فاتورة", "due_at": "2030-01-06T10:00:00Z"})
    # It is written, and the answer is under way.
    [event] = wait_for(shop.events, 20, "Google has it")
    shop.hub.kill()
    shop.hub.start()
    wait_for(lambda: shop.outbox("sending", "queued") == 0, 30, "it is done again")
    assert shop.events() == [event]
    assert "سارة" in event["summary"] and "فاتورة" in event["description"] and SARA in event["description"]
    assert event["start"]["dateTime"].startswith("2030-01-06T10:00:00")

    def change(**members):
        answer = shop.rest.call("PATCH", f"/callbacks/{name}", json=members)
        assert answer.status_code == 200, answer.text

    change(due_at="2030-01-07T11:00:00Z")
    wait_for(lambda: shop.events()[0]["start"]["dateTime"].startswith("2030-01-07T11"), 20, "it is moved")
    change(state="cancelled")
    wait_for(lambda: shop.events()[0]["status"] == "cancelled", 20, "it is gone")
    change(state="planned")
    wait_for(lambda: shop.events()[0]["status"] == "confirmed", 20, "it is there again")
    asked = len(shop.services.log()["requests"])
    change(outcome="لم يرد")
    assert shop.outbox("queued") == 0 and len(shop.events()) == 1
    assert len(shop.services.log()["requests"]) == asked, "what the calendar does not show is nothing to it"
