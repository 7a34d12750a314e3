"""Outgoing webhooks: what systems of the shop are told, how it is signed, retried and replayed, and what goes wrong."""
import asyncio
import base64
import collections
import os
import time
import uuid

import pytest

from hubtest.certificates import Authority
from hubtest.hooks import Receiver
from hubtest.people import People
from hubtest.waiting import wait_for
from test_at_rest import product, seen, tell

# A patient hub makes patient tests.
QUICK = {
    "HUB_HOOK_POLL_MS": "50", "HUB_HOOK_PAUSE_MS": "50", "HUB_HOOK_LONGEST_PAUSE_S": "1", "HUB_HOOK_LONGEST_REST_S": "1",
    "HUB_HOOK_TIMEOUT_MS": "1500", "HUB_HOOK_LEASE_MS": "2000", "HUB_HOOKS_PER_S": "1000", "HUB_OUTBOX_POLL_MS": "50",
}
ENDPOINTS, DELIVERIES = "/webhook-endpoints", "/webhook-deliveries"


class Shop:
    """A hub, and the systems that it tells."""

    def __init__(self, make_hub, database="sqlite", **options):
        self.hub = make_hub(database, **options)
        self.receivers = []

    def receiver(self, **options):
        receiver = Receiver(**options)
        self.receivers.append(receiver)
        return receiver

    def start(self, **settings):
        allowed = ",".join(f"127.0.0.1:{each.port}" for each in self.receivers)
        self.hub.settings |= QUICK | {"OUTBOUND_ALLOW": allowed} | settings
        self.hub.start()
        self.rest = self.hub.admin.rest()
        return self

    def listen(self, receiver, *events, **members):
        answer = self.rest.post(ENDPOINTS, {"url": receiver.url, "events": list(events)} | members)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        receiver.id, receiver.secret = made["id"], made["secret"]
        return made

    def endpoint(self, receiver):
        return self.rest.get(f"{ENDPOINTS}/{receiver.id}").json()

    def deliveries(self, receiver=None, **params):
        if receiver is not None:
            params["endpoint"] = receiver.id
        items, cursor = [], None
        while True:
            page = self.rest.get(DELIVERIES, params=params | {"limit": 200} | ({"cursor": cursor} if cursor else {})).json()
            items += page["items"]
            cursor = page["next"]
            if cursor is None:
                return items

    def tries(self, receiver):
        """Those of all deliveries, once there is one."""
        return wait_for(lambda: [attempt for each in self.deliveries(receiver) for attempt in each["attempts"]], 40,
                        "it is tried")

    def reaches(self, receiver, state, count=1):
        def there():
            found = self.deliveries(receiver, state=state)
            return found if len(found) >= count else None

        return wait_for(there, 40, f"{count} deliveries are {state}: {self.deliveries(receiver)}")

    def contact(self, name="سارة", **members):
        answer = self.rest.post("/crm/contacts", {"name": name} | members)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    def patch(self, path, **members):
        answer = self.rest.call("PATCH", path, json=members)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def audit(self):
        return self.rest.get("/logs", params={"limit": 200}).json()["items"]

    def close(self):
        for receiver in self.receivers:
            receiver.close()


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request, make_hub):
    shop = Shop(make_hub, request.param)
    shop.receiver()
    shop.start()
    yield shop
    secrets = [receiver.secret.removeprefix("whsec_") for receiver in shop.receivers if hasattr(receiver, "secret")]
    log = shop.hub.log_text()
    for secret in [*secrets, "planted-in"]:
        assert secret not in log
    shop.close()


@pytest.fixture
def office(make_hub):
    """One with several systems, on PostgreSQL."""
    shop = Shop(make_hub, "postgres")
    yield shop
    shop.close()


# ---- What is told


