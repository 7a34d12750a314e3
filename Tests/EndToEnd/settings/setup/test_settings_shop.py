"""The shop itself, its products and codes, and the first steps."""
import pytest
from selenium.webdriver.common.by import By

from hubtest.browser import eventually
from hubtest.setup_page import setting


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
