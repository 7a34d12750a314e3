"""People are told once that a service fails, and once that it is well again."""
import base64
import datetime
import os

import pytest

from hubtest.integrations import integration, taken_up
from hubtest.mail import MAILBOX, Mail
from hubtest.services_fake import ServicesFake
from hubtest.waiting import wait_for

# Scores move fast here; what is bad fires at once.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_ALERT_POLL_MS": "50", "HUB_HEALTH_CHECK_S": "1", "HUB_ALERT_HOLD_S": "0",
    "HUB_ALERT_CALM_S": "0", "HUB_ALERT_FREE_DISK_BYTES": "0",
}
WRONG = "another-token"


@pytest.fixture
def services():
    fake = ServicesFake()
    yield fake
    fake.close()


def connect(hub, services):
    """Slack and Twilio."""
    for kind, name in {"slack": "slack", "sms": "twilio"}.items():
        answer = hub.admin.rest().call("PUT", f"/integrations/{kind}", json={"values": services.config(name)})
        assert answer.status_code == 200, answer.text


def alerts(hub, **filters):
    answer = hub.admin.rest().get("/alerts", params=filters)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def posts(services):
    return services.log()["posts"]


def note_count(hub):
    """How many notes stand in the staff's channel."""
    rooms = hub.account("agent", 1).rest().get("/rooms").json()["rooms"]
    return sum(room["head"] for room in rooms if "System alerts" in room["title"])


def is_well(hub):
    score = hub.admin.rest().get("/integrations/sms").json()["health_score"]
    return score is not None and score >= 90


def test_two_hubs_tell_once_that_it_fails_and_once_that_it_is_well(make_hub, services):
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    settings = QUICK | services.settings() | secret
    first = make_hub("postgres", settings=settings).start()
    connect(first, services)
    for kind in ["slack", "sms"]:
        taken_up(kind, first)
    second = make_hub(database_url=first.database_url, settings=settings).start()
    wait_for(lambda: is_well(first), 20, "the checks by the clock say that all is well")
    assert alerts(first) == [] and posts(services) == []

    services.set(auth_token=WRONG)
    wait_for(lambda: posts(services), 30, "Slack is told")
    [alert] = alerts(first, state="firing")
    assert (alert["rule"], alert["subject"]) == ("integration_health", "sms")
    assert "bad_credential" in alert["message_en"] and alert["told_at"] and not alert["recovered_at"]

    services.set(auth_token="fake-twilio-token")
    wait_for(lambda: alerts(first, state="recovered"), 60, "it is well again")
    wait_for(lambda: len(posts(services)) == 2, 20, "Slack is told that it is over")
    # Whatever the hubs would tell twice they would tell while all goes on as it is.
    wait_for(lambda: is_well(second), 60, "many looks later")
    broken, well = posts(services)
    assert broken.startswith("🔴") and "Health of sms" in broken and well.startswith("🟢")
    assert note_count(first) == 2 and alerts(second) == alerts(first) and len(alerts(first)) == 1
    text = first.log_text() + second.log_text() + broken + well
    assert WRONG not in text and "fake-twilio-token" not in text
    agent = first.account("agent", 1).rest()
    assert agent.get("/alerts").status_code == 403


def test_quiet_hours_hold_back_what_is_not_urgent(make_hub, services):
    # The shop is in Riyadh.
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=3)
    quiet = "-".join((now + datetime.timedelta(hours=hours)).strftime("%H:%M") for hours in (-1, 6))
    hub = make_hub(settings=QUICK | services.settings() | {"ALERT_QUIET_HOURS": quiet}).start()
    connect(hub, services)
    services.set(auth_token=WRONG)
    wait_for(lambda: alerts(hub, state="firing"), 30, "it fires")
    services.set(auth_token="fake-twilio-token")
    wait_for(lambda: alerts(hub, state="recovered"), 60, "it is over")
    [alert] = alerts(hub)
    assert alert["told_at"] is None and posts(services) == [] and note_count(hub) == 0

    # The morning comes.
    hub.settings["ALERT_QUIET_HOURS"] = ""
    hub.restart()
    wait_for(lambda: posts(services), 20, "what happened is told")
    [post] = posts(services)
    assert post.startswith("🟡") and alerts(hub)[0]["told_at"] == alerts(hub)[0]["recovery_told_at"]


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_people_are_told_by_mail_once_each(make_hub, services, tmp_path, database):
    mail = Mail(tmp_path / "mail")
    readers = ["boss@shop.example", "night@shop.example"]
    try:
        hub = make_hub(database, settings=QUICK | services.settings() | mail.settings() | {
            "ALERT_EMAILS": ",".join(readers), "HUB_OUTBOX_MAIL_PAUSE_MS": "50",
            "HUB_OUTBOX_MAILS_PER_SECOND": "100"}).start()
        services.set(auth_token=WRONG)
        answer = hub.admin.rest().call("PUT", "/integrations/sms", json={"values": services.config("twilio")})
        assert answer.status_code == 200, answer.text
        told = mail.wait(2, 60)
        assert sorted(each.recipients[0] for each in told) == readers
        for each in told:
            assert each.sender == MAILBOX and each.secured
            assert "🔴" in each.text and "Health of sms" in each.text and "bad_credential" in each.text
        services.set(auth_token="fake-twilio-token")
        over = mail.wait(4, 60)[2:]
        assert sorted(each.recipients[0] for each in over) == readers
        assert all("🟢" in each.text for each in over)
        wait_for(lambda: is_well(hub), 60, "many looks later")
        assert len(mail.received()) == 4 and len(alerts(hub)) == 1 and note_count(hub) == 2
        text = hub.log_text() + "".join(each.text for each in mail.received())
        assert WRONG not in text and "fake-twilio-token" not in text
        assert integration(hub, "slack")["version"] == 0, "nobody needs Slack for it"
    finally:
        mail.close()
