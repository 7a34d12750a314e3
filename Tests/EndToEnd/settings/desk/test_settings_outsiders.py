"""What must hold on every page that shows what others wrote, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import asyncio
from urllib.parse import quote

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.desk_page import ENDPOINTS, listen, made, patched, press, rated, unfold
from hubtest.settings_page import SCRIPT


HAND_OVER = "أريد التحدث مع موظف"


def test_everybody_sees_what_they_may_change(hub, page):
    article = made(hub, "/ai/articles", title="الشحن", body="مجاني")
    reply = made(hub, "/canned-replies", shortcut="شكرا", text_ar="شكرًا")
    label = made(hub, "/labels", name_ar="عاجل")
    patched(hub, "/settings/assistant.instructions", value="كن لطيفًا")

    def links():
        eventually(lambda: page.all(".nav-link"), "the sections")
        return {link.get_attribute("href").rsplit("#/")[1] for link in page.all(".nav-link")}

    page.enter(hub.account("agent", 1), f"#/articles/{article['id']}")
    assert {"articles", "replies", "labels"} <= links() and not links() & {"webhooks", "assistant", "ratings"}
    for place, name in [(f"#/articles/{article['id']}", "title"), (f"#/replies/{reply['id']}", "shortcut"),
                        (f"#/labels/{label['id']}", "name_ar")]:
        page.visit(place)
        assert page.one(f"[name={name}]").get_property("readOnly"), place
        assert not page.all("main .form-actions") and not page.all("main .is-danger"), place
    for place in ("#/articles", "#/replies", "#/labels"):
        page.visit(place)
        assert not [each for each in page.all(".stage-head .button") if "/new" in (each.get_attribute("href") or "")], place

    page.driver.execute_script("localStorage.clear()")
    page.go("/docs")
    page.enter(hub.account("supervisor", 1), "#/assistant/instructions")
    assert {"articles", "assistant", "replies", "labels", "ratings"} <= links() and "webhooks" not in links()
    page.settled()
    assert page.one("textarea[name=value]").get_property("readOnly")
    assert not page.all("main .form-actions")
    assert not page.all(".tab-link[href='#/assistant/playground']"), "trying costs money"
    page.visit("#/webhooks")
    eventually(lambda: "لا توجد" in page.one("h1").text, "what one may not see is not there")
    assert page.oddities() == []


def test_nothing_that_outsiders_write_runs(hub, page, model, receiver):
    evil = {name: SCRIPT.format(name) for name in (
        "name", "comment", "body", "title", "tag", "label", "reply", "hook", "answer", "product", "instructions", "team")}
    asyncio.run(rated(hub, [(evil["name"][:60], 1, evil["comment"])]))
    endpoint = listen(hub, receiver, description=evil["hook"])
    made(hub, "/crm/contacts", name=evil["name"][:60])
    receiver.wait(1, "contact.created")
    article = made(hub, "/ai/articles", title=evil["title"], body=evil["body"], tags=[evil["tag"][:40]], state="published")
    team = made(hub, "/teams", name_ar=evil["team"])
    reply = made(hub, "/canned-replies", shortcut="شر", text_ar=evil["reply"] + " {{contact.name}}", team=team["id"])
    label = made(hub, "/labels", name_ar=evil["label"][:40], name_en="<b>x</b>")
    made(hub, "/products", sku="X-1", name_ar="بطاقة " + evil["product"], price=100, state="active")
    patched(hub, "/settings/assistant.instructions", value=evil["instructions"])
    page.enter(hub.admin, "#/webhooks")
    for place in ["#/webhooks", f"#/webhooks/{endpoint['id']}", "#/articles", f"#/articles/{article['id']}",
                  "#/articles/find?q=window", "#/replies", f"#/replies/{reply['id']}", "#/labels",
                  f"#/labels/{label['id']}", "#/ratings", "#/assistant/usage", "#/assistant/instructions",
                  "#/webhooks/<img src=x onerror=alert(1)>", "#/assistant/<img src=x onerror=alert(1)>"]:
        page.driver.execute_script("location.hash = arguments[0]", place)
        eventually(lambda: page.all(".settings-stage h1") or page.all(".loading [role=alert]"), place)
    page.visit(f"#/webhooks/{endpoint['id']}")
    unfold(page, ".delivery-row details")
    eventually(lambda: any("<img src=x" in each.text for each in page.all(".code-block")), "it is shown as it is")
    page.visit("#/ratings")
    eventually(lambda: evil["comment"] in page.root.text, "what a customer wrote is shown as it is")
    page.visit("#/assistant/instructions")
    unfold(page, ".version-row details")
    page.visit("#/assistant/playground")
    page.one(".talk-form textarea").send_keys("بكم بطاقة؟", Keys.ENTER)
    eventually(lambda: page.all(".talk-turn.is-assistant:not([aria-busy])"), "an answer")
    model.says(evil["answer"])
    page.one(".talk-form textarea").send_keys(SCRIPT.format("question"), Keys.ENTER)
    eventually(lambda: any(evil["answer"] in each.text for each in page.all(".talk-turn")), "what the model says is text")
    for summary in page.all(".talk-tool summary"):
        summary.click()
    assert page.driver.execute_script("return window.stolen") is None
    assert not page.all("img[src=x]")
    # A place that is no system and no article is a failed request, and nothing else.
    assert page.oddities() == [] and page.foreign_hosts() == set()


@pytest.mark.parametrize("lang", ["ar", "en"])
@pytest.mark.parametrize("name, size", [("desktop", DESKTOP), ("phone", PHONE)])
def test_what_is_filled_is_accessible_and_fits(hub, page, receiver, lang, name, size, screenshots):
    asyncio.run(rated(hub, [("سارة العتيبي", 5, "خدمة ممتازة وسريعة، شكرًا لكم"), ("Omar", 3, "It took a while")]))
    receiver.script = [500]
    endpoint = listen(hub, receiver, "contact.created", "order.paid", description="نظام المخزون ERP")
    made(hub, "/crm/contacts", name="سارة")
    receiver.wait(2, "contact.created")
    receiver.mood = 410
    gone = made(hub, ENDPOINTS, url=receiver.url + "-" + "x" * 60, description=None)
    hub.admin.rest().post(f"{ENDPOINTS}/{gone['id']}/test")
    eventually(lambda: not hub.admin.rest().get(f"{ENDPOINTS}/{gone['id']}").json()["enabled"], "it is turned off")
    article = made(hub, "/ai/articles", title="سياسة الاسترجاع", body="# الاسترجاع\nتسترد مبلغك خلال ١٤ يومًا.",
                   tags=["استرجاع", "PlayStation"], state="published")
    made(hub, "/ai/articles", title="How to redeem a card", body="Open the app.", language="en", audience="staff")
    made(hub, "/products", sku="IT-50", name_ar="بطاقة آيتونز", price=4950, currency="SAR", state="active")
    team = made(hub, "/teams", name_ar="المبيعات", name_en="Sales")
    reply = made(hub, "/canned-replies", shortcut="ترحيب", text_ar="أهلًا {{contact.first_name}}، معك {{agent.name}}.",
                 text_en="Hello {{contact.first_name}}.", team=team["id"])
    label = made(hub, "/labels", name_ar="رسالة للفريق", name_en="Message for the team", color="#B45309")
    for words in ("كن لطيفًا وموجزًا، ولا تعد بما لا تعرفه.", "كن لطيفًا ومفصلًا، واذكر المصدر."):
        patched(hub, "/settings/assistant.instructions", value=words)
    patched(hub, "/settings/assistant.day_budget_tokens", value=5000)
    patched(hub, "/settings/assistant.prompt_price_micros", value=150_000)
    page.enter(hub.admin, lang=lang)
    page.resize(size)
    # Colours do not change with the size: by day on the desktop, by night on the phone.
    page.night(name == "phone")
    found = {}

    def look(place):
        if bad := violations(page):
            found[place] = bad
        if not page.fits():
            found[place, "width"] = "something stands out at the side"
        page.shoot(screenshots, f"settings-desk-{name}-{lang}-{place}.png")

    def visit(place):
        page.visit(f"#/{place}")

    visit("webhooks")
    eventually(lambda: any("المخزون" in row.text and row.find_element(By.CSS_SELECTOR, ".hook-last").text
                           for row in page.all(".hook-row")), "when it took something last")
    look("webhooks")
    visit(f"webhooks/{endpoint['id']}")
    unfold(page, ".delivery-row details")
    eventually(lambda: page.all(".code-block"), "what was sent")
    look("webhook")
    page.driver.execute_script("document.querySelector('.delivery-row').scrollIntoView()")
    page.shoot(screenshots, f"settings-desk-{name}-{lang}-deliveries.png")
    press(page, ".hook-secret .filters .button")
    page.answer()
    eventually(lambda: page.all(".hook-secret .link-panel"), "the secret")
    look("webhook-secret")
    visit(f"webhooks/{gone['id']}")
    look("webhook-gone")
    visit("articles")
    look("articles")
    visit(f"articles/{article['id']}")
    look("article")
    visit(f"articles/find?q={quote('استرجاع')}")
    eventually(lambda: page.all(".passage-row"), "a passage")
    look("articles-find")
    visit("assistant/playground")
    page.one(".talk-form textarea").send_keys("بكم بطاقة آيتونز؟", Keys.ENTER)
    eventually(lambda: page.all(".talk-turn.is-assistant:not([aria-busy])"), "an answer")
    unfold(page, ".talk-tool")
    page.one(".talk-form textarea").send_keys(HAND_OVER, Keys.ENTER)
    eventually(lambda: len(page.all(".talk-turn.is-assistant:not([aria-busy])")) == 2, "the second one")
    look("playground")
    unfold(page, ".playground > details")
    look("playground-instead")
    visit("assistant/instructions")
    unfold(page, ".version-row details")
    look("instructions")

    def counted():
        page.visit("#/assistant")
        page.visit("#/assistant/usage")
        return page.all("table.changes tbody tr")

    eventually(counted, "it is in the ledger")
    unfold(page, "details.panel")
    look("usage")
    visit("replies")
    look("replies")
    visit(f"replies/{reply['id']}")
    look("reply")
    visit("labels")
    look("labels")
    visit(f"labels/{label['id']}")
    look("label")
    visit("ratings")
    eventually(lambda: len(page.all(".rating-row")) == 2 and page.all(".spread li"), "each answer")
    look("ratings")
    assert found == {}
    assert page.oddities() == [] and page.foreign_hosts() == set()
