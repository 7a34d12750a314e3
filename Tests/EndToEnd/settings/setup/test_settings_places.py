"""Every place of the settings: accessible, by keyboard, in both languages, on a desktop and on a phone."""
import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.setup_page import PLACES, put
from hubtest.settings_page import SCRIPT


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
