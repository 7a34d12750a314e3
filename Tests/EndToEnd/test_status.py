"""The status of the system: what is found of outside services on good days and bad ones."""
import concurrent.futures
import json
import time

import pytest

from hubtest.services import TOKENS, MailServer, Services
from hubtest.waiting import wait_for

SERVICES = ["whatsapp", "zid", "openai"]
# In the order of the page.
ALL = ["whatsapp", "sms", "email", "google_calendar", "slack", "seha", "tatman", "zid", "openai"]
# No result is kept, and nobody is waited for long.
EAGER = {"HUB_STATUS_INTERVAL_MS": "0", "HUB_STATUS_TIMEOUT_MS": "4000"}


@pytest.fixture
def services():
    services = Services()
    yield services
    services.close()


@pytest.fixture
def mail():
    mail = MailServer()
    yield mail
    mail.close()


def status(hub):
    answer = hub.admin.rest().get("/system/status")
    assert answer.status_code == 200
    for report in answer.json():
        assert report["ok"] == (report["outcome"] == "ok") and report["message"] and report["message_en"]
    return {report["name"]: report for report in answer.json()}


def test_without_settings_nothing_is_configured_and_the_hub_is_well(make_hub):
    found = status(make_hub(settings=EAGER).start())
    assert list(found) == [*ALL, "database", "audit_log", "knowledge", "disk", "assistant_budget", "zid_orders"]
    for name in [*ALL, "knowledge", "zid_orders"]:
        assert not found[name]["configured"] and not found[name]["ok"]
        assert found[name]["outcome"] == "not_configured"
    for name in ["database", "audit_log", "disk", "assistant_budget"]:
        assert found[name]["configured"] and found[name]["ok"], found[name]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_what_works_is_told_and_written_down(make_hub, services, mail, database):
    hub = make_hub(database, settings=EAGER | services.settings() | mail.settings()).start()
    found = status(hub)
    for name in [*SERVICES, "email"]:
        assert found[name]["configured"] and found[name]["ok"], found[name]
    # Its good-bye may still be on the way.
    wait_for(lambda: len(mail.heard) > 1, 20, "two words")
    assert mail.heard == [b"EHLO [127.0.0.1]\r\n", b"QUIT\r\n"]
    rows = hub.admin.rest().get("/logs", params={"action": "integration.checked"}).json()["items"]
    assert sorted(row["subject_id"] for row in rows) == sorted(ALL)
    for row in rows:
        assert row["after"]["ok"] == (row["subject_id"] in [*SERVICES, "email"]) and row["actor_id"] == hub.admin.id


@pytest.mark.parametrize("mood, outcome", [
    (401, "bad_credential"), (403, "bad_credential"), (429, "limited"), (500, "unreachable"),
    ("html", "unreachable"), ("huge", "unreachable"), ("redirect", "bad_config"), ("hang", "unreachable"),
])
def test_a_bad_day_is_told_apart_and_gives_no_secret_away(make_hub, services, mood, outcome):
    hub = make_hub(settings=EAGER | services.settings()).start()
    services.mood = mood
    before = time.monotonic()
    found = status(hub)
    assert time.monotonic() - before < 11, "the checks run side by side"
    for name in SERVICES:
        assert found[name]["configured"] and found[name]["outcome"] == outcome, found[name]
    assert services.stolen == [], "a redirect was followed"
    logs = hub.admin.rest().get("/logs", params={"action": "integration.checked"}).text
    for secret in TOKENS.values():
        assert secret not in json.dumps(found) + logs + hub.log_text()


def test_a_setting_that_does_not_fit_is_named(make_hub, services):
    settings = services.settings() | {"ZID_STORE_ID": "1", "OPENAI_MODEL": "other", "WA_PHONE_ID": None}
    found = status(make_hub(settings=EAGER | settings).start())
    assert found["zid"]["outcome"] == "bad_config" and "ZID_STORE_ID" in found["zid"]["message"]
    assert found["openai"]["ok"] and "OPENAI_MODEL" in found["openai"]["message"]
    assert found["whatsapp"]["outcome"] == "bad_config" and "WA_PHONE_ID" in found["whatsapp"]["message"]


@pytest.mark.parametrize("greeting, outcome", [
    (b"421 too busy\r\n", "limited"), (b"HTTP/1.1 400 Bad Request\r\n\r\n", "unreachable"), (None, "unreachable"),
])
def test_a_mail_server_on_a_bad_day(make_hub, greeting, outcome):
    mail = MailServer(greeting)
    found = status(make_hub(settings=EAGER | mail.settings()).start())
    assert found["email"]["outcome"] == outcome, found["email"]
    assert "mail-password" not in json.dumps(found)
    mail.close()
    gone = status(make_hub(settings=EAGER | mail.settings()).start())
    assert gone["email"]["outcome"] == "unreachable"


def test_many_who_look_are_one_visitor(make_hub, services):
    # A result is good for as long as the test takes.
    hub = make_hub(settings=services.settings() | {"HUB_STATUS_INTERVAL_MS": "600000"}).start()
    token = hub.admin.token()
    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: hub.rest(token).get("/system/status").status_code, range(32)))
    assert answers == [200] * 32
    assert len(services.requests) == 3, services.requests


def test_only_administrators_look(make_hub):
    hub = make_hub(settings=EAGER).start()
    assert hub.account("agent", 1).rest().get("/system/status").status_code == 403
    assert hub.rest().get("/system/status").status_code == 401