async def test_every_type_is_told_once_and_signed(shop):
    [receiver] = shop.receivers
    shop.listen(receiver)
    rest = shop.rest
    contact, other = shop.contact(), shop.contact("نورة")
    shop.patch(f"/crm/contacts/{contact}", company="المتجر", notes="بيننا")
    assert rest.post(f"/crm/contacts/{contact}/merge", {"from": other}).status_code == 200
    assert rest.post(f"/crm/contacts/{other}/unmerge", {}).status_code == 200
    # What is erased before it left is not told.
    await asyncio.to_thread(receiver.wait, 5)
    assert rest.post(f"/crm/contacts/{other}/erase", {"confirm": other}).status_code == 200
    lead = rest.post("/crm/leads", {"source": "website", "name": "ليلى"}).json()["id"]
    shop.patch(f"/crm/leads/{lead}", state="contacted")
    deals = [rest.post("/crm/deals", {"title": "جملة", "contact": contact}).json()["id"] for _ in range(2)]
    shop.patch(f"/crm/deals/{deals[0]}", state="won")
    shop.patch(f"/crm/deals/{deals[1]}", state="lost", lost_reason="السعر")
    order = rest.post("/orders", {
        "number": "A-1001", "contact": contact,
        "items": [{"name": "بطاقة", "quantity": 1, "unit_price": 5000}]}).json()["id"]
    shop.patch(f"/orders/{order}", payment="paid")
    shop.patch(f"/orders/{order}", state="delivered")
    card = product(rest)
    planted = "PLANTED-" + uuid.uuid4().hex
    codes = rest.call("POST", "/codes/imports", params={"product": card}, data=f"code\n{planted}\n",
                      headers={"Content-Type": "text/csv"})
    assert codes.status_code == 201, codes.text

    async with People(shop.hub) as people:
        agent, visitor = await people.staff(), await people.visitor()
        room = visitor.room
        await agent.follow(room)
        first = (await visitor.say(room, "السلام عليكم"))["seq"]
        await visitor.write("edit", room, target=first, body={"text": "وعليكم"})
        second = (await visitor.say(room, "مسودة"))["seq"]
        await visitor.write("delete", room, target=second)
        await agent.write("assign", room, to="me")
        handed = await agent.account.rest().later(
            "POST", f"/conversations/{room}/codes", json={"product": card, "count": 1, "text": "تفضل"},
            headers={"Idempotency-Key": uuid.uuid4().hex})
        assert handed.status_code == 201, handed.text
        side = (await agent.join(room, 0))["side"]
        await agent.follow(side)
        await agent.say(side, "planted-note")
        await agent.write("state", room, state="resolved")

        def asked():
            return [event for event in visitor.log(room).events if event["ev"] == "survey"]

        await visitor.until(asked, "the customer is asked", within=20)
        rated = await shop.hub.rest(visitor.token).later(
            "POST", f"/conversations/{room}/rating", json={"survey": asked()[0]["seq"], "score": 5, "comment": "شكراً"})
        assert rated.status_code == 200, rated.text

    expected = {
        "contact.created": 2, "contact.updated": 1, "contact.merged": 1, "contact.unmerged": 1, "contact.deleted": 1,
        "lead.created": 1, "lead.updated": 1, "deal.created": 2, "deal.updated": 2, "deal.won": 1, "deal.lost": 1,
        "order.created": 1, "order.updated": 2, "order.paid": 1, "order.delivered": 1, "conversation.opened": 1,
        "message.created": 3, "message.edited": 1, "message.deleted": 1, "conversation.assigned": 1,
        "conversation.closed": 1, "survey.answered": 1,
    }
    taken = await asyncio.to_thread(receiver.wait, sum(expected.values()))
    assert collections.Counter(each.type for each in taken) == expected
    assert len({each.id for each in taken}) == len(taken)
    streams = collections.defaultdict(list)
    for each in taken:
        each.verify(receiver.secret)
        body = each.body
        assert body["id"] == each.id and body["version"] == 1 and body["timestamp"].endswith("Z")
        assert each.headers["content-type"].startswith("application/json")
        assert b"planted-note" not in each.raw and planted.encode() not in each.raw and "بيننا".encode() not in each.raw
        streams[body["stream"]].append(body["sequence"])
    assert set(streams) == {"records", room}
    [masked] = [each.body["data"]["message"] for each in receiver.of("message.created")
                if each.body["data"]["message"]["masked"]]
    assert masked["text"] == "1 × بطاقة آيتونز" and masked["author"]["kind"] == "staff"
    [updated] = receiver.of("contact.updated")
    assert updated.body["data"]["changed"] == ["company", "notes"]
    assert updated.body["data"]["contact"]["name"] == "سارة" and "notes" not in updated.body["data"]["contact"]
    # What is erased is forgotten here as well.
    assert not [each for each in shop.deliveries() if each["type"] == "contact.created"
                and shop.rest.get(f"{DELIVERIES}/{each['id']}").json()["body"]["data"]["contact"]["id"] == other]


