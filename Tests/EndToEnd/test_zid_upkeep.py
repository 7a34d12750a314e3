"""What the hub looks after at Zid by itself: keys that end, and webhooks that lead to it.

On SQLite there is one hub, on PostgreSQL there are two, which must not do anything twice. A refresh token of the
stand-in is good for one time, and the keys before end with each renewal: whoever loses an answer is locked out.
"""
import base64
import contextlib
import json
import os
import sqlite3
import subprocess

import pytest

from hubtest.integrations import connect, integration, store, taken_up
from hubtest.services_fake import ServicesFake
from hubtest.waiting import wait_for

QUICK = {
    "HUB_INTEGRATION_POLL_MS": "50", "HUB_ZID_UPKEEP_MS": "50", "HUB_ZID_UPKEEP_PAUSE_MS": "100",
    "HUB_ZID_REFUSAL_PAUSE_S": "1", "HUB_ZID_REQUESTS_PER_MIN": "6000", "HUB_ZID_PRODUCTS_S": "1",
    "HUB_ZID_ORDERS_S": "3600", "HUB_WEBHOOK_POLL_MS": "50", "HUB_WEBHOOK_LEASE_MS": "30000",
    "HUB_OUTBOX_TIMEOUT_MS": "20000", "HUB_HEALTH_CHECK_S": "86400",
}
EVENTS = ["order.create", "order.status.update", "order.payment_status.update"]
LOGIN = {"webhook_id": "a-secret-part-of-the-address", "webhook_username": "zid",
         "webhook_password": "PLANTED-first-password"}


class Shop:
    """Hubs on one database that are connected to Zid."""

    def __init__(self, make_hub, database, zid, **settings):
        self.zid, self.make_hub = zid, make_hub
        first = make_hub(database)
        secret = base64.b64encode(os.urandom(32)).decode()
        self.settings = QUICK | zid.settings() | {"ENCRYPTION_SECRET": secret, "PUBLIC_URL": first.url} | settings
        first.settings |= self.settings
        self.hubs = [first.start()]
        if database == "postgres":
            self.hubs.append(make_hub(database_url=first.database_url, settings=self.settings).start())
        self.first, self.last = self.hubs[0], self.hubs[-1]

    def values(self, **changes):
        return self.zid.config("zid") | self.zid.zid_grant() | LOGIN | changes

    def connect(self, **changes):
        return connect("zid", self.values(**changes), *self.hubs)

    def note(self, matter, hub=None):
        notes = {note["matter"]: note for note in integration(hub or self.last, "zid")["upkeep"]}
        return notes[matter]

    def reaches(self, matter, state, within=60):
        def found():
            note = self.note(matter)
            return note if note["state"] == state else None

        return wait_for(found, within, f"{matter} are {state}")

    def renewals(self):
        return self.zid.log()["zid"]["renewals"]

    def grants(self):
        """What was asked of the token endpoint."""
        return [each for each in self.zid.log()["requests"] if each["service"] == "zid_token"]

    def registered(self):
        return [(each["event"], each["target_url"]) for each in self.zid.log()["zid"]["webhooks"]]

    def test(self):
        answer = self.last.admin.rest().post("/integrations/test", {"integration_type": "zid"})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def everything(self):
        """All that the hubs have written or said."""
        rest = self.last.admin.rest()
        said = [rest.get("/integrations").json(), rest.get("/logs", params={"limit": 100}).json(),
                rest.get("/integrations/zid/tests").json(), rest.get("/system/status").json()]
        return json.dumps(said) + "".join(hub.log_text() for hub in self.hubs) + dump(self.first)


def dump(hub):
    if hub.database_url:
        return subprocess.run(["pg_dump", hub.database_url], capture_output=True, text=True, check=True).stdout
    with contextlib.closing(sqlite3.connect(hub.data / "hub.sqlite")) as database:
        return "".join(database.iterdump())


def fields(hub):
    return {field["name"]: field for field in integration(hub, "zid")["fields"]}


def page(hub):
    """What an owner's page sends back: what is stored, with masks for secrets."""
    return {name: field["value"] for name, field in fields(hub).items()
            if field["source"] == "stored" and not field["kept"]}


@pytest.fixture
def zid():
    fake = ServicesFake()
    fake.set(zid_per_minute="6000")
    yield fake
    fake.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    return request.param


@pytest.fixture
def shop(make_hub, zid, database):
    return Shop(make_hub, database, zid)


# ---- keys


