"""Orders and call-backs in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
from hubtest.browser import eventually
from hubtest.crm_page import Board, change, items, make, order, press


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
