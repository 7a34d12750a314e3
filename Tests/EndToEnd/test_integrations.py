"""Outside services: connected in a page, tested with a button, and no secret of them anywhere."""
import contextlib
import json
import sqlite3
import subprocess

import pytest

from hubtest.integrations import taken_up
from hubtest.openai import KEY, MODEL, OpenAI
from hubtest.services_fake import ServicesFake

# Of the page, with what the local services call themselves.
TYPES = {"sms": "twilio", "email": "sendgrid", "google_calendar": "google_calendar", "slack": "slack", "seha": "seha",
         "tatman": "tatman"}
SECRETS = ["fake-twilio-token", "SG.fake-key", "fake-google-secret", "fake-refresh-token", "fakefakefakefake",
           "fake-health-key"]


@pytest.fixture
def services():
    services = ServicesFake()
    yield services
    services.close()


@pytest.fixture(params=["sqlite", "postgres"])
def hub(request, make_hub, services):
    return make_hub(request.param, settings=services.settings() | {"HUB_STATUS_TIMEOUT_MS": "4000"}).start()


def connect(hub, services, kind, **changes):
    answer = hub.admin.rest().call(
        "PUT", f"/integrations/{kind}", json={"values": services.config(TYPES[kind]) | changes})
    assert answer.status_code == 200, answer.text
    return answer.json()