def test_keys_are_renewed_as_soon_as_they_can_be_and_then_in_their_time(shop, zid):
    shop.connect()
    note = shop.reaches("keys", "good")
    assert note["at"] and note["message"] and note["message_en"], note
    taken_up("zid", *shop.hubs)
    assert shop.renewals() == 1 and shop.test()["ok"]
    shown = fields(shop.last)
    assert shown["keys_expire_at"]["kept"] and shown["keys_expire_at"]["value"] == note["at"]
    assert shown["manager_token"]["value"].startswith("••••") and not shown["manager_token"]["kept"]
    # Every hub works with the new keys: the old ones are worth nothing by now.
    for number, hub in enumerate(shop.hubs):
        hub.restart()
        zid.products({"name": f"منتج {number}", "sku": f"P-{number}", "price": 5})
    wait_for(lambda: len(shop.last.admin.rest().get("/products").json()["items"]) == len(shop.hubs), 60,
             "products come in with the new keys")
    assert len(shop.grants()) == 1, "they are good for a year"
    changes = shop.last.admin.rest().get("/logs", params={"action": "integration.changed"}).json()["items"]
    ours = [entry for entry in changes if "keys_expire_at" in json.dumps(entry)]
    assert len(ours) == 1 and ours[0]["actor_kind"] == "system", ours
    written = shop.everything()
    for secret in ["renewed-zid-manager", "renewed-zid-app", "renewed-zid-refresh", *shop.zid.zid_grant().values()]:
        if not secret.startswith("http") and secret != "fake-zid-client":
            assert secret not in written, secret


def test_keys_that_live_short_are_renewed_before_they_end_again_and_again(shop, zid):
    zid.set(zid_expires_s="8")
    shop.connect()
    wait_for(lambda: shop.renewals() >= 3, 120, "three renewals by the clock")
    assert [each["status"] for each in shop.grants()] == [200] * len(shop.grants()), "each with the token before"
    zid.set(zid_expires_s="31536000")
    before = shop.renewals()
    wait_for(lambda: shop.renewals() > before, 60, "once more")
    wait_for(lambda: shop.test()["ok"], 60, "and it works")


def test_a_key_that_is_refused_is_renewed_and_the_call_is_made_once_more(make_hub, zid, database):
    # Nothing of it is tried again by itself: products, orders and webhooks of Zid wait for an hour.
    shop = Shop(make_hub, database, zid, HUB_ZID_PRODUCTS_S="3600", HUB_WEBHOOK_LEASE_MS="60000")
    shop.connect()
    shop.reaches("keys", "good")
    shop.reaches("webhooks", "good")
    taken_up("zid", *shop.hubs)
    # Zid ends the keys before their time. Unless they are a second old by then, it is thought to be something else.
    zid.products({"name": "x", "sku": "S-1", "price": 5})
    zid.set(zid_manager="ended-before-its-time")

    def order():
        id = zid.place((next(iter(zid.log()["zid"]["products"])), 1), payment_status="paid")
        assert zid.tell_zid(id, "order.create") == [200]
        return id

    def known(id):
        return shop.last.admin.rest().get("/orders", params={"external_id": id, "source": "zid"}).json()["items"]

    def renewed():
        id = order()
        with contextlib.suppress(AssertionError):
            wait_for(lambda: known(id), 5, "the order")
        return shop.renewals() >= 2

    wait_for(renewed, 90, "the keys were renewed because a call was refused")
    id = order()
    wait_for(lambda: known(id), 30, "orders come in")
    assert {each["status"] for each in shop.grants()} == {200}, "each with the token of the one before"


@pytest.mark.parametrize("fault", [
    {"kind": "status", "status": 500}, {"kind": "status", "status": 429, "retry_after": 1}, {"kind": "html"},
    {"kind": "garbage"}, {"kind": "huge"}, {"kind": "redirect"}, {"kind": "status", "status": 404},
])
def test_a_bad_day_only_makes_it_later(shop, zid, fault):
    zid.fault("zid_token", times=2, **fault)
    shop.connect()
    assert shop.reaches("keys", "good", 120)["at"]
    assert len(shop.grants()) == 3 and shop.renewals() == 1
    assert shop.test()["ok"]


def test_an_answer_that_is_lost_locks_the_hub_out_and_it_says_so(shop, zid):
    zid.fault("zid_token", "lost")
    shop.connect()
    note = shop.reaches("keys", "failing")
    assert "lost" in note["message_en"] and "فُقد" in note["message"], note
    # Connected anew by its owner: the refresh token of now is what the page of Zid would show.
    zid.set(zid_manager="fake-zid-manager", zid_authorization="fake-zid-authorization", zid_refresh="fake-zid-refresh")
    store(shop.first, "zid", shop.values())
    shop.reaches("keys", "good")


