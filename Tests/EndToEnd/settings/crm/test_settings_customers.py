"""What must hold on every page of the settings that shows customers, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest import shop
from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.crm_page import Board, ODD, STAGES, change, make, phone, program, sell
from hubtest.settings_page import SCRIPT


def test_nothing_that_customers_write_runs(hub, page, pipeline, stages):
    names = ["name", "company", "notes", "label", "field", "value", "lead", "source", "deal", "reason", "note", "number",
             "item", "topic", "outcome", "goal", "unit", "step", "program", "module", "stage"]
    evil = {name: SCRIPT.format(name)[:60] if name in ("label", "field", "source") else SCRIPT.format(name) for name in names}
    evil["unit"] = "<img src=x onerror=alert(1)>"
    contact = make(hub, "/crm/contacts", {
        "name": evil["name"], "company": evil["company"], "notes": evil["notes"], "labels": [evil["label"]],
        "fields": {evil["field"]: evil["value"]}})
    lead = make(hub, "/crm/leads", {"name": evil["lead"], "source": evil["source"]})
    deal = sell(hub, contact, evil["deal"], stages[0])
    lost = sell(hub, contact, evil["deal"], stages[1])
    change(hub, f"/crm/deals/{lost['id']}", {"state": "lost", "lost_reason": evil["reason"]})
    change(hub, f"/crm/pipelines/{pipeline['id']}", {"stages": [*pipeline["stages"], {"name_ar": evil["stage"]}]})
    hub.admin.rest().post(f"/crm/contacts/{contact['id']}/notes", {"text": evil["note"]})
    sold = make(hub, "/orders", {"number": evil["number"], "contact": contact["id"], "items": [
        {"name": evil["item"], "sku": "<b>x</b>", "quantity": 1, "unit_price": 1}]})
    call = make(hub, "/callbacks", {"phone": "+966501234567", "name": evil["name"], "due_at": "2031-01-01T10:00:00Z",
                                    "topic": evil["topic"], "outcome": evil["outcome"], "contact": contact["id"]})
    goal = make(hub, "/progress-goals", {"contact": contact["id"], "title": evil["goal"], "unit": evil["unit"], "target": 5})
    make(hub, f"/progress-goals/{goal['id']}/check-ins", {"value": 1, "note": evil["step"]})
    training = program(hub, title_ar=evil["program"], modules=[{"title": evil["module"], "minutes": 1}])
    make(hub, f"/training-programs/{training['id']}/enrolments", {"contact": contact["id"]})
    page.enter(hub.admin, "#/contacts")
    shown = {
        "#/contacts": "name", f"#/contacts/{contact['id']}": "note", "#/leads": "lead", f"#/leads/{lead['id']}": None,
        "#/deals": "deal", "#/deals?state=lost": "reason", f"#/deals/{deal['id']}": "deal", f"#/deals/{lost['id']}": "reason",
        f"#/deals/pipelines/{pipeline['id']}": None, f"#/deals/new?contact={contact['id']}": None,
        "#/orders": "name", f"#/orders/{sold['id']}": "item", "#/callbacks": "topic", f"#/callbacks/{call['id']}": None,
        "#/goals": "goal", f"#/goals/{goal['id']}": "step", "#/training": "program", f"#/training/{training['id']}": "module",
        f"#/contacts?q={SCRIPT.format('hash')}": None,
    }
    for where, what in shown.items():
        page.driver.execute_script("location.hash = arguments[0]", where)
        page.settled()
        if where == f"#/training/{training['id']}":
            page.press(".enrolment-row summary")
        if what is not None:
            eventually(lambda: evil[what] in page.root.text, f"{what} is shown as it is at {where}")
    page.visit(f"#/contacts/{contact['id']}")
    page.unfold()
    page.visit("#/deals")
    Board(page).menu(deal, STAGES[1])
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{deal['id']}").json()["stage"] == stages[1], "moved")
    Board(page).menu(deal, "خسرناها")
    page.one(".dialog")
    assert page.driver.execute_script("return window.stolen") is None
    assert not page.all("img[src=x]")
    assert page.oddities() == [] and page.foreign_hosts() == set()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("name, size", [("desktop", DESKTOP), ("phone", PHONE)])
def test_every_page_of_a_thing_is_accessible_and_fits(hub, page, lang, name, size, screenshots):
    made = shop.fill(hub)
    rest = hub.admin.rest()
    change(hub, f"/crm/contacts/{made['contact']}", {
        "identities": [phone("+966501234567")], "fields": {"المدينة": "جدة"}, "labels": ["vip"], "owner": hub.admin.id})
    rest.post(f"/crm/contacts/{made['contact']}/notes", {"text": "ملاحظة"})
    for value in (2, 5):
        make(hub, f"/progress-goals/{made['goal']}/check-ins", {"value": value})
    change(hub, f"/orders/{made['order']}", {"payment": "paid"})
    rest.post("/codes/allocate", {"product": made["product"], "count": 1, "order": "A-1001", "sell": True})
    change(hub, f"/crm/leads/{made['lead']}", {"state": "contacted"})
    change(hub, f"/crm/leads/{made['lead']}", {"state": "qualified"})
    places = ["#/contacts", f"#/contacts/{made['contact']}", "#/contacts/import", "#/leads", "#/leads/new", f"#/leads/{made['lead']}",
              "#/deals", "#/deals/new", f"#/deals/{made['deal']}", f"#/deals/pipelines/{made['pipeline']}", "#/deals/pipelines/new",
              "#/orders", f"#/orders/{made['order']}", "#/callbacks", "#/callbacks/new", f"#/callbacks/{made['callback']}",
              "#/goals", "#/goals/new", f"#/goals/{made['goal']}", "#/training", "#/training/new", f"#/training/{made['program']}",
              "#/exports"]
    page.enter(hub.admin, lang=lang)
    page.resize(size)
    # Colours do not change with the size: by day on the desktop, by night on the phone.
    page.night(name == "phone")
    found = {}
    for where in places:
        page.visit(where)
        eventually(lambda: not page.all(".paged-foot .pulse, .board-foot .pulse"), f"the lists of {where} are here")
        for summary in page.all(".form-more:not([open]) summary, .steps-done:not([open]) summary"):
            page.press(summary)
        if bad := violations(page):
            found[where] = bad
        if odd := ODD.findall(page.root.text):
            found[where, "words"] = odd
        if not page.fits():
            found[where, "width"] = "something stands out at the side"
        shot = where.removeprefix("#/").replace("/", "-").split("_01")[0]
        page.shoot(screenshots, f"crm-{name}-{lang}-{shot}.png")
    # What is open over the page is part of it.
    page.visit("#/deals")
    page.press(f"[data-deal='{made['deal']}'] .icon-button")
    page.one(".menu")
    page.shoot(screenshots, f"crm-{name}-{lang}-menu.png")
    # A menu lies over the page, and in none of its parts.
    found |= {"menu": bad} if (bad := [each for each in violations(page) if each[0] != "region"]) else {}
    page.menu("خسرناها" if lang == "ar" else "Lost")
    page.one(".dialog")
    found |= {"dialog": bad} if (bad := violations(page)) else {}
    page.focused().send_keys(Keys.ESCAPE)
    page.visit("#/goals/new")
    page.field("contact").find_element(By.CSS_SELECTOR, "[role=combobox]").send_keys("سارة")
    page.one("[role=option]")
    page.shoot(screenshots, f"crm-{name}-{lang}-lookup.png")
    found |= {"lookup": bad} if (bad := violations(page)) else {}
    assert found == {}
    assert page.oddities() == [] and page.foreign_hosts() == set()