def test_an_endpoint_is_told_what_it_asked_for_from_its_making_on(shop):
    [receiver] = shop.receivers
    shop.contact("قبل")
    made = shop.listen(receiver, "order.paid", "contact.created", description="المخزن")
    assert made["events"] == ["contact.created", "order.paid"] and made["enabled"] and made["version"] == 1
    order = shop.rest.post("/orders", {
        "number": "A-1", "items": [{"name": "بطاقة", "quantity": 1, "unit_price": 100}]}).json()["id"]
    shop.contact("بعد")
    shop.patch(f"/orders/{order}", payment="paid")
    taken = receiver.wait(2)
    assert sorted(each.type for each in taken) == ["contact.created", "order.paid"]
    assert [each.body["data"]["contact"]["name"] for each in receiver.of("contact.created")] == ["بعد"]
    # Turned off it is told nothing; on again it is told what happens from then on.
    shop.patch(f"{ENDPOINTS}/{receiver.id}", enabled=False)
    assert shop.endpoint(receiver)["disabled_because"] == "person"
    shop.contact("وهو متوقف")
    shop.patch(f"{ENDPOINTS}/{receiver.id}", enabled=True)
    shop.contact("من جديد")
    receiver.wait(3)
    assert [each.body["data"]["contact"]["name"] for each in receiver.of("contact.created")] == ["بعد", "من جديد"]
    assert shop.rest.delete(f"{ENDPOINTS}/{receiver.id}").status_code == 204
    assert shop.rest.get(f"{ENDPOINTS}/{receiver.id}").status_code == 404


def test_only_owners_may_look(shop):
    [receiver] = shop.receivers
    shop.listen(receiver)
    for role in ("agent", "supervisor"):
        rest = shop.hub.account(role, 1).rest()
        for path in (ENDPOINTS, f"{ENDPOINTS}/{receiver.id}", DELIVERIES):
            assert rest.get(path).status_code == 403
        assert rest.post(ENDPOINTS, {"url": receiver.url}).status_code == 403
        assert rest.post(f"{ENDPOINTS}/{receiver.id}/rotate-secret", {}).status_code == 403


# ---- When it does not work


def test_a_failure_is_tried_again_with_the_same_id_and_body(shop):
    [receiver] = shop.receivers
    receiver.script = [500, "close", "garbage", "redirect", "huge", 404, "slow"]
    shop.listen(receiver, "contact.created")
    shop.contact()
    taken = receiver.wait(7)
    assert len({each.id for each in taken}) == 1 and len({each.raw for each in taken}) == 1
    for each in taken:
        each.verify(receiver.secret)
    [done] = shop.reaches(receiver, "delivered")
    assert receiver.stolen == [], "no redirect is followed"
    assert [(each["status"], each["reason"]) for each in done["attempts"]] == [
        (500, "status"), (None, "broken_answer"), (None, "broken_answer"), (307, "redirect"),
        (None, "answer_too_long"), (404, "status"), (200, None)]
    assert [each["number"] for each in done["attempts"]] == list(range(1, 8))
    assert done["attempts"][6]["took_ms"] >= 300 and done["next_attempt_at"] is None
    assert "planted" not in str(shop.deliveries()), "nothing of an answer is kept"
    assert shop.endpoint(receiver)["failing_since"] is None


def test_who_asks_to_wait_is_waited_for(shop):
    [receiver] = shop.receivers
    receiver.script, receiver.headers = [429, 503], {"Retry-After": "2"}
    shop.listen(receiver, "contact.created")
    shop.contact()
    first, second, third = receiver.wait(3)
    assert second.at - first.at > 1.9 and third.at - second.at > 1.9
    assert [each["status"] for each in shop.reaches(receiver, "delivered")[0]["attempts"]] == [429, 503, 200]