@pytest.mark.parametrize("change, words", [
    ({"refresh_token": "PLANTED-revoked"}, "connect the app"), ({"client_secret": "PLANTED-wrong"}, "client_secret"),
])
def test_what_cannot_be_renewed_is_unmistakable_until_its_owner_mends_it(shop, zid, change, words):
    shop.connect(**change)
    note = shop.reaches("keys", "failing")
    assert words in note["message_en"], note
    found = shop.test()
    assert found["outcome"] == "bad_credential" and words in found["message_en"], "though the keys of now still work"
    now = integration(shop.first, "zid")
    assert now["health_score"] < 100 and now["health_reasons"] == ["bad_credential"]
    status = {each["name"]: each for each in shop.last.admin.rest().get("/system/status").json()}
    assert status["zid"]["outcome"] == "bad_credential"
    assert len(shop.grants()) == 1, "it is not asked again and again"
    # What an owner saves without mending it is one more try, and no more.
    store(shop.first, "zid", page(shop.first) | {"stock_owner": "hub"})
    wait_for(lambda: len(shop.grants()) == 2, 30, "one more try")
    store(shop.last, "zid", shop.values())
    shop.reaches("keys", "good")
    assert shop.test()["ok"]
    assert "PLANTED" not in shop.everything()


def test_an_owner_who_saves_meanwhile_loses_nothing_and_overwrites_nothing(shop, zid):
    zid.fault("zid_token", "slow", delay_ms=3000)
    store(shop.first, "zid", shop.values())
    opened = page(shop.first)
    wait_for(shop.grants, 30, "Zid is asked")
    # The page was opened before; its masks are those of the keys that are being replaced.
    saved = store(shop.last, "zid", opened | {"stock_owner": "hub"})
    assert {field["name"]: field["value"] for field in saved["fields"]}["stock_owner"] == "hub"
    shop.reaches("keys", "good")
    store(shop.last, "zid", opened | {"stock_owner": "hub"})
    taken_up("zid", *shop.hubs)
    assert fields(shop.first)["stock_owner"]["value"] == "hub" and shop.test()["ok"]
    assert shop.renewals() == 1 and len(shop.grants()) == 1 and shop.note("keys")["state"] == "good"


def test_two_hubs_renew_once(make_hub, zid):
    shop = Shop(make_hub, "postgres", zid)
    zid.fault("zid_token", "slow", delay_ms=1500)
    shop.connect()
    shop.reaches("keys", "good")
    taken_up("zid", *shop.hubs)
    assert len(shop.grants()) == 1
    for hub in shop.hubs:
        found = hub.admin.rest().post("/integrations/test", {"integration_type": "zid"}).json()
        assert found["ok"], found


def test_kill_9_between_the_answer_and_its_being_stored_is_told(make_hub, zid, database):
    shop = Shop(make_hub, database, zid, HUB_ZID_UPKEEP_LEASE_MS="1000", HUB_OUTBOX_TIMEOUT_MS="60000")
    # Zid has given the keys, and nobody hears of it.
    zid.fault("zid_token", "slow", delay_ms=20000)
    store(shop.first, "zid", shop.values())
    wait_for(shop.grants, 30, "Zid is asked")
    for hub in shop.hubs:
        hub.kill()
    for hub in shop.hubs:
        hub.start()
    note = shop.reaches("keys", "failing", 90)
    assert "lost" in note["message_en"], note
    assert shop.test()["outcome"] == "bad_credential"


def test_a_hub_that_is_stopped_waits_for_the_keys_that_are_on_their_way(make_hub, zid):
    shop = Shop(make_hub, "sqlite", zid)
    zid.fault("zid_token", "slow", delay_ms=2000)
    store(shop.first, "zid", shop.values())
    wait_for(shop.grants, 30, "Zid is asked")
    assert shop.first.stop() == 0
    shop.first.start()
    assert shop.note("keys")["state"] == "good" and len(shop.grants()) == 1
    assert shop.test()["ok"]


def test_without_an_app_nothing_is_renewed(make_hub, zid):
    shop = Shop(make_hub, "sqlite", zid)
    connect("zid", zid.config("zid") | LOGIN, shop.first)
    note = shop.note("keys")
    assert note["state"] == "off" and "client_id, client_secret, refresh_token" in note["message_en"]
    assert shop.test()["ok"] and shop.grants() == []
    assert all(each["upkeep"] == [] for each in shop.first.admin.rest().get("/integrations").json()
               if each["type"] != "zid")


# ---- webhooks


