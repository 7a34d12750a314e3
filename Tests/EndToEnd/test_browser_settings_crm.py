"""Customers in the settings: contacts, leads, the board of deals, orders, call-backs, goals and training, in Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import csv
import io
import re

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest import shop
from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.settings_page import SettingsPage

SCRIPT = "<img src=x onerror=\"window.stolen='{0}'\"><script>window.stolen='{0}'</script>"

# What no person should read: values that are none, and keys of words that nobody wrote.
ODD = re.compile(r"\b(?:null|undefined|NaN|false|true|\[object \w+\])\b|\b[a-z]+\.[a-z_]+\.[a-z_]+\b")


@pytest.fixture
def hub(make_hub):
    # What `shop.fill` makes includes a webhook at an address of this machine.
    return make_hub(settings={"OUTBOUND_ALLOW": "127.0.0.1"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()


def make(hub, path, body):
    answer = hub.admin.rest().post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def change(hub, path, body):
    answer = hub.admin.rest().call("PATCH", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def items(hub, path, **params):
    return hub.admin.rest().get(path, params=params).json()["items"]


def place(page):
    return page.driver.execute_script("return location.hash")


def phone(number):
    return {"kind": "phone", "value": number}


def press(page, selector, words):
    """Presses the one of several buttons that says so."""
    page.press(eventually(lambda: next((each for each in page.all(selector) if words in each.text), None), words))


def saved(page):
    page.save()
    eventually(lambda: page.status() in ("حُفظ", "Saved"), "saved")


def dialog(page, name, text):
    """Fills in the dialog that is open, and sends it."""
    page.one(f".dialog [name={name}]").send_keys(text)
    page.press(".dialog [type=submit]")


# ---- contacts


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


def upload(page, path):
    page.one("input[type=file]").send_keys(str(path))
    page.press(".filters [type=submit]")


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


# ---- leads and deals


def test_a_lead_is_followed_and_becomes_a_deal(hub, page, screenshots):
    page.enter(hub.admin, "#/leads/new")
    page.fill("source", "instagram")
    page.save()
    eventually(lambda: page.error("name"), "a lead needs a name or a contact")
    page.fill("name", "سلمى")
    page.fill("phone", "0500")
    page.save()
    eventually(lambda: "صيغة دولية" in page.error("phone"), "no number")
    page.fill("phone", "+966505550000")
    page.fill("value", "٩٩٫٥")
    page.save()
    eventually(lambda: "سلمى" in page.one("h1").text and place(page) != "#/leads/new", "its page")
    lead, = items(hub, "/crm/leads")
    assert (lead["value"], lead["phone"], lead["state"]) == (9950, "+966505550000", "new")
    for state in ["contacted", "qualified"]:
        words = {"contacted": "تواصلنا معه", "qualified": "مؤهل"}[state]
        press(page, ".form-actions .is-plain", words)
        eventually(lambda: page.all(f".state-line [data-lead={state}]"), state)
    page.shoot(screenshots, "crm-lead-ar.png")
    press(page, "[aria-labelledby=lead-state] .button", "صفقة")
    box = page.one(".dialog [name=amount]")
    assert box.get_property("value") == "99.50"
    box.send_keys("x")
    page.press(".dialog [type=submit]")
    eventually(lambda: "المبلغ" in page.one(".dialog .form-message").text, "no amount")
    box.send_keys(Keys.BACK_SPACE)
    page.press(".dialog [type=submit]")
    eventually(lambda: place(page).startswith("#/deals/d"), "the deal")
    deal, = items(hub, "/crm/deals")
    assert (deal["title"], deal["amount"], deal["lead"]) == ("سلمى", 9950, lead["id"])
    page.visit("#/leads")
    eventually(lambda: page.all("[data-lead=converted]"), "the list says so")
    assert page.oddities() == []


class Board:
    """The board of deals as somebody uses it."""

    def __init__(self, page):
        self.page = page

    def column(self, stage):
        return self.page.one(f".board-column[data-stage='{stage}']")

    def titles(self, stage):
        cards = self.page.all(f".board-column[data-stage='{stage}'] .deal-title")
        return [card.get_property("textContent") for card in cards]

    def count(self, stage):
        """How many deals the column says it has; None before it says so."""
        found = self.page.all(f".board-column[data-stage='{stage}'] .board-count")
        return int(found[0].get_property("textContent") or 0) if found else None

    def card(self, deal):
        return self.page.one(f"[data-deal='{deal['id']}']")

    def menu(self, deal, words):
        eventually(lambda: self.card(deal).get_attribute("aria-busy") is None, "the last move is done")
        self.page.press(f"[data-deal='{deal['id']}'] .icon-button")
        self.page.menu(words)

    def drag(self, deal, stage):
        title = self.card(deal).find_element(By.CSS_SELECTOR, ".deal-amount")
        chain = ActionChains(self.page.driver, duration=50).click_and_hold(title).move_by_offset(12, 4)
        chain.move_to_element(self.column(stage)).release().perform()

    def rest(self):
        """Nobody looks for news until the page is opened anew, so that a test knows what the page knows."""
        self.page.driver.execute_script(
            "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })")


STAGES = ["جديد", "عرض", "تفاوض"]


@pytest.fixture
def board(page):
    return Board(page)


@pytest.fixture
def pipeline(hub):
    [first] = items(hub, "/crm/pipelines")
    body = {"name_ar": "المبيعات", "stages": [{"name_ar": name} for name in STAGES]}
    return change(hub, f"/crm/pipelines/{first['id']}", body)


@pytest.fixture
def stages(pipeline):
    return [stage["id"] for stage in pipeline["stages"]]


@pytest.fixture
def buyer(hub):
    return make(hub, "/crm/contacts", {"name": "ليلى الحربي"})


def sell(hub, buyer, title, stage, **more):
    return make(hub, "/crm/deals", {"title": title, "contact": buyer["id"], "stage": stage, "amount": 10000} | more)


def test_cards_are_dragged_moved_by_menu_won_and_lost(hub, page, board, stages, buyer, screenshots):
    first, second = (sell(hub, buyer, title, stages[0]) for title in ("بطاقات جملة", "اشتراك سنوي"))
    sell(hub, buyer, "بالدولار", stages[1], currency="USD", amount=2500)
    page.enter(hub.admin, "#/deals")
    eventually(lambda: board.titles(stages[0]) == ["اشتراك سنوي", "بطاقات جملة"], "the cards")
    eventually(lambda: "200" in board.column(stages[0]).text and board.count(stages[0]) == 2, "what they come to")
    eventually(lambda: "ليلى الحربي" in board.card(first).text, "of whom")
    board.drag(first, stages[2])
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{first['id']}").json()["stage"] == stages[2], "dragged")
    eventually(lambda: board.titles(stages[2]) == ["بطاقات جملة"] and board.count(stages[0]) == 1, "and shown")
    assert place(page).startswith("#/deals") and "بطاقات" not in page.one("h1").text, "a drag opens nothing"
    page.shoot(screenshots, "crm-board-ar.png")

    button = board.card(second).find_element(By.CSS_SELECTOR, ".icon-button")
    page.driver.execute_script("arguments[0].focus()", button)
    page.focused().send_keys(Keys.ENTER)
    eventually(lambda: page.focused().get_attribute("aria-checked") == "true", "the menu is at where it stands")
    page.focused().send_keys(Keys.ARROW_DOWN)
    page.focused().send_keys(Keys.ENTER)
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{second['id']}").json()["stage"] == stages[1], "by keyboard")
    eventually(lambda: page.driver.execute_script(
        "return document.activeElement.closest('[data-deal]')?.dataset.deal") == second["id"], "the focus goes along")

    board.menu(first, "ربحناها")
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{first['id']}").json()["state"] == "won", "won")
    eventually(lambda: board.titles(stages[2]) == [] and board.count(stages[2]) == 0, "not among the open ones")
    board.menu(second, "خسرناها")
    page.press(".dialog [type=submit]")
    eventually(lambda: page.one(".dialog .form-message").text, "a lost deal needs a reason")
    dialog(page, "reason", "السعر")
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{second['id']}").json()["lost_reason"] == "السعر", "lost")
    page.choose("state", "lost")
    eventually(lambda: board.titles(stages[1]) == ["اشتراك سنوي"], "those that were lost")
    board.menu(second, "أعد فتحها")
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{second['id']}").json()["state"] == "open", "open again")
    eventually(lambda: board.titles(stages[1]) == [], "and not here any more")
    assert page.oddities() == []


def test_two_people_move_the_same_card(make_hub, screenshots):
    hub = make_hub("postgres").start()
    page = SettingsPage(hub.url)
    try:
        [first] = items(hub, "/crm/pipelines")
        kept = change(hub, f"/crm/pipelines/{first['id']}", {"stages": [{"name_ar": name} for name in STAGES]})
        stages = [stage["id"] for stage in kept["stages"]]
        buyer = make(hub, "/crm/contacts", {"name": "ليلى"})
        deal, other, gone = (sell(hub, buyer, title, stages[0]) for title in ("واحدة", "ثانية", "ثالثة"))
        board = Board(page)
        page.enter(hub.admin, "#/deals")
        eventually(lambda: len(board.titles(stages[0])) == 3 and board.count(stages[0]) == 3, "the cards")
        board.rest()
        change(hub, f"/crm/deals/{deal['id']}", {"stage": stages[2]})
        board.menu(deal, STAGES[1])
        eventually(lambda: board.titles(stages[2]) == ["واحدة"], "it stands where the other put it")
        assert STAGES[2] in page.one(".notice-line").text and board.titles(stages[1]) == []
        assert [board.count(stage) for stage in stages] == [2, 0, 1]
        page.shoot(screenshots, "crm-board-clash-ar.png")
        board.menu(deal, STAGES[1])
        eventually(lambda: hub.admin.rest().get(f"/crm/deals/{deal['id']}").json()["stage"] == stages[1], "now it is moved")
        eventually(lambda: not any(line.is_displayed() for line in page.all(".notice-line")), "and nothing is said")

        change(hub, f"/crm/deals/{other['id']}", {"title": "ثانية بعد التعديل"})
        board.menu(other, STAGES[1])
        eventually(lambda: board.titles(stages[0]) == ["ثالثة", "ثانية بعد التعديل"], "back in its place, as it is now")
        change(hub, f"/crm/deals/{gone['id']}", {"state": "won"})
        board.menu(gone, STAGES[1])
        eventually(lambda: "رابحة" in page.one(".notice-line").text and board.titles(stages[0]) == ["ثانية بعد التعديل"], "won")

        hub.kill()
        board.menu(other, STAGES[2])
        eventually(lambda: "لا اتصال" in page.one(".notice-line").text, "the hub is away")
        assert board.titles(stages[0]) == ["ثانية بعد التعديل"] and board.titles(stages[2]) == []
        hub.start()
        board.menu(other, STAGES[2])
        eventually(lambda: board.titles(stages[2]) == ["ثانية بعد التعديل"], "moved when it is back")
        assert page.oddities() == []
    finally:
        page.quit()


def test_the_board_shows_what_others_do_and_grows_by_pages(hub, page, board, stages, buyer):
    for number in range(70):
        sell(hub, buyer, f"صفقة {number:02d}", stages[0], owner=hub.admin.id if number % 2 else None)
    page.enter(hub.admin, "#/deals")
    eventually(lambda: board.count(stages[0]) == 70 and len(board.titles(stages[0])) >= 30, "the first page, and all are counted")
    more = f".board-column[data-stage='{stages[0]}'] .board-foot[data-kind=more] .button"
    while page.all(more):
        before = len(board.titles(stages[0]))
        page.press(more)
        eventually(lambda: len(board.titles(stages[0])) > before, "more")
    assert board.titles(stages[0]) == [deal["title"] for deal in items(hub, "/crm/deals", limit=200)], "each once, in order"
    page.choose("owner", hub.admin.id)
    eventually(lambda: board.count(stages[0]) == 35, "mine")
    moved = items(hub, "/crm/deals", q="69")[0]
    change(hub, f"/crm/deals/{moved['id']}", {"stage": stages[1]})
    eventually(lambda: board.titles(stages[1]) == ["صفقة 69"] and board.count(stages[0]) == 34, "another one's move comes in")
    page.driver.refresh()
    eventually(lambda: board.count(stages[0]) == 34, "the address keeps the filter")


def test_on_a_phone_one_stage_at_a_time(hub, page, board, stages, buyer, screenshots):
    deal = sell(hub, buyer, "بطاقات", stages[0])
    sell(hub, buyer, "غيرها", stages[1])
    page.enter(hub.admin, "#/deals")
    page.resize(PHONE)
    shown = lambda: [each.get_attribute("data-stage") for each in page.all(".board-column") if each.is_displayed()]
    eventually(lambda: shown() == [stages[0]] and board.titles(stages[0]) == ["بطاقات"], "the first stage")
    page.press(page.all(".board-tabs .tab-link")[1])
    eventually(lambda: shown() == [stages[1]], "the second")
    assert page.all(".board-tabs [aria-current=true]")[0].text.startswith(STAGES[1])
    page.driver.refresh()
    eventually(lambda: shown() == [stages[1]], "the address keeps it")
    page.press(page.all(".board-tabs .tab-link")[0])
    board.menu(deal, STAGES[1])
    eventually(lambda: hub.admin.rest().get(f"/crm/deals/{deal['id']}").json()["stage"] == stages[1], "moved")
    eventually(lambda: board.titles(stages[0]) == [], "and gone from here")
    page.press(page.all(".board-tabs .tab-link")[1])
    page.shoot(screenshots, "crm-board-phone-ar.png")
    assert page.fits() and page.oddities() == []


def test_stages_are_renamed_ordered_and_kept_while_they_have_deals(hub, page, pipeline, stages, buyer):
    sell(hub, buyer, "بطاقات", stages[0])
    page.enter(hub.admin, f"#/deals/pipelines/{pipeline['id']}")
    rows = eventually(lambda: page.all(".input-row"), "the stages")
    assert len(rows) == 3
    page.press(rows[2].find_elements(By.CSS_SELECTOR, "[data-shift]")[0])
    page.press("[data-field=stages] > .rows-input > .button")
    page.focused().send_keys("ختام")
    saved(page)
    kept = hub.admin.rest().get(f"/crm/pipelines/{pipeline['id']}").json()
    assert [stage["name_ar"] for stage in kept["stages"]] == ["جديد", "تفاوض", "عرض", "ختام"]
    assert kept["stages"][1]["id"] == stages[2], "a stage that is moved stays itself"
    page.press(page.all(".input-row")[0].find_elements(By.CSS_SELECTOR, ".icon-button")[-1])
    page.save()
    eventually(lambda: page.banner(), "a stage with deals stays")
    assert len(hub.admin.rest().get(f"/crm/pipelines/{pipeline['id']}").json()["stages"]) == 4


def test_a_deal_has_a_page_of_its_own(hub, page, stages, buyer, screenshots):
    page.enter(hub.admin, f"#/deals/new?contact={buyer['id']}")
    eventually(lambda: page.value("contact") == "ليلى الحربي", "whose it is was said in the address")
    page.fill("title", "بطاقات جملة")
    page.fill("amount", "كثير")
    page.save()
    eventually(lambda: page.error("amount"), "no amount")
    page.fill("amount", "1500.50")
    page.save()
    eventually(lambda: "بطاقات جملة" in page.one("h1").text and place(page) != "#/deals/new", "its page")
    deal, = items(hub, "/crm/deals")
    assert (deal["amount"], deal["stage"], deal["contact"]) == (150050, stages[0], buyer["id"])
    page.choose("stage", stages[1])
    saved(page)
    eventually(lambda: "عرض" in page.one("[aria-labelledby=moves-title]").text, "the move is kept")
    press(page, "[aria-labelledby=deal-state] .button", "ربحناها")
    eventually(lambda: page.all(".state-line [data-deal=won]"), "won")
    page.choose("stage", stages[0])
    page.save()
    eventually(lambda: page.banner(), "what is won is not moved")
    page.shoot(screenshots, "crm-deal-ar.png")
    page.one(".form-actions > .is-plain:not([hidden])")
    assert hub.admin.rest().get(f"/crm/deals/{deal['id']}").json()["stage"] == stages[1]


# ---- goals and training


def test_a_goal_is_set_and_reached_by_check_ins(hub, page, buyer, screenshots):
    page.enter(hub.admin, f"#/goals/new?contact={buyer['id']}")
    eventually(lambda: page.value("contact") == "ليلى الحربي", "whose goal it is")
    page.fill("title", "عشرة طلبات")
    page.fill("unit", "طلب")
    page.save()
    eventually(lambda: page.error("target"), "a goal needs a target")
    page.fill("target", "10")
    page.save()
    eventually(lambda: "عشرة طلبات" in page.one("h1").text and place(page) != "#/goals/new", "its page")
    goal, = items(hub, "/progress-goals")
    assert (goal["target"], goal["start_value"], goal["contact"]) == (10, 0, buyer["id"])
    step = "[aria-labelledby=step-title]"
    page.fill("value", "4")
    page.fill("delta", "1")
    page.press(f"{step} [type=submit]")
    eventually(lambda: page.error("delta"), "one of both")
    page.fill("delta", "")
    page.fill("note", "بداية جيدة")
    page.press(f"{step} [type=submit]")
    eventually(lambda: "40" in page.one(".goal-state .ring").text, "so far")
    page.fill("delta", "6")
    page.press(f"{step} [type=submit]")
    eventually(lambda: page.all(".state-line [data-goal=reached]"), "reached")
    eventually(lambda: len(page.all("[aria-labelledby=steps-title] .row")) == 2, "both are kept")
    assert "بداية جيدة" in page.one("[aria-labelledby=steps-title]").text
    page.shoot(screenshots, "crm-goal-ar.png")
    page.visit("#/goals")
    eventually(lambda: page.all("[data-goal=reached]"), "the list says so")
    page.shoot(screenshots, "crm-goals-ar.png")
    assert page.oddities() == []


def program(hub, **more):
    modules = [{"title": "الأول", "minutes": 10, "link": "https://academy.example/1"}, {"title": "الثاني", "minutes": 5}]
    return make(hub, "/training-programs", {"title_ar": "دليل البائع", "state": "active", "modules": modules} | more)


def test_a_program_is_made_and_followed(hub, page, buyer, screenshots):
    page.enter(hub.admin, "#/training/new")
    page.fill("title_ar", "دليل البائع")
    page.choose("state", "active")
    for title in ("الأول", "الثاني"):
        page.press("[data-field=modules] > .rows-input > .button")
        page.focused().send_keys(title)
    page.all("[name='modules.link']")[0].send_keys("academy")
    page.save()
    eventually(lambda: page.error("modules"), "no address")
    page.all("[name='modules.link']")[0].send_keys(Keys.CONTROL, "a")
    page.all("[name='modules.link']")[0].send_keys("https://academy.example/1")
    page.save()
    eventually(lambda: "دليل البائع" in page.one("h1").text and place(page) != "#/training/new", "its page")
    made, = items(hub, "/training-programs")
    assert [module["title"] for module in made["modules"]] == ["الأول", "الثاني"]

    page.press(".enrol-form [type=submit]")
    eventually(lambda: page.error("contact"), "nobody is chosen")
    page.look_up("contact", "ليلى", "ليلى الحربي")
    page.press(".enrol-form [type=submit]")
    eventually(lambda: len(page.all(".enrolment-row")) == 1, "she takes part")
    page.look_up("contact", "ليلى", "ليلى الحربي")
    page.press(".enrol-form [type=submit]")
    eventually(lambda: "في البرنامج" in page.one(".toast").text, "once is enough")
    page.press(".enrolment-row summary")
    page.press(page.all(".enrolment-row input")[0])
    eventually(lambda: "50" in page.one(".enrolment-row .ring").text, "half of it")
    assert page.one(".enrolment-row details").get_property("open"), "it stays unfolded"
    page.press(page.all(".enrolment-row input")[1])
    eventually(lambda: page.all(".enrolment-row [data-enrolment=completed]"), "all of it")
    page.shoot(screenshots, "crm-program-ar.png")
    page.press("[aria-labelledby=learners-title] ~ .panel .is-danger")
    page.answer()
    eventually(lambda: "أرشفه" in page.one(".toast").text, "a program with learners stays")
    assert page.oddities() == []


def test_learners_mark_their_own_steps_and_change_nothing_else(hub, page, buyer):
    made = program(hub)
    agent = hub.account("agent", 1)
    path = f"/training-programs/{made['id']}/enrolments"
    for body in ({"user": agent.id}, {"contact": buyer["id"]}):
        make(hub, path, body)
    page.enter(agent, "#/training")
    eventually(lambda: page.all("[data-program]"), "the program")
    assert not page.all(".stage-head .button"), "no new one"
    page.visit(f"#/training/{made['id']}")
    eventually(lambda: len(page.all(".enrolment-row")) == 2, "who takes part")
    assert not page.all(".enrol-form") and not page.all(".is-danger") and not page.all("[type=submit]")
    assert page.one("input[name=title_ar]").get_property("readOnly") and not page.all("input[name='modules.title']")
    for summary in page.all(".enrolment-row summary"):
        page.press(summary)
    mine, other = eventually(lambda: sorted(page.all(".enrolment-row"), key=lambda row: "أنت" not in row.text), "rows")
    assert not any(box.is_enabled() for box in other.find_elements(By.CSS_SELECTOR, "input"))
    page.press(mine.find_elements(By.CSS_SELECTOR, "input")[0])
    eventually(lambda: [each["percent"] for each in items(hub, path, user=agent.id)] == [50], "their own")
    page.visit("#/contacts")
    assert not page.all("a[href='#/contacts/import']")
    page.visit(f"#/contacts/{buyer['id']}")
    assert not page.all("[aria-labelledby=merge-title]") and not page.all("[aria-labelledby=personal-title]")
    page.driver.execute_script("location.hash = '#/contacts/import'")
    eventually(lambda: page.all(".loading [role=alert]"), "there is no way in")
    assert page.oddities() == []


# ---- orders and call-backs


@pytest.fixture
def card(hub):
    """A product that is sold as codes, with three of them."""
    product = make(hub, "/products", {"name_ar": "بطاقة ٥٠", "sku": "CARD-50", "price": 5000, "stock_policy": "codes"})
    answer = hub.admin.rest().call("POST", "/codes/imports", params={"product": product["id"]},
                                   data="code\nAAAA-1111-SECRET\nBBBB-2222-SECRET\nCCCC-3333-SECRET\n",
                                   headers={"Content-Type": "text/csv"})
    assert answer.status_code == 201, answer.text
    return product


def order(hub, card, number, **more):
    item = {"product": card["id"], "name": card["name_ar"], "sku": card["sku"], "quantity": 2, "unit_price": 5000}
    return make(hub, "/orders", {"number": number, "items": [item]} | more)


def test_an_order_is_paid_delivered_and_its_codes_are_seen_by_who_may(hub, page, buyer, card, screenshots):
    made = order(hub, card, "A-1001", contact=buyer["id"])
    order(hub, card, "A-1002")
    page.enter(hub.admin, "#/orders")
    eventually(lambda: len(page.all("[data-orderid]")) == 2, "both")
    page.one("input[name=number]").send_keys("#a ١٠٠١")
    eventually(lambda: len(page.all("[data-orderid]")) == 1, "found however it is spelt")
    eventually(lambda: "ليلى الحربي" in page.one("[data-orderid]").text, "of whom")
    page.shoot(screenshots, "crm-orders-ar.png")
    page.press("[data-orderid] .row-link")
    eventually(lambda: "A-1001" in page.one("h1").text, "its page")
    assert "100.00" in page.one("[aria-labelledby=order-items]").text and not page.all(".owed")
    state = "[aria-labelledby=order-state]"
    page.press(f"{state} .form-actions .button")
    owed = page.one(".owed")
    assert owed.get_attribute("data-why") == "by_hand" and "كودان" in owed.text
    sold = hub.admin.rest().post("/codes/allocate", {
        "product": card["id"], "count": 2, "order": "A-1001", "sell": True})
    assert sold.status_code == 200, sold.text
    eventually(lambda: not page.all(".owed") and len(page.all(".code-row")) == 2, "news come by themselves")
    assert "SECRET" not in page.root.text and "••••" in page.one(".code-row").text
    page.press(".code-row .link[aria-label]")
    page.answer(is_yes=False)
    assert "SECRET" not in page.root.text
    page.press(".code-row .link[aria-label]")
    page.answer()
    eventually(lambda: "-SECRET" in page.one("[aria-labelledby=order-codes]").text, "the text of one")
    page.press("[aria-labelledby=order-codes] .icon-button")
    eventually(lambda: "SECRET" not in page.root.text, "and hidden again")
    assert items(hub, "/logs", action="code.revealed"), "it is written down"
    press(page, f"{state} .is-plain", "سُلّم")
    page.answer()
    eventually(lambda: page.all(f"{state} [data-order=delivered]"), "delivered")
    assert hub.admin.rest().get(f"/orders/{made['id']}").json()["state"] == "delivered"
    page.shoot(screenshots, "crm-order-ar.png")
    assert page.oddities() == []


def test_an_agent_does_not_see_the_texts_of_codes(hub, page, card):
    made = order(hub, card, "A-1")
    hub.admin.rest().post("/codes/allocate", {"product": card["id"], "count": 1, "order": "A-1", "sell": True})
    page.enter(hub.account("agent", 1), f"#/orders/{made['id']}")
    eventually(lambda: len(page.all(".code-row")) == 1, "the code")
    assert not page.all(".code-row button") and "SECRET" not in page.root.text
    assert page.all("[aria-labelledby=order-state] .form-actions .button"), "they may take it further"


def test_two_people_take_the_same_order_further(hub, page, card):
    made = order(hub, card, "A-1")
    page.enter(hub.admin, f"#/orders/{made['id']}")
    page.one("[aria-labelledby=order-state] .form-actions")
    Board(page).rest()
    change(hub, f"/orders/{made['id']}", {"state": "ready"})
    state = "[aria-labelledby=order-state]"
    press(page, f"{state} .is-plain", "قيد التجهيز")
    eventually(lambda: "شخص آخر" in page.one(".toast").text, "it is said")
    eventually(lambda: page.all(f"{state} [data-order=ready]"), "and shown as it is")
    assert hub.admin.rest().get(f"/orders/{made['id']}").json()["state"] == "ready"


def test_a_call_back_is_promised_moved_and_done(hub, page, buyer, screenshots):
    make(hub, "/callbacks", {"phone": "+966500000001", "name": "متأخر", "due_at": "2020-01-06T10:00:00Z"})
    page.enter(hub.admin, "#/callbacks/new")
    page.fill("phone", "12")
    page.save()
    eventually(lambda: page.error("due_at"), "it needs a time")
    page.driver.execute_script("""
        arguments[0].value = '2031-05-04T10:30';
        arguments[0].dispatchEvent(new Event('input'));
    """, page.one("input[name=due_at]"))
    page.save()
    eventually(lambda: "صيغة دولية" in page.error("phone"), "no number")
    page.fill("phone", "+966501234567")
    page.look_up("contact", "ليلى", "ليلى الحربي")
    page.fill("topic", "عرض الجملة")
    page.save()
    eventually(lambda: "1234567" in page.one("h1").text, "its page")
    made = next(each for each in items(hub, "/callbacks") if each["topic"])
    assert (made["contact"], made["state"]) == (buyer["id"], "planned")
    assert page.value("due_at") == "2031-05-04T10:30"
    page.fill("outcome", "اشترت عشر بطاقات")
    press(page, "[aria-labelledby=call-state] .button", "تم الاتصال")
    eventually(lambda: page.all("[aria-labelledby=call-state] [data-callback=done]"), "done")
    kept = hub.admin.rest().get(f"/callbacks/{made['id']}").json()
    assert (kept["state"], kept["outcome"]) == ("done", "اشترت عشر بطاقات"), "what was written went along"
    page.shoot(screenshots, "crm-callback-ar.png")
    page.visit("#/callbacks")
    eventually(lambda: [row.get_attribute("data-call") != made["id"] for row in page.all("[data-call]")] == [True], "to come")
    assert page.all("[data-callback=late]")
    page.choose("when", "done")
    eventually(lambda: [row.get_attribute("data-call") for row in page.all("[data-call]")] == [made["id"]], "done ones")
    assert page.oddities() == []


# ---- what must hold everywhere


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