def test_who_answers_410_is_told_nothing_any_more(shop):
    [receiver] = shop.receivers
    receiver.mood = 410
    shop.listen(receiver, "contact.created")
    shop.contact()
    wait_for(lambda: not shop.endpoint(receiver)["enabled"], 40, "it is turned off")
    assert shop.endpoint(receiver)["disabled_because"] == "gone"
    assert shop.deliveries(receiver)[0]["state"] == "failed"
    [row] = [each for each in shop.audit() if each["action"] == "webhook_endpoint.changed"]
    assert row["actor_kind"] == "system" and row["after"]["disabled_because"] == "gone"
    # A test reaches it all the same.
    receiver.mood = 200
    assert shop.rest.post(f"{ENDPOINTS}/{receiver.id}/test").status_code == 202
    [ping] = receiver.wait(1, "ping")
    ping.verify(receiver.secret)
    assert shop.rest.post(f"{DELIVERIES}/{shop.deliveries(receiver, state='failed')[0]['id']}/replay").status_code == 409


def test_what_fails_for_days_is_turned_off(make_hub):
    shop = Shop(make_hub)
    receiver = shop.receiver()
    receiver.mood = 500
    shop.start(HUB_HOOK_PATIENCE_S="1", HUB_ALERT_POLL_MS="50", HUB_ALERT_HOLD_S="0", HUB_ALERT_CALM_S="0")
    shop.listen(receiver, "contact.created")
    shop.contact()
    wait_for(lambda: shop.endpoint(receiver)["disabled_because"] == "failing", 40, "it is turned off")

    def alerts():
        return shop.rest.get("/alerts", params={"rule": "webhook_endpoint", "state": "firing"}).json()["items"]

    [alert] = wait_for(alerts, 40, "people are told")
    assert alert["subject"] == receiver.id
    # Nothing is lost: once it works again, all that failed is told.
    receiver.mood = 200
    shop.patch(f"{ENDPOINTS}/{receiver.id}", enabled=True)
    since = shop.endpoint(receiver)["created_at"]
    again = shop.rest.post(f"{ENDPOINTS}/{receiver.id}/replay", {"since": since})
    assert again.status_code == 202 and again.json() == {"replayed": 1, "more": False}
    shop.reaches(receiver, "delivered")
    wait_for(lambda: not alerts(), 40, "the alert is over")
    shop.close()


def test_an_endpoint_that_hangs_holds_up_no_other(office):
    hanging, well = office.receiver(), office.receiver()
    hanging.mood = "hang"
    # So patient that whoever waits for it would be seen to wait.
    office.start(HUB_HOOK_TIMEOUT_MS="60000", HUB_HOOKS_PER_S="1000")
    office.listen(hanging, "contact.created")
    office.listen(well, "contact.created")
    for number in range(40):
        office.contact(f"سارة {number}")
    well.wait(40, within=30)
    assert len(office.reaches(well, "delivered", 40)) == 40
    assert len(hanging.taken) <= 4 and not office.deliveries(hanging, state="delivered")


def test_private_addresses_and_strangers_are_refused(make_hub, tmp_path):
    shop = Shop(make_hub)
    allowed = shop.receiver(certificate=Authority(tmp_path / "strange").issue("hook"))
    private = Receiver()
    shop.receivers.append(private)
    shop.start(OUTBOUND_ALLOW=f"127.0.0.1:{allowed.port}")
    for url in [private.url, "http://shop.example/hook", "https://127.0.0.1/", "https://169.254.169.254/latest",
                "https://[::1]/", "https://user:secret@shop.example/", "https://2130706433/", "ftp://shop.example/"]:
        answer = shop.rest.post(ENDPOINTS, {"url": url})
        assert answer.status_code == 422 and [each["pointer"] for each in answer.json()["errors"]] == ["#/url"], answer.text
    shop.listen(allowed, "contact.created")
    refused = shop.rest.call("PATCH", f"{ENDPOINTS}/{allowed.id}", json={"url": "https://10.0.0.1/"})
    assert refused.status_code == 422
    # A name that leads to where the hub does not go is refused with each try.
    named = shop.rest.post(ENDPOINTS, {"url": f"https://localhost:{private.port}/", "events": ["contact.created"]})
    shop.contact()
    strange = shop.tries(allowed)
    assert strange[0]["reason"] == "tls" and allowed.taken == []
    private.id = named.json()["id"]
    tried = shop.tries(private)
    assert tried[0]["reason"] in ("address_not_allowed", "unreachable") and private.taken == []
    shop.close()


