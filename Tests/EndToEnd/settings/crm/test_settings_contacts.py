"""Contacts in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import csv
import io

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.browser import eventually
from hubtest.crm_page import change, dialog, items, make, phone, place, saved, upload


def test_a_contact_is_made_changed_and_found(hub, page, screenshots):
    other = make(hub, "/crm/contacts", {"name": "منى", "identities": [phone("+966507654321")]})
    page.enter(hub.admin, "#/contacts/new")
    page.save()
    eventually(lambda: page.error("name"), "a contact needs a name")
    page.fill("name", "ليلى الحربي")
    page.press("[data-field=identities] .button")
    number = page.one("[name='identities.value']")
    number.send_keys("0501234567")
    page.save()
    eventually(lambda: "صيغة دولية" in page.error("identities"), "a number without its country")
    number.send_keys(Keys.CONTROL, "a")
    number.send_keys("+966507654321")
    page.save()
    eventually(lambda: "جهة اتصال أخرى" in page.error("identities"), "somebody else's number")
    assert other["id"] in page.one(".notice-line a").get_attribute("href"), "the way to who has it"
    number.send_keys(Keys.CONTROL, "a")
    number.send_keys("00966 50 123 4567")
    page.save()
    eventually(lambda: "ليلى" in page.one("h1").text and place(page) != "#/contacts/new", "her page")
    made = next(each for each in items(hub, "/crm/contacts") if each["name"] == "ليلى الحربي")
    assert made["identities"] == [phone("+966501234567")]

    page.unfold()
    page.fill("labels", "vip، جملة")
    page.press("[data-field=fields] .button")
    page.one("[name='fields.name']").send_keys("المدينة")
    page.one("[name='fields.value']").send_keys("جدة")
    page.choose("owner", hub.admin.id)
    saved(page)
    kept = hub.admin.rest().get(f"/crm/contacts/{made['id']}").json()
    assert (kept["labels"], kept["fields"], kept["owner"]) == (["vip", "جملة"], {"المدينة": "جدة"}, hub.admin.id)
    page.press("[data-field=fields] .icon-button")
    saved(page)
    assert hub.admin.rest().get(f"/crm/contacts/{made['id']}").json()["fields"] == {}

    page.press(".note-form .button")
    eventually(lambda: page.all("#note-error:not([hidden])"), "an empty note is none")
    page.one("#note").send_keys("تفضل الاتصال مساءً")
    page.press(".note-form .button")
    eventually(lambda: "مساءً" in page.one(".timeline-row[data-kind=note]").text, "it is in the time line")
    page.shoot(screenshots, "crm-contact-ar.png")

    page.visit("#/contacts")
    eventually(lambda: len(page.all("[data-contact]")) == 2, "both")
    page.one("input[name=q]").send_keys("٠٥٠١٢٣٤٥٦٧")
    page.one("input[name=q]").send_keys(Keys.CONTROL, "a")
    page.one("input[name=q]").send_keys("ليلي")
    eventually(lambda: len(page.all("[data-contact]")) == 1, "found in another spelling")
    page.one("input[name=q]").send_keys(Keys.CONTROL, "a", Keys.DELETE)
    page.choose("owner", "nobody")
    eventually(lambda: [row.get_attribute("data-contact") for row in page.all("[data-contact]")] == [other["id"]], "of nobody")
    page.shoot(screenshots, "crm-contacts-ar.png")
    assert page.oddities() == []


def test_two_who_change_a_contact_do_not_overwrite_each_other(hub, page):
    made = make(hub, "/crm/contacts", {"name": "ليلى", "company": "أ"})
    path = f"/crm/contacts/{made['id']}"
    page.enter(hub.admin, f"#/contacts/{made['id']}")
    page.fill("company", "متجري")
    change(hub, path, {"company": "متجرها", "name": "ليلى الحربي"})
    page.save()
    eventually(lambda: page.field("company").find_elements(By.CSS_SELECTOR, ".clash:not([hidden])"), "both are shown")
    assert page.value("name") == "ليلى الحربي"
    page.press("[data-take=theirs]")
    eventually(lambda: page.value("company") == "متجرها", "theirs is taken")
    assert hub.admin.rest().get(path).json()["company"] == "متجرها"


def test_contacts_come_in_as_a_table_and_go_out_as_one(hub, page, screenshots, tmp_path):
    page.enter(hub.admin, "#/contacts/import")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("fax\n1\n", encoding="utf-8")
    upload(page, wrong)
    eventually(lambda: "السطر الأول" in page.one(".import-state[data-state=failed]").text, "no header of ours")
    lines = [f"عميل {number},+9665{number:08d},vip" for number in range(600)]
    lines[299] = "بلا رقم صحيح,123,"
    lines[500] = ",+966599999999,"
    table = tmp_path / "عملاء.csv"
    table.write_text("\ufeffname,phone,labels\r\n" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    upload(page, table)
    page.visit("#/leads")
    page.visit("#/contacts/import")
    verdict = eventually(lambda: page.all(".import-state[data-state=finished]"), "it goes on by itself")[0].text
    assert "598" in verdict and "301" in verdict and "502" in verdict, verdict
    page.shoot(screenshots, "crm-import-ar.png")
    upload(page, table)
    eventually(lambda: "معروف من قبل: 598" in page.one(".import-state").text, "what was kept is not made twice")

    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.visit("#/exports")
    page.press("[data-export=contacts] .form-actions .button")
    page.visit("#/leads")
    page.visit("#/exports")
    page.press("[data-export=contacts] .verdict .button")
    file = eventually(lambda: list(tmp_path.glob("contacts*.csv")), "the file")[0]
    rows = eventually(lambda: list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))), "its lines")
    assert len(rows) == 598
    page.shoot(screenshots, "crm-exports-ar.png")
    assert page.oddities() == []


def test_two_contacts_become_one_and_two_again_and_one_is_erased(hub, page, screenshots):
    into = make(hub, "/crm/contacts", {"name": "هند القحطاني"})
    other = make(hub, "/crm/contacts", {"name": "هند ق", "identities": [phone("+966501111111")]})
    make(hub, "/crm/deals", {"title": "بطاقات", "contact": other["id"]})
    page.enter(hub.admin, f"#/contacts/{into['id']}")
    page.press(".merge-form .button")
    eventually(lambda: page.error("from"), "nobody is chosen")
    page.look_up("from", "هند", "هند ق")
    page.press(".merge-form .button")
    page.answer()
    eventually(lambda: "هند ق" in page.one("[aria-labelledby=merge-title] .verdict").text, "it is said")
    assert hub.admin.rest().get(f"/crm/contacts/{into['id']}").json()["identities"] == [phone("+966501111111")]
    page.shoot(screenshots, "crm-merge-ar.png")
    page.press("[aria-labelledby=merge-title] .verdict .link")
    eventually(lambda: hub.admin.rest().get(f"/crm/contacts/{other['id']}").status_code == 200, "undone")
    hub.admin.rest().post(f"/crm/contacts/{into['id']}/merge", {"from": other["id"]})
    page.visit(f"#/contacts/{other['id']}")
    assert into["id"] in page.one(".blank a").get_attribute("href"), "who was merged leads to who stayed"

    page.press(".blank a")
    page.press("[aria-labelledby=personal-title] .is-danger")
    dialog(page, "name", "هند")
    eventually(lambda: page.one(".dialog .form-message").text, "not with half a name")
    page.one(".dialog [name=name]").send_keys(" القحطاني")
    page.press(".dialog [type=submit]")
    eventually(lambda: place(page) == "#/contacts", "back at the list")
    assert hub.admin.rest().get(f"/crm/contacts/{into['id']}").status_code == 404
    assert page.oddities() == []


def test_a_contact_is_chosen_with_the_keyboard(hub, page, buyer):
    make(hub, "/crm/contacts", {"name": "ليلى العنزي"})
    page.enter(hub.admin, "#/goals/new")
    box = page.field("contact").find_element(By.CSS_SELECTOR, "[role=combobox]")
    box.send_keys("ليلى")
    eventually(lambda: len(page.all("[role=option]")) == 2, "both are found")
    first = box.get_attribute("aria-activedescendant")
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") != first
    wanted = page.one(f"[id='{box.get_attribute('aria-activedescendant')}']").text
    box.send_keys(Keys.ENTER)
    assert box.get_property("value") == wanted and box.get_attribute("aria-expanded") == "false"
    assert place(page) == "#/goals/new", "the form was not sent"
    box.send_keys(" و")
    box.send_keys(Keys.TAB)
    eventually(lambda: box.get_property("value") == wanted, "what was typed and not chosen gives way")
    box.send_keys(Keys.CONTROL, "a")
    box.send_keys(Keys.DELETE, Keys.TAB)
    page.fill("title", "هدف")
    page.fill("unit", "طلب")
    page.fill("target", "1")
    page.save()
    eventually(lambda: page.error("contact"), "nobody is chosen")
