"""Webhooks in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
from selenium.webdriver.common.by import By

from hubtest.browser import eventually
from hubtest.desk_page import ENDPOINTS, clash_of, deliveries, listen, made, patched, press, toast, unfold
from hubtest.hooks import signature


def test_a_system_is_told_and_its_secret_shown_once(hub, page, receiver, screenshots):
    page.enter(hub.admin, "#/webhooks/new")
    page.save()
    eventually(lambda: page.error("url"), "an address is needed")
    page.fill("url", "http://erp.example/hub")
    page.save()
    eventually(lambda: "OUTBOUND_ALLOW" in page.error("url"), "it says where a system may be")
    page.fill("url", receiver.url)
    page.fill("description", "المخزن")
    press(page, ".checks input[type=checkbox][value='contact.created']")
    page.shoot(screenshots, "settings-webhook-new-ar.png")
    hub.kill()
    page.save()
    eventually(lambda: "قد يكون النظام أُضيف" in page.banner(), "an answer that is lost may have been a yes")
    hub.start()
    page.save()
    secret = page.one(".link-panel input").get_property("value")
    assert secret.startswith("whsec_") and "مرة أخرى" in page.one(".link-panel").text
    page.one(".form-actions a.button").click()
    eventually(lambda: "المخزن" in page.one("h1").text, "its page")
    kept, = hub.admin.rest().get(ENDPOINTS).json()["items"]
    assert kept["events"] == ["contact.created"] and kept["url"] == receiver.url
    assert secret not in page.driver.page_source

    press(page, ".test-button")
    eventually(lambda: page.all(".verdict[data-outcome=ok]"), "the test arrived")
    receiver.wait(1, "ping")[0].verify(secret)
    made(hub, "/crm/contacts", name="سارة")
    receiver.wait(1, "contact.created")
    eventually(lambda: len(page.all(".delivery-row[data-state=delivered]")) == 2, "the list follows by itself")
    row = unfold(page, ".delivery-row details")
    eventually(lambda: "سارة" in row.text and "contact.created" in row.text, "with what was sent")
    assert "200" in row.find_element(By.CSS_SELECTOR, "table").text
    page.shoot(screenshots, "settings-webhook-ar.png")

    page.choose("overlap", "0")
    press(page, ".hook-secret .filters .button")
    page.answer()
    other = eventually(lambda: page.all(".hook-secret .link-panel input"), "another secret")[0].get_property("value")
    assert other.startswith("whsec_") and other != secret
    press(page, ".test-button")
    taken = receiver.wait(2, "ping")[-1]
    taken.verify(other)
    assert signature(secret, taken.id, taken.headers["webhook-timestamp"], taken.raw) not in taken.signatures()

    press(page, ".switch")
    page.answer(is_yes=False)
    assert hub.admin.rest().get(f"{ENDPOINTS}/{kept['id']}").json()["enabled"]
    press(page, ".switch")
    page.answer()
    eventually(lambda: page.all(".notices .notice-line"), "it says that it is off, and what to do")
    assert not hub.admin.rest().get(f"{ENDPOINTS}/{kept['id']}").json()["enabled"]
    press(page, ".switch")
    eventually(lambda: not page.all(".notices .notice-line"), "on again")
    page.visit("#/webhooks")
    eventually(lambda: "آخر وصول" in page.one(".hook-row").text, "the list says when it took something")
    page.shoot(screenshots, "settings-webhooks-ar.png")
    page.one(".hook-row a").click()
    page.settled()
    press(page, ".hook-remove .button")
    page.answer()
    eventually(lambda: hub.admin.rest().get(ENDPOINTS).json()["items"] == [], "removed")
    eventually(lambda: page.driver.execute_script("return location.hash") == "#/webhooks", "and back at the list")
    assert page.oddities() == [] and page.foreign_hosts() == set()


def test_why_a_system_was_turned_off_and_what_it_missed(hub, page, receiver, screenshots):
    receiver.mood = 410
    endpoint = listen(hub, receiver, "contact.created")
    path = f"{ENDPOINTS}/{endpoint['id']}"
    made(hub, "/crm/contacts", name="سارة")
    eventually(lambda: not hub.admin.rest().get(path).json()["enabled"], "it is turned off")
    page.enter(hub.admin, "#/webhooks")
    eventually(lambda: page.all(".chip[data-hook=gone]"), "the list says so")
    page.one(".hook-row a").click()
    page.settled()
    why = page.one(".notices .notice-line").text
    assert "410" in why and "شغّله" in why
    assert page.one(".hook-replay .button").get_attribute("aria-disabled") == "true"
    failed, = eventually(lambda: deliveries(hub, endpoint=endpoint["id"], state="failed"), "it failed")
    row = unfold(page, ".delivery-row[data-state=failed] details")
    assert "410" in row.text
    press(page, ".delivery-more .button")
    page.answer()
    toast(page, "متوقف")
    page.shoot(screenshots, "settings-webhook-off-ar.png")

    receiver.mood = 200
    press(page, ".switch")
    eventually(lambda: not page.all(".notices .notice-line"), "on again")
    press(page, ".delivery-more .button")
    page.answer(is_yes=False)
    assert len(receiver.of("contact.created")) == 1
    press(page, ".delivery-more .button")
    page.answer()
    eventually(lambda: page.all(f".delivery-row[data-delivery='{failed['id']}'][data-state=delivered]"), "it is taken")
    first, second = receiver.wait(2, "contact.created")[:2]
    assert (first.id, first.raw) == (second.id, second.raw)
    assert len(row.find_elements(By.CSS_SELECTOR, "tbody tr")) == 2, "both tries are there"

    # Of what fails from now on, all is delivered again at once.
    receiver.mood = 410
    made(hub, "/crm/contacts", name="نورة")
    eventually(lambda: not hub.admin.rest().get(path).json()["enabled"], "off again")
    receiver.mood = 200
    patched(hub, path, enabled=True)
    eventually(lambda: page.one(".hook-replay .button").get_attribute("aria-disabled") is None, "the page follows")
    count = len(deliveries(hub, endpoint=endpoint["id"], state="failed")) + len(
        deliveries(hub, endpoint=endpoint["id"], state="cancelled"))
    assert count == 1
    press(page, ".hook-replay .button")
    assert "إشعار واحد" in page.one(".dialog").text, "it says how many"
    page.answer(is_yes=False)
    assert deliveries(hub, endpoint=endpoint["id"], state="failed"), "nothing without a yes"
    press(page, ".hook-replay .button")
    page.answer()
    eventually(lambda: not deliveries(hub, endpoint=endpoint["id"], state="failed"), "they are owed again")
    eventually(lambda: "إشعار واحد" in page.one(".hook-replay").text, "it says how many")
    receiver.wait(4, "contact.created")
    assert page.oddities() == []


def test_deliveries_are_found_by_their_state_and_kind(hub, page, receiver):
    receiver.script = [500]
    endpoint = listen(hub, receiver)
    made(hub, "/crm/contacts", name="سارة")
    hub.admin.rest().post(f"{ENDPOINTS}/{endpoint['id']}/test")
    eventually(lambda: len(deliveries(hub, state="delivered")) == 2, "both arrive")
    page.enter(hub.admin, f"#/webhooks/{endpoint['id']}?type=ping")
    eventually(lambda: len(page.all(".delivery-row")) == 1, "the filter of the address")
    page.choose("type", "")
    eventually(lambda: len(page.all(".delivery-row")) == 2, "all of them")
    page.choose("state", "failed")
    eventually(lambda: len(page.all(".delivery-row")) == 0, "none failed for good")
    assert "state=failed" in page.driver.current_url
    page.choose("state", "")
    eventually(lambda: len(page.all(".delivery-row")) == 2, "all of them")
    rows = [unfold(page, f".delivery-row:nth-child({place}) details") for place in (1, 2)]
    texts = [each.text for row in rows for each in row.find_elements(By.CSS_SELECTOR, "tbody tr")]
    assert len(texts) == 3 and sum("500" in text for text in texts) == 1, texts
    assert page.oddities() == []


def test_two_people_change_a_system(hub, page, receiver):
    endpoint = listen(hub, receiver, description="المخزن")
    page.enter(hub.admin, f"#/webhooks/{endpoint['id']}")
    page.fill("description", "مخزن الرياض")
    patched(hub, f"{ENDPOINTS}/{endpoint['id']}", description="مخزن جدة", events=["order.paid"])
    page.save()
    clash = clash_of(page, "description")
    assert "مخزن جدة" in clash.text and "مخزن الرياض" in clash.text
    assert page.one("input[value='order.paid']").is_selected(), "what was not touched follows"
    page.one("[data-take=mine]").click()
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    kept = hub.admin.rest().get(f"{ENDPOINTS}/{endpoint['id']}").json()
    assert (kept["description"], kept["events"]) == ("مخزن الرياض", ["order.paid"])
    assert page.oddities() == []
