"""Leads, and deals as a board, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.browser import PHONE, eventually
from hubtest.crm_page import Board, STAGES, change, dialog, items, make, place, press, saved, sell
from hubtest.settings_page import SettingsPage


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