def test_webhooks_are_registered_once_and_lead_here(shop, zid):
    connect("zid", zid.config("zid"), *shop.hubs)
    shop.reaches("webhooks", "good")
    registered = shop.registered()
    assert sorted(event for event, _ in registered) == sorted(EVENTS)
    [target] = {target for _, target in registered}
    assert target.startswith(f"{shop.first.url}/api/v1/zid/webhook/") and len(target.rsplit("/", 1)[1]) >= 16
    # Name and password are the hub's own; what is told there is believed.
    taken_up("zid", *shop.hubs)
    [product] = zid.products({"name": "بطاقة", "sku": "C-1", "price": 5})
    order = zid.place((product, 1))
    assert zid.tell_zid(order, "order.create") == [200]
    rest = shop.last.admin.rest()
    wait_for(lambda: rest.get("/orders", params={"external_id": order}).json()["items"], 30, "the order is here")
    assert fields(shop.last)["webhook_username"]["value"] == "zid"
    for hub in shop.hubs:
        hub.restart()
    shop.reaches("webhooks", "good")
    posts = [each for each in zid.log()["requests"]
             if each["method"] == "POST" and each["path"].endswith("/managers/webhooks")]
    assert len(posts) == 3 and shop.registered() == registered
    written = shop.everything()
    for hook in zid.log()["zid"]["webhooks"]:
        assert hook["password"] not in written and hook["target_url"].rsplit("/", 1)[1] not in written


def test_what_leads_elsewhere_is_mended_and_what_others_registered_stays(shop, zid):
    shop.connect()
    shop.reaches("webhooks", "good")
    theirs = {"event": "order.create", "target_url": "https://else.example/hook", "original_id": 1, "subscriber": "x",
              "username": "u", "password": "p"}
    zid.control("zid/register", theirs)
    # The hub moves to another address.
    for hub in shop.hubs:
        hub.settings["PUBLIC_URL"] = f"http://localhost:{shop.first.port}"
        hub.stop()
    for hub in shop.hubs:
        hub.start()

    def moved():
        ours = [target for _, target in shop.registered() if "else.example" not in target]
        return len(ours) == 3 and all(target.startswith("http://localhost:") for target in ours)

    wait_for(moved, 60, "all lead to the new address")
    assert ("order.create", "https://else.example/hook") in shop.registered()


def test_what_zid_has_given_up_is_registered_anew(make_hub, zid):
    shop = Shop(make_hub, "sqlite", zid, HUB_ZID_WEBHOOKS_S="1")
    shop.connect()
    shop.reaches("webhooks", "good")
    zid.control("zid/break")

    def alive():
        hooks = zid.log()["zid"]["webhooks"]
        return len(hooks) == 3 and all(hook["active"] for hook in hooks)

    wait_for(alive, 60, "they are alive")
    [product] = zid.products({"name": "بطاقة", "sku": "C-1", "price": 5})
    assert zid.tell_zid(zid.place((product, 1)), "order.create") == [200]


def test_another_password_is_told_to_zid(shop, zid):
    shop.connect()
    shop.reaches("webhooks", "good")
    shop.connect(webhook_password="PLANTED-second-password",
                 **{name: value for name, value in page(shop.first).items() if name.endswith("_token")})

    def shown():
        hooks = zid.log()["zid"]["webhooks"]
        return len(hooks) == 3 and {hook["password"] for hook in hooks} == {"PLANTED-second-password"}

    wait_for(shown, 60, "Zid shows the new one")


def test_what_zid_does_not_allow_is_told(shop, zid):
    zid.set(zid_may_register="no")
    shop.connect()
    note = shop.reaches("webhooks", "failing")
    assert "webhooks.read_write" in note["message_en"] and "webhooks.read_write" in note["message"]
    shop.reaches("keys", "good")
    found = wait_for(lambda: (test := shop.test())["outcome"] != "ok" and test, 30, "a test says it")
    assert found["outcome"] == "bad_credential" and "webhooks" in found["message_en"]
    zid.set(zid_may_register="yes")
    store(shop.first, "zid", page(shop.first) | {"stock_owner": "hub"})
    shop.reaches("webhooks", "good")
    assert shop.test()["ok"] and len(shop.registered()) == 3


def test_a_bad_day_of_zid_registers_later_and_once(shop, zid):
    zid.fault("zid", "status", status=503, times=3)
    zid.fault("zid", "lost", times=2)
    shop.connect()
    shop.reaches("webhooks", "good", 120)
    assert sorted(event for event, _ in shop.registered()) == sorted(EVENTS)


def test_without_a_public_address_nothing_is_registered(make_hub, zid):
    shop = Shop(make_hub, "sqlite", zid, PUBLIC_URL="")
    connect("zid", zid.config("zid"), shop.first)
    note = shop.note("webhooks")
    assert note["state"] == "off" and "PUBLIC_URL" in note["message_en"]
    assert shop.test()["ok"] and shop.registered() == []