# ---- Again


def test_a_replay_keeps_the_id_and_the_body(shop):
    [receiver] = shop.receivers
    shop.listen(receiver, "contact.created", "contact.updated")
    contact = shop.contact("قديم")
    [first] = receiver.wait(1)
    [delivery] = shop.reaches(receiver, "delivered")
    shop.patch(f"/crm/contacts/{contact}", name="جديد")
    receiver.wait(2)
    whole = shop.rest.get(f"{DELIVERIES}/{delivery['id']}").json()
    assert whole["body"] == first.body and whole["event"] == first.id
    again = shop.rest.post(f"{DELIVERIES}/{delivery['id']}/replay")
    assert again.status_code == 202 and again.json()["replays"] == 1
    second = receiver.wait(2, "contact.created")[1]
    second.verify(receiver.secret)
    assert (second.id, second.raw) == (first.id, first.raw)
    wait_for(lambda: len(shop.rest.get(f"{DELIVERIES}/{delivery['id']}").json()["attempts"]) == 2, 20, "both are kept")
    assert shop.rest.post(f"{DELIVERIES}/D_01ARYZ6S41TSV4RRFFQ69G5FAV/replay").status_code == 404
    assert len(shop.deliveries(type="contact.created")) == 1
    assert shop.deliveries(**{"from": "2100-01-01T00:00:00Z"}) == []


def test_while_a_secret_is_rotated_both_sign(shop):
    [receiver] = shop.receivers
    made = shop.listen(receiver)
    old = receiver.secret
    answer = shop.rest.post(f"{ENDPOINTS}/{receiver.id}/rotate-secret", {})
    assert answer.status_code == 200 and answer.json()["old_secret_until"] > made["created_at"]
    new = answer.json()["secret"]
    assert new != old and "secret" not in shop.endpoint(receiver)
    shop.rest.post(f"{ENDPOINTS}/{receiver.id}/test")
    [ping] = receiver.wait(1)
    ping.verify(old)
    ping.verify(new)
    assert len(ping.signatures()) == 2
    # One that leaked ends at once.
    last = shop.rest.post(f"{ENDPOINTS}/{receiver.id}/rotate-secret", {"overlap_s": 0}).json()
    assert last["old_secret_until"] is None
    shop.rest.post(f"{ENDPOINTS}/{receiver.id}/test")
    second = receiver.wait(2)[1]
    second.verify(last["secret"])
    assert len(second.signatures()) == 1
    receiver.secret = last["secret"]
    # No secret lies anywhere in clear: not in the database, the audit log or the log.
    secrets = [each.removeprefix("whsec_") for each in (old, new, last["secret"])]
    assert seen(shop.hub, [base64.b64decode(each).hex() for each in secrets] + secrets) == []
    assert not [each for each in secrets if each in str(shop.audit()) + shop.hub.log_text()]
    assert "planted-in-the-address" not in str(shop.audit())
    actions = [each["action"] for each in shop.audit() if each["subject_kind"] == "webhook_endpoint"]
    assert sorted(actions) == sorted(
        ["webhook_endpoint.created"] + ["webhook_endpoint.secret_rotated", "webhook_endpoint.tested"] * 2)


def test_secrets_are_rotated_with_all_others(shop):
    [receiver] = shop.receivers
    shop.listen(receiver, "contact.created")
    shop.hub.stop()
    old = next(line.split("=", 1)[1] for line in (shop.hub.data / "secrets.env").read_text().splitlines()
               if line.startswith("ENCRYPTION_SECRET="))
    new = base64.b64encode(os.urandom(32)).decode()
    shop.hub.settings |= {"ENCRYPTION_SECRET": new, "ENCRYPTION_SECRET_RETIRED": old}
    assert "hook_secrets.sealed" in shop.hub.cli("keys", "rotate")
    del shop.hub.settings["ENCRYPTION_SECRET_RETIRED"]
    shop.hub.start()
    # Who was signed in is not any more.
    shop.hub.accounts.clear()
    shop.rest = shop.hub.admin.rest()
    shop.contact()
    receiver.wait(1)[0].verify(receiver.secret)


