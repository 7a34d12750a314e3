"""Who works here: rights, users, teams, and what the audit log tells of them."""
import json
from urllib.parse import unquote

from hubtest.browser import eventually
from hubtest.setup_page import put


def test_everybody_sees_what_they_may(hub, page):
    page.enter(hub.account("agent", 1), "#/integrations")
    customers = ["contacts", "leads", "deals", "orders", "callbacks", "goals", "training"]
    seen = [link.get_attribute("href").rsplit("#/")[1] for link in page.all(".nav-link")]
    assert seen == ["products", *customers, "articles", "replies", "labels", "users", "teams"]
    eventually(lambda: "لا توجد" in page.one("h1").text, "what one may not see is not there")
    page.visit("#/users")
    assert not page.all(".stage-head .button")
    page.driver.execute_script("localStorage.clear()")
    page.go("/docs")
    page.enter(hub.account("supervisor", 1), "#/integrations/slack")
    links = [link.get_attribute("href").rsplit("#/")[1] for link in page.all(".nav-link")]
    assert links == ["integrations", "shop", "products", *customers, "exports", "assistant", "articles", "replies", "labels",
                     "ratings", "audit", "users", "teams"]
    page.settled()
    assert not page.one(".switch").is_enabled() and not page.all(".form-actions")
    assert page.one("input[name=channel]").get_property("readOnly")
    assert page.oddities() == []


def test_the_audit_log_is_filtered_unfolded_and_taken_along(hub, page, services, screenshots, tmp_path):
    put(hub, "slack", services.config("slack"))
    put(hub, "slack", services.config("slack") | {"channel": "#جديدة"})
    page.enter(hub.admin, "#/audit")
    eventually(lambda: len(page.all(".audit-row")) > 2, "rows")
    page.choose("subject_kind", "integration")
    eventually(lambda: len(page.all(".audit-row")) == 2, "only those of integrations")
    assert "subject_kind=integration" in unquote(page.driver.current_url)
    page.one(".audit-row summary").click()
    changed = page.one(".audit-row .changes")
    assert "#جديدة" in changed.text and "#a" in changed.text
    page.shoot(screenshots, "settings-audit-ar.png")
    page.driver.refresh()
    eventually(lambda: len(page.all(".audit-row")) == 2, "the address keeps the filter")

    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.one(".stage-head .button").click()
    page.all(".menu [role=menuitem]")[1].click()
    lines = eventually(lambda: list(tmp_path.glob("*.ndjson")), "the file")[0].read_text().splitlines()
    assert [json.loads(line)["subject_kind"] for line in lines] == ["integration", "integration"]
    page.one(".filters .link").click()
    eventually(lambda: len(page.all(".audit-row")) > 3, "all of them again")
    assert page.oddities() == []


def test_people_are_invited_changed_and_shut_out(hub, page, screenshots):
    page.enter(hub.admin, "#/users")
    page.one(".stage-head .button").click()
    page.fill("name", "هند")
    page.fill("email", "hind")
    page.save()
    eventually(lambda: "name@example.com" in page.error("email"), "an address that is none")
    page.fill("email", "hind@shop.example")
    page.save()
    link = page.one(".link-panel input").get_property("value")
    assert link.startswith(f"{hub.url}/password#invitation=")
    page.shoot(screenshots, "settings-link-ar.png")
    page.one(".form-actions a.button").click()
    eventually(lambda: "هند" in page.one("h1").text, "her page")
    page.choose("role", "supervisor")
    page.save()
    page.answer(is_yes=False)
    eventually(lambda: not page.status(), "not without being asked")
    page.save()
    page.answer()
    eventually(lambda: page.status() == "حُفظ", "another role")
    hind, = [user for user in hub.admin.rest().get("/users").json()["items"] if user["name"] == "هند"]
    assert hind["role"] == "supervisor"
    page.one(".user-state .is-danger").click()
    page.answer()
    eventually(lambda: "موقوف" in page.one(".user-state p").text, "shut out")
    page.visit("#/users?disabled=true")
    eventually(lambda: len(page.all(".user-row")) == 1, "the filter of the address")
    page.shoot(screenshots, "settings-users-ar.png")
    assert page.oddities() == []


def test_teams_are_made_changed_and_removed(hub, page, screenshots):
    agent = hub.account("agent", 1)
    page.enter(hub.admin, "#/teams/new")
    page.save()
    eventually(lambda: page.error("name_ar"), "a team needs a name")
    page.fill("name_ar", "المبيعات")
    page.fill("skills", "بلايستيشن، استرجاع")
    page.one(f".checks input[value='{agent.id}']").click()
    page.save()
    eventually(lambda: "المبيعات" in page.one("h1").text, "its page")
    team, = hub.admin.rest().get("/teams").json()["items"]
    assert team["skills"] == ["بلايستيشن", "استرجاع"] and team["members"] == [agent.id]
    page.fill("name_en", "Sales")
    page.choose("routing_policy", "least_busy")
    page.choose("asks_first", "false")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "changed")
    team, = hub.admin.rest().get("/teams").json()["items"]
    assert (team["name_en"], team["routing_policy"], team["asks_first"]) == ("Sales", "least_busy", False)
    page.shoot(screenshots, "settings-team-ar.png")
    page.one(".panel > .is-danger").click()
    page.answer()
    eventually(lambda: hub.admin.rest().get("/teams").json()["items"] == [], "removed")
    eventually(lambda: page.driver.execute_script("return location.hash") == "#/teams", "and back at the list")
    assert page.oddities() == []