def probe(hub, kind, **more):
    answer = hub.admin.rest().post("/integrations/test", {"integration_type": kind} | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def values(integration):
    return {field["name"]: field["value"] for field in integration["fields"]}


@pytest.mark.parametrize("kind", TYPES)
def test_a_service_is_connected_and_works(hub, services, kind):
    before = hub.admin.rest().get(f"/integrations/{kind}").json()
    assert not before["configured"] and before["version"] == 0 and before["health_score"] is None
    assert probe(hub, kind)["outcome"] == "not_configured"
    made = connect(hub, services, kind)
    taken_up(kind, hub)
    assert made["configured"] and made["version"] == 1
    found = probe(hub, kind)
    assert found["ok"] and found["message"] and found["integration_config_id"] == made["integration_config_id"], found
    listed = hub.admin.rest().get(f"/integrations/{kind}/tests").json()
    assert [each["outcome"] for each in listed] == ["ok", "not_configured"]
    after = hub.admin.rest().get(f"/integrations/{kind}").json()
    assert after["health_score"] == 100 and after["last_test"]["ok"]
    by_id = hub.admin.rest().post("/integrations/test", {"integration_config_id": made["integration_config_id"]})
    assert by_id.json()["ok"] and by_id.json()["type"] == kind


@pytest.mark.parametrize("fault, outcome", [
    ({"kind": "status", "status": 401}, "bad_credential"), ({"kind": "status", "status": 429}, "limited"),
    ({"kind": "status", "status": 503}, "unreachable"), ({"kind": "html"}, "unreachable"),
    ({"kind": "slow", "delay_ms": 9000}, "unreachable"), ({"kind": "cut"}, "unreachable"),
    ({"kind": "garbage"}, "unreachable"), ({"kind": "huge"}, "unreachable"), ({"kind": "redirect"}, "bad_config"),
])
def test_a_bad_day_is_told_apart_and_takes_the_score_down(hub, services, fault, outcome):
    connect(hub, services, "email")
    services.fault("sendgrid", **fault)
    found = probe(hub, "email")
    assert found["outcome"] == outcome and found["message"] and found["message_en"], found
    score = hub.admin.rest().get("/integrations/email").json()
    assert score["health_score"] < 100 and score["health_reasons"] == [outcome]


def test_secrets_are_masked_kept_and_nowhere_else(hub, services):
    rest = hub.admin.rest()
    for kind in TYPES:
        connect(hub, services, kind)
        probe(hub, kind)
    sms = rest.get("/integrations/sms").json()
    assert values(sms)["auth_token"] == "••••oken"
    # The mask that is sent back leaves the secret as it is; a field that is left out goes.
    kept = rest.call("PUT", "/integrations/sms", json={"values": values(sms) | {"from_number": "+966500000000"}})
    assert kept.status_code == 200 and values(kept.json())["auth_token"] == "••••oken"
    assert probe(hub, "sms")["ok"]
    wrong = values(sms) | {"auth_token": "another-token"}
    assert probe(hub, "sms", config=wrong)["outcome"] == "bad_credential", "values are tried before they are kept"
    assert probe(hub, "sms")["ok"]
    everything = json.dumps([
        rest.get("/integrations").json(), rest.get("/logs", params={"limit": 100}).json(),
        [rest.get(f"/integrations/{kind}/tests").json() for kind in TYPES], rest.get("/system/status").json(),
    ]) + hub.log_text() + dump(hub)
    assert "integration_secrets" in dump(hub)
    for secret in [*SECRETS, "another-token"]:
        assert secret not in everything
    entries = rest.get("/logs", params={"action": "integration.tested"}).json()["items"]
    assert len(entries) == len(TYPES) + 3


def dump(hub):
    """The whole database as text."""
    if hub.database_url:
        return subprocess.run(["pg_dump", hub.database_url], capture_output=True, text=True, check=True).stdout
    with contextlib.closing(sqlite3.connect(hub.data / "hub.sqlite")) as database:
        return "".join(database.iterdump())


def test_what_is_wrong_is_said_and_changes_nothing(hub, services):
    rest = hub.admin.rest()
    connect(hub, services, "slack")
    for body, field in [
        ({"values": {"nonsense": "x"}}, "/values/nonsense"),
        ({"values": {"webhook_url": "two words"}}, "/values/webhook_url"),
        ({"values": {"channel": 5}}, "/values/channel"),
    ]:
        refused = rest.call("PUT", "/integrations/slack", json=body)
        assert refused.status_code == 422, refused.text
        assert [error["pointer"] for error in refused.json()["errors"]] == ["#" + field]
    assert rest.call("PUT", "/integrations/fax", json={"values": {}}).status_code == 404
    stale = rest.call("PUT", "/integrations/slack", json={"values": {}}, headers={"If-Match": '"v9"'})
    assert stale.status_code == 412
    assert rest.get("/integrations/slack").json()["version"] == 1
    agent = hub.account("agent", 1).rest()
    assert agent.get("/integrations").status_code == 403
    assert agent.post("/integrations/test", {"integration_type": "slack"}).status_code == 403


@pytest.mark.parametrize("address", [
    "https://127.0.0.1:1", "https://localhost", "https://169.254.169.254", "https://[::1]", "http://example.com",
    "https://10.0.0.1",
])
def test_no_address_leads_into_the_shops_own_network(hub, services, address):
    connect(hub, services, "seha", api_url=address)
    found = probe(hub, "seha")
    assert found["outcome"] == "bad_config", found


def test_what_is_turned_off_is_not_asked(hub, services):
    connect(hub, services, "slack")
    rest = hub.admin.rest()
    assert rest.call("PUT", "/integrations/slack", json={
        "values": values(rest.get("/integrations/slack").json()), "enabled": False}).status_code == 200
    status = {each["name"]: each for each in rest.get("/system/status").json()}
    assert status["slack"]["outcome"] == "not_configured"


def test_a_hub_works_with_what_its_owner_stored_after_its_next_start_too(make_hub):
    model = OpenAI()
    try:
        hub = make_hub(settings={"OUTBOUND_ALLOW": f"127.0.0.1:{model.port}"}).start()
        stored = hub.admin.rest().call("PUT", "/integrations/openai", json={
            "values": {"api_key": KEY, "model": MODEL, "base_url": f"{model.url}/v1"}})
        assert stored.status_code == 200 and probe(hub, "openai")["ok"]
        hub.restart()
        rest = hub.admin.rest()
        assert rest.get("/integrations/openai").json()["taken_up"]
        model.says("أهلًا بك")
        played = rest.post("/ai/test", {"messages": [{"role": "user", "text": "مرحبا"}]})
        assert played.status_code == 200 and played.json()["text"] == "أهلًا بك"
    finally:
        model.close()
