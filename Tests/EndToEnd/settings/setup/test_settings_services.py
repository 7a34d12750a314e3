"""Outside services in the settings: connected, tested, kept, watched."""
from selenium.webdriver.common.by import By

from hubtest.browser import eventually
from hubtest.setup_page import put, stored
from hubtest.services_fake import ACCOUNT
from hubtest.settings_page import SettingsPage

# Scores move fast here; what is bad fires at once.
WATCHFUL = {
    "HUB_ALERT_POLL_MS": "100", "HUB_HEALTH_CHECK_S": "1", "HUB_ALERT_HOLD_S": "0", "HUB_ALERT_FREE_DISK_BYTES": "0",
}


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
