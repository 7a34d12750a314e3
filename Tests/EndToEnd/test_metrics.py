"""What the hub measures, and that Prometheus understands it."""
import re
import subprocess

import pytest
import requests

from hubtest.hub import ROOT
from hubtest.people import People

# scripts/bootstrap puts it there.
PROMTOOL = ROOT / ".venv" / "bin" / "promtool"
TOKEN = "a-token-for-the-scraper"


def scrape(hub, token=TOKEN):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return requests.get(hub.url + "/metrics", headers=headers, timeout=10)


def value(text, name):
    """The sum of a family's samples."""
    found = re.findall(rf"^{name}(?:\{{[^}}]*\}})? (\S+)$", text, re.MULTILINE)
    assert found, f"no {name}"
    return sum(map(float, found))


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_promtool_finds_nothing_to_complain_about(make_hub, database):
    hub = make_hub(database, settings={"METRICS_TOKEN": TOKEN}).start()
    before = scrape(hub).text
    async with People(hub) as people:
        visitor = await people.visitor()
        for number in range(5):
            await visitor.say(visitor.room, f"{number}")
        await visitor.until_seq(visitor.room, 5)
        text = scrape(hub).text
        assert value(text, "hub_sockets") == 1
        assert value(text, "hub_events_committed_total") - value(before, "hub_events_committed_total") >= 5
        assert value(text, "hub_deliveries_total") >= 5
        assert value(text, "hub_socket_messages_received_total") >= 6
    for name in ["hub_connections", "hub_rooms_loaded", "process_resident_memory_bytes", "process_cpu_seconds_total",
                 "hub_socket_bytes_total", "hub_commit_duration_seconds_count", "hub_build_info"]:
        assert value(text, name) > 0, name
    # Nobody is named.
    assert not re.search(r"[a-z]_[0-9A-HJKMNP-TV-Z]{26}", text)
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=text, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr


def test_a_token_is_needed(make_hub):
    hub = make_hub(settings={"METRICS_TOKEN": TOKEN}).start()
    assert scrape(hub, None).status_code == 401
    assert scrape(hub, "wrong").status_code == 401
    assert scrape(hub, hub.admin.token()).status_code == 200
    assert scrape(hub, hub.account("agent", 1).token()).status_code == 403


def test_the_alerting_rules_are_right_and_name_metrics_that_exist(make_hub):
    rules = ROOT / "docs" / "prometheus-rules.yml"
    tests = ROOT / "Tests" / "EndToEnd" / "prometheus-rules-test.yml"
    for arguments in (["check", "rules", rules], ["test", "rules", tests]):
        done = subprocess.run([PROMTOOL, *arguments], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    text = scrape(make_hub("postgres", settings={"METRICS_TOKEN": TOKEN}).start()).text
    known = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    named = set(re.findall(r"\b(?:hub|process)_[a-z_]+\b", re.sub(r'"[^"]*"', "", rules.read_text())))
    assert named and named <= known, named - known