def test_there_are_no_more_endpoints_than_there_may_be(make_hub):
    shop = Shop(make_hub)
    receiver = shop.receiver()
    shop.start(HUB_HOOK_MAX_ENDPOINTS="1", HUB_HOOK_MAX_BODY_BYTES="1024")
    shop.listen(receiver, "contact.created")
    assert shop.rest.post(ENDPOINTS, {"url": receiver.url}).status_code == 409
    contact = shop.contact("س" * 200, fields={f"حقل {number}": "ق" * 100 for number in range(10)})
    [told] = receiver.wait(1)
    assert len(told.raw) <= 1024 and told.body["data"] == {"id": contact, "too_large": True}
    shop.close()


# ---- Nothing lost, nothing twice


def events_of(hub):
    """How often each event is among the deliveries."""
    rows = tell(hub, "SELECT e.stream, e.sequence, e.type, d.endpoint_id FROM hook_deliveries d"
                     " JOIN hook_events e ON e.id = d.event_id").strip().splitlines()
    return collections.Counter(rows)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_a_hub_that_is_killed_in_a_burst_loses_and_doubles_nothing(make_hub, database):
    shop = Shop(make_hub, database)
    receiver = shop.receiver()
    shop.start()
    shop.listen(receiver, "message.created")
    said = {}
    for number in range(3):
        async with People(shop.hub) as people:
            visitors = [await people.visitor(f"زائر {number}.{each}") for each in range(3)]

            async def talk(visitor):
                try:
                    for count in range(200):
                        said[visitor.room] = (await visitor.say(visitor.room, f"{count}"))["seq"]
                except Exception:  # The hub is gone, as it should be.
                    return

            talks = [asyncio.create_task(talk(visitor)) for visitor in visitors]
            goal = len(receiver.taken) + 10
            await asyncio.to_thread(wait_for, lambda: len(receiver.taken) >= goal, 40, "it is in the middle of it")
            await asyncio.to_thread(shop.hub.kill)
            await asyncio.gather(*talks)
        await asyncio.to_thread(shop.hub.start)
    # All that the log holds is told, and nothing else.
    logged = tell(shop.hub, "SELECT room_id, seq FROM room_events WHERE type = 'msg'").strip().splitlines()
    assert len(logged) >= sum(said.values()) > 0

    def told():
        return len(events_of(shop.hub)) == len(logged)

    await asyncio.to_thread(wait_for, told, 60, "all is owed")
    counts = events_of(shop.hub)
    assert set(counts.values()) == {1}
    assert {tuple(each.split("|")[:2]) for each in counts} == {tuple(each.split("|")) for each in logged}
    await asyncio.to_thread(
        wait_for, lambda: len({each.id for each in list(receiver.taken)}) == len(logged), 60, "all arrives")
    shop.close()


async def test_two_hubs_tell_each_event_once(office, make_hub):
    receiver = office.receiver()
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    office.start(**secret)
    second = make_hub(database_url=office.hub.database_url, settings=office.hub.settings | secret)
    second.settings |= {"PORT": str(second.port), "DATA_DIR": str(second.data)}
    second.start()
    second.accounts = office.hub.accounts
    office.listen(receiver, "message.created", "contact.created")
    async with People(office.hub) as here, People(second) as there:
        visitors = [await here.visitor(), await there.visitor(), await here.visitor(), await there.visitor()]

        async def talk(visitor):
            for count in range(30):
                await visitor.say(visitor.room, f"{count}")

        await asyncio.gather(*map(talk, visitors))
        for number in range(10):
            await asyncio.to_thread(office.contact, f"سارة {number}")
    taken = await asyncio.to_thread(receiver.wait, 130)
    await asyncio.to_thread(office.reaches, receiver, "delivered", 130)
    counts = events_of(office.hub)
    assert len(counts) == 130 and set(counts.values()) == {1}
    assert len({each.id for each in taken}) == len(receiver.taken) == 130
    entries = tell(office.hub, "SELECT recipient FROM outbox WHERE channel = 'hook'").split()
    assert len(entries) == len(set(entries)) == 130
