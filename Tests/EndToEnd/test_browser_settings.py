"""The settings in a real Chromium: services, watching, people, in both languages, on a desktop and on a phone.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import json
from urllib.parse import unquote

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.services_fake import ACCOUNT, ServicesFake
from hubtest.settings_page import SCRIPT, SettingsPage

# Scores move fast here; what is bad fires at once.
WATCHFUL = {
    "HUB_ALERT_POLL_MS": "100", "HUB_HEALTH_CHECK_S": "1", "HUB_ALERT_HOLD_S": "0", "HUB_ALERT_FREE_DISK_BYTES": "0",
}
PLACES = ["#/start", "#/integrations", "#/integrations/sms", "#/integrations/zid", "#/alerts", "#/status", "#/audit", "#/users",
          "#/users/new", "#/teams", "#/teams/new", "#/products", "#/products/new",
          "#/shop", "#/shop/hours", "#/shop/routing", "#/shop/assistant",
          "#/webhooks", "#/webhooks/new", "#/assistant", "#/assistant/instructions", "#/assistant/usage", "#/articles",
          "#/articles/new", "#/articles/find", "#/replies", "#/replies/new", "#/labels", "#/labels/new", "#/ratings",
          "#/contacts", "#/contacts/new", "#/leads", "#/deals", "#/orders", "#/callbacks", "#/goals", "#/training", "#/exports"]


@pytest.fixture
def services():
    services = ServicesFake()
    yield services
    services.close()


@pytest.fixture
def hub(make_hub, services):
    return make_hub(settings=services.settings() | {"HUB_STATUS_TIMEOUT_MS": "1500"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()


def put(hub, kind, values, **more):
    answer = hub.admin.rest().put(f"/integrations/{kind}", json={"values": values} | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def stored(hub, kind):
    fields = hub.admin.rest().get(f"/integrations/{kind}").json()["fields"]
    return {field["name"]: field["value"] for field in fields if field["source"] == "stored"}


def fill_sms(page, services, **changes):
    config = services.config("twilio") | changes
    page.unfold()
    for name, value in config.items():
        page.fill(name, value)


def test_a_service_is_connected_tested_saved_and_turned_off(hub, page, services, screenshots):
    page.enter(hub.admin)
    assert page.driver.execute_script("return document.documentElement.dir") == "rtl"
    eventually(lambda: len(page.all(".card")) == 9, "all services")
    assert {card.get_attribute("data-state") for card in page.all(".card")} == {"absent"}
    page.one(".card[data-type=sms] a").click()
    page.settled()
    eventually(lambda: "Twilio" in page.driver.title and page.focused().tag_name == "h1", "the focus goes along")

    fill_sms(page, services, auth_token="wrong-token")
    page.one(".test-button").click()
    verdict = page.one(".verdict")
    assert verdict.get_attribute("data-outcome") == "bad_credential" and "لم تُحفظ بعد" in verdict.text
    assert stored(hub, "sms") == {}, "a test keeps nothing"
    page.fill("auth_token", services.config("twilio")["auth_token"])
    page.one(".test-button").click()
    eventually(lambda: page.one(".verdict").get_attribute("data-outcome") == "ok", "with the right token it works")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    eventually(lambda: "مربوطة" in page.one(".stage-head").text, "connected")
    assert "••••oken" in page.field("auth_token").text
    assert stored(hub, "sms")["account_sid"] == ACCOUNT
    eventually(lambda: not page.all(".notice-line"), "the hub has taken it up")

    page.one(".test-button").click()
    eventually(lambda: len(page.all(".tests > li")) == 3, "the history has all three")
    assert len(page.all(".score-chart circle")) == 3
    page.fill("from_number", "+966500000000")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved again")
    assert stored(hub, "sms") == services.config("twilio") | {"from_number": "+966500000000", "auth_token": "••••oken"}
    page.one(".test-button").click()
    eventually(lambda: page.one(".verdict").get_attribute("data-outcome") == "ok", "the secret is still there")
    page.shoot(screenshots, "settings-service-ar.png")

    page.one(".switch").click()
    page.answer(is_yes=False)
    assert page.one(".switch").is_selected() and hub.admin.rest().get("/integrations/sms").json()["enabled"]
    page.one(".switch").click()
    page.answer()
    eventually(lambda: "متوقفة" in page.one(".stage-head").text, "it is off")
    assert stored(hub, "sms")["account_sid"] == ACCOUNT, "and keeps its values"
    page.one(".switch").click()
    eventually(lambda: "مربوطة" in page.one(".stage-head").text, "on again")
    page.one(".stage-back").click()
    eventually(lambda: page.all(".card[data-type=sms][data-state=connected]"), "the card says so too")
    page.shoot(screenshots, "settings-cards-ar.png")
    assert page.oddities() == [] and page.foreign_hosts() == set()


def test_a_secret_is_kept_replaced_and_removed(hub, page, services):
    put(hub, "email", services.config("sendgrid"))
    page.enter(hub.admin, "#/integrations/email")
    secret = page.field("api_key")
    secret.find_elements(By.CSS_SELECTOR, "button.link")[0].click()
    box = page.one("input[name=api_key]")
    assert box.get_attribute("type") == "password" and box.get_property("value") == "", "the mask is never in the box"
    assert page.one("[type=submit]").get_attribute("aria-disabled") == "true", "opening it changes nothing"
    box.send_keys("SG.another")
    page.one(".secret-box button").click()
    assert box.get_attribute("type") == "text", "what is typed can be looked at"
    next(link for link in page.field("api_key").find_elements(By.CSS_SELECTOR, "button.link")).click()
    assert "••••ey" in page.field("api_key").text, "and given up"
    assert page.one("[type=submit]").get_attribute("aria-disabled") == "true"
    page.field("api_key").find_elements(By.CSS_SELECTOR, "button.link")[1].click()
    assert "سيُزال" in page.field("api_key").text
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert "api_key" not in stored(hub, "email")
    assert page.one("input[name=api_key]").get_property("value") == "", "and the field is there to be filled"


def test_what_is_wrong_is_said_beside_its_field(hub, page):
    page.enter(hub.admin, "#/integrations/slack")
    page.fill("webhook_url", "two words")
    page.fill("channel", "#عام")
    page.save()
    eventually(lambda: page.error("webhook_url"), "the hub's refusal")
    assert "بلا مسافات" in page.error("webhook_url") and page.error("channel") == ""
    assert page.focused().get_attribute("name") == "webhook_url"
    assert page.focused().get_attribute("aria-invalid") == "true"
    assert "حقل واحد" in page.banner()
    assert page.value("channel") == "#عام" and page.value("webhook_url") == "two words", "nothing is taken away"
    page.fill("webhook_url", "https://hooks.slack.com/services/T/B/x y")
    assert page.error("webhook_url") == "", "it goes with the next letter"
    page.one(".test-button").click()
    eventually(lambda: page.error("webhook_url"), "a test says it too")

    page.visit("#/integrations/zid")
    page.answer()
    page.settled()
    page.unfold()
    page.fill("stock_owner", "nobody")
    page.unfold()
    page.save()
    eventually(lambda: page.error("stock_owner"), "a field that was folded away is unfolded")
    assert page.oddities() == []


def test_what_is_typed_outlives_the_hub_the_session_and_a_wrong_click(hub, page, screenshots):
    page.enter(hub.admin, "#/integrations/slack")
    page.fill("channel", "#مهم")
    hub.kill()
    page.save()
    eventually(lambda: "لا اتصال" in page.banner(), "it says that the hub is away")
    page.shoot(screenshots, "settings-away-ar.png")
    assert page.value("channel") == "#مهم"
    hub.start()
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved when it is back")
    assert stored(hub, "slack") == {"channel": "#مهم"}

    page.fill("channel", "#أهم")
    page.one(".nav-link[href='#/users']").click()
    page.answer(is_yes=False)
    assert page.value("channel") == "#أهم"
    assert page.driver.execute_script("return location.hash") == "#/integrations/slack"
    page.driver.execute_script("localStorage.clear()")
    page.save()
    page.one("form.sign-in input[name=email]").send_keys(hub.admin.email)
    page.one("form.sign-in input[name=password]").send_keys(hub.admin.password)
    page.one("form.sign-in button[type=submit]").click()
    assert page.value("channel") == "#أهم", "the form waited behind the sign-in"
    page.save()
    eventually(lambda: stored(hub, "slack") == {"channel": "#أهم"}, "and is saved")
    assert page.oddities() == []


def test_two_administrators_do_not_overwrite_each_other(hub, page, screenshots):
    put(hub, "email", {"from_email": "shop@example.com", "from_name": "متجر"})
    page.enter(hub.admin, "#/integrations/email")
    page.fill("from_name", "متجر البطاقات")
    put(hub, "email", {"from_email": "help@example.com", "from_name": "المتجر"})
    page.save()
    clash = eventually(lambda: page.field("from_name").find_elements(By.CSS_SELECTOR, ".clash:not([hidden])"), "both")[0]
    assert "المتجر" in clash.text and "متجر البطاقات" in clash.text
    assert page.value("from_email") == "help@example.com", "what was not touched follows"
    page.shoot(screenshots, "settings-clash-ar.png")
    page.save()
    assert stored(hub, "email")["from_name"] == "المتجر", "nothing is saved before it is decided"
    page.one("[data-take=mine]").click()
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert stored(hub, "email") == {"from_email": "help@example.com", "from_name": "متجر البطاقات"}


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


def test_alerts_and_the_status_are_live(make_hub, services, page, hub, screenshots):
    watchful = make_hub(settings=services.settings() | WATCHFUL).start()
    window = SettingsPage(watchful.url)
    try:
        window.enter(watchful.admin, "#/alerts")
        eventually(lambda: window.all(".summary[data-state=good]"), "nothing yet")
        put(watchful, "sms", services.config("twilio") | {"auth_token": "wrong-token"})
        watchful.restart()
        eventually(lambda: watchful.admin.rest().get("/alerts", params={"state": "firing"}).json()["items"], "it fires")
        window.driver.refresh()
        row = window.one(".alert-row[data-state=firing]")
        assert "sms" in row.text and window.all(".summary[data-state=bad]")
        window.shoot(screenshots, "settings-alerts-ar.png")
        row.find_element(By.CSS_SELECTOR, "a.link").click()
        eventually(lambda: window.all(".health [data-kind=bad]"), "the service tells of it as well")
        window.shoot(screenshots, "settings-ill-ar.png")

        window.visit("#/status")
        assert len(window.all(".check-row")) >= 5 and window.all(".summary[data-state=bad]")
        eventually(lambda: window.all(".figure[data-figure=requests]:not([hidden])"), "rates, with the second look")
        eventually(lambda: "L" in window.all(".figure[data-figure=memory] path")[1].get_attribute("d"), "charts grow")
        services.set(auth_token="wrong-token")
        eventually(lambda: window.one(".stage-head .button").click() or window.all(".summary[data-state=good]"), "well")
        window.shoot(screenshots, "settings-status-ar.png")
        watchful.kill()
        eventually(lambda: any(line.is_displayed() for line in window.all(".notice-line")), "it says that it is old")
        assert window.oddities() == []
    finally:
        window.quit()


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


def test_the_settings_of_the_shop_are_changed(hub, page, screenshots):
    page.enter(hub.admin, "#/shop")
    page.fill("shop.name_ar", "بطاقات")
    page.choose("shop.time_zone", "Asia/Dubai")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert (setting(hub, "shop.name_ar"), setting(hub, "shop.time_zone")) == ("بطاقات", "Asia/Dubai")

    page.one(".tab-link[href='#/shop/hours']").click()
    eventually(lambda: len(page.all(".week-day")) == 7, "the days")
    friday = page.all(".week-day")[5]
    friday.find_element(By.CSS_SELECTOR, "button.link").click()
    friday.find_element(By.CSS_SELECTOR, "button.link").click()
    page.one(".holidays .button").click()
    page.one(".holiday input[type=date]").send_keys("09232026")
    page.all(".holiday input")[1].send_keys("اليوم الوطني")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert setting(hub, "hours.week")["friday"] == [{"from": "09:00", "to": "17:00"}, {"from": "18:00", "to": "19:00"}]
    assert [day["name_ar"] for day in setting(hub, "hours.holidays")] == ["اليوم الوطني"]
    page.shoot(screenshots, "settings-hours-ar.png")
    boxes = page.all(".week-day")[5].find_elements(By.CSS_SELECTOR, "input")
    page.driver.execute_script("arguments[0].value = '10:00'; arguments[0].dispatchEvent(new Event('change'))", boxes[2])
    page.save()
    eventually(lambda: page.error("hours.week"), "times that overlap are refused")

    page.driver.execute_script("location.hash = '#/shop/routing'")
    page.answer()
    page.settled()
    page.choose("routing.policy", "round_robin")
    page.fill("routing.offer_seconds", "1")
    page.save()
    eventually(lambda: page.error("routing.offer_seconds"), "out of range")
    page.fill("routing.offer_seconds", "45")
    hub.admin.rest().call("PATCH", "/settings/routing.offer_seconds", json={"value": 60})
    page.save()
    eventually(lambda: page.field("routing.offer_seconds").find_elements(By.CSS_SELECTOR, ".clash:not([hidden])"), "both")
    page.one("[data-take=theirs]").click()
    assert page.value("routing.offer_seconds") == "60"
    eventually(lambda: setting(hub, "routing.policy") == "round_robin", "what was saved before stays saved")
    assert page.oddities() == []


def setting(hub, key):
    return hub.admin.rest().get(f"/settings/{key}").json()["value"]


def test_products_are_kept_and_their_codes_come_in(hub, page, screenshots, tmp_path):
    page.enter(hub.admin, "#/products/new")
    page.fill("name_ar", "بطاقة بلايستيشن")
    page.fill("sku", "PSN-50")
    page.fill("price", "خمسون")
    page.save()
    eventually(lambda: page.error("price"), "no amount")
    page.fill("price", "٤٩٫٥")
    page.save()
    eventually(lambda: "بلايستيشن" in page.one("h1").text, "its page")
    made, = hub.admin.rest().get("/products").json()["items"]
    assert (made["price"], made["currency"], made["stock_policy"]) == (4950, "SAR", "codes")
    assert page.value("price") == "49.50"

    good = tmp_path / "أكواد.csv"
    good.write_text("code\n" + "".join(f"PSN-{number:04d}-AAAA\n" for number in range(40)), encoding="utf-8")
    upload(page, good)
    eventually(lambda: page.all(".import-state[data-state=finished]"), "they are kept")
    assert "40" in page.one(".import-state").text
    eventually(lambda: len(page.all(".code-row")) == 20, "and are listed, masked")
    assert "PSN-0001-AAAA" not in page.root.text
    bad = tmp_path / "bad.csv"
    bad.write_text("code\nNEW-0001-BBBB\nPSN-0001-AAAA\n\"\"\n", encoding="utf-8")
    upload(page, bad)
    eventually(lambda: page.all(".import-state[data-state=refused]"), "nothing of it is kept")
    assert "السطر 3" in page.one(".line-problems").text, page.one(".line-problems").text
    page.shoot(screenshots, "settings-product-ar.png")
    assert hub.admin.rest().get(f"/products/{made['id']}").json()["stock"] == 40
    page.choose("mode", "valid")
    upload(page, bad)
    eventually(lambda: page.all(".import-state[data-state=finished]"), "the good line is kept")
    assert hub.admin.rest().get(f"/products/{made['id']}").json()["stock"] == 41

    eventually(lambda: page.one(".code-row .link").click() is None, "the list comes to rest")
    page.answer()
    eventually(lambda: hub.admin.rest().get(f"/products/{made['id']}").json()["stock"] == 40, "one is revoked")
    page.all(".panel > .is-danger")[0].click()
    page.answer()
    eventually(lambda: "أرشفه" in page.one(".toast").text, "what has codes stays")
    page.visit("#/products")
    assert "49.50" in page.one(".product-row").text
    page.shoot(screenshots, "settings-products-ar.png")
    assert page.oddities() == []


def upload(page, path):
    page.one("input[type=file]").send_keys(str(path))
    page.one(".filters [type=submit]").click()


def test_nothing_that_people_write_runs(hub, page):
    rest = hub.admin.rest()
    evil = {name: SCRIPT.format(name) for name in ("user", "team", "skill", "from", "channel", "product")}
    user = rest.post("/users", {"email": "x@shop.example", "name": evil["user"]}).json()["user"]
    team = rest.post("/teams", {"name_ar": evil["team"], "skills": [evil["skill"][:50]], "members": [user["id"]]}).json()
    put(hub, "email", {"from_email": "a@example.com", "from_name": evil["from"]})
    put(hub, "slack", {"channel": evil["channel"]})
    product = rest.post("/products", {"name_ar": evil["product"], "sku": evil["skill"][:60], "category": "<b>x</b>",
                                      "price": 100, "stock_policy": "codes"}).json()
    answer = rest.call("POST", "/codes/imports", params={"product": product["id"], "name": "<img src=x onerror=alert(2)>"},
                       data=b"<b>code</b>", headers={"Content-Type": "text/csv"})
    assert answer.status_code == 201, answer.text
    page.enter(hub.admin, f"#/audit?subject={SCRIPT.format('address')}")
    places = PLACES + ["#/integrations/email", "#/integrations/slack", f"#/users/{user['id']}", f"#/teams/{team['id']}",
                       f"#/products/{product['id']}", f"#/{SCRIPT.format('hash')}", "#/users?q=<img src=x onerror=alert(1)>"]
    for place in places:
        page.driver.execute_script("location.hash = arguments[0]", place)
        page.settled()
    page.visit("#/audit")
    for summary in page.all(".audit-row summary")[:6]:
        summary.click()
    page.visit("#/users")
    eventually(lambda: evil["user"] in page.root.text, "it is shown as it is")
    assert page.driver.execute_script("return window.stolen") is None
    assert not page.all("img[src=x]")
    assert page.oddities() == [] and page.foreign_hosts() == set()


def test_everything_can_be_done_with_the_keyboard(hub, page):
    page.enter(hub.admin)
    eventually(lambda: len(page.all(".card")) == 9, "the cards")

    def press(*keys):
        page.driver.switch_to.active_element.send_keys(*keys)

    def tab_to(selector):
        target = page.one(selector)
        for _ in range(60):
            press(Keys.TAB)
            if page.focused() == target:
                return
        raise AssertionError(f"{selector} cannot be reached")

    page.driver.execute_script("document.activeElement.blur()")
    page.root.send_keys(Keys.TAB)
    assert "skip" in page.focused().get_attribute("class") and page.focused().is_displayed()
    press(Keys.ENTER)
    assert page.focused().get_attribute("id") == "content"
    tab_to(".card[data-type=slack] a")
    press(Keys.ENTER)
    eventually(lambda: page.focused().tag_name == "h1", "the heading of the service")
    tab_to("input[name=webhook_url]")
    press("https://hooks.slack.com/services/T/B/secret-of-the-shop")
    tab_to("input[name=channel]")
    press("#a", Keys.ENTER)
    eventually(lambda: page.status() == "حُفظ", "saved with Enter")
    page.driver.execute_script("arguments[0].focus()", page.one(".switch"))
    press(Keys.SPACE)
    page.one(".dialog")
    press(Keys.ESCAPE)
    eventually(lambda: page.focused() == page.one(".switch"), "the focus comes back")
    assert page.one(".switch").is_selected()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("name, size", [("desktop", DESKTOP), ("phone", PHONE)])
def test_every_place_is_accessible_and_fits(hub, page, services, lang, name, size, screenshots):
    put(hub, "sms", services.config("twilio"))
    put(hub, "slack", services.config("slack"), enabled=False)
    rest = hub.admin.rest()
    for _ in range(3):
        assert rest.post("/integrations/test", {"integration_type": "sms"}).json()["ok"]
    services.set(auth_token="another")
    rest.post("/integrations/test", {"integration_type": "sms"})
    team = rest.post("/teams", {"name_ar": "المبيعات", "name_en": "Sales", "members": [hub.account("agent", 1).id]})
    places = PLACES + [f"#/teams/{team.json()['id']}", f"#/users/{hub.account('agent', 1).id}"]
    page.enter(hub.admin, lang=lang)
    page.resize(size)
    # Colours do not change with the size: by day on the desktop, by night on the phone.
    page.night(name == "phone")
    found = {}
    for place in places:
        page.visit(place)
        if bad := violations(page):
            found[place] = bad
        if not page.fits():
            found[place, "width"] = "something stands out at the side"
        shot = place.removeprefix("#/").replace("/", "-").split("01")[0]
        page.shoot(screenshots, f"settings-{name}-{lang}-{shot}.png")
    page.visit("#/")
    page.shoot(screenshots, f"settings-{name}-{lang}-menu.png")
    assert found == {}
    assert page.oddities() == [] and page.foreign_hosts() == set()


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_first_steps_are_ticked_as_they_are_done(hub, page, services, screenshots, lang):
    page.enter(hub.admin, "#/", lang)
    steps = lambda: {row.get_attribute("data-step"): row.get_attribute("data-state") for row in page.all(".first-steps .row")}
    eventually(lambda: page.all(".first-steps .row"), "a new shop begins here")
    assert set(steps().values()) == {"open"}
    assert page.one(".first-steps .row[aria-current=step]").get_attribute("data-step") == "shop"
    assert f'src="{hub.url}/widget.js"' in page.one(".copy-line input").get_property("value")
    rest = hub.admin.rest()
    name = rest.get("/settings/shop.name_ar")
    changed = rest.call("PATCH", "/settings/shop.name_ar", json={"value": "متجر النخبة"},
                        headers={"If-Match": name.headers["ETag"]})
    assert changed.status_code == 200, changed.text
    hub.account("agent", 1)
    page.driver.refresh()
    eventually(lambda: page.all(".first-steps .row[data-state=done]"), "some of them are done")
    assert {step for step, state in steps().items() if state == "done"} == {"shop", "team"}
    assert page.one(".first-steps .row[aria-current=step]").get_attribute("data-step") == "hours"
    page.shoot(screenshots, f"settings-start-{lang}.png")
    page.one(".first-steps .row[data-step=hours] a").click()
    page.settled()
    assert page.driver.current_url.endswith("#/shop/hours")
    assert page.oddities() == []
