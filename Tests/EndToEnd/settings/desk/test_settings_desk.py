"""Canned replies, labels and ratings in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import asyncio

from hubtest.browser import eventually
from hubtest.desk_page import clash_of, made, patched, press, rated


def test_a_canned_reply_is_written_previewed_and_removed(hub, page, screenshots):
    team = made(hub, "/teams", name_ar="المبيعات")
    made(hub, "/canned-replies", shortcut="اهلا", text_ar="أهلًا")
    page.enter(hub.admin, "#/replies/new")
    page.save()
    eventually(lambda: page.error("shortcut"), "what is missing")
    page.fill("shortcut", "two words")
    page.fill("text_ar", "أهلًا {{contact.nickname}}")
    page.save()
    eventually(lambda: "بلا مسافات" in page.error("shortcut"), "no shortcut")
    assert "متغير" in page.error("text_ar") and page.all(".unknown-variable")
    page.fill("text_ar", "أهلًا ")
    page.one("[data-variable='contact.first_name']").click()
    assert page.value("text_ar") == "أهلًا {{contact.first_name}}"
    assert "أهلًا سارة" in page.one(".reply-preview").text
    page.fill("shortcut", "/اهلا")
    page.save()
    eventually(lambda: "لرد آخر" in page.error("shortcut"), "taken")
    page.fill("shortcut", "/ترحيب")
    page.choose("team", team["id"])
    page.shoot(screenshots, "settings-reply-ar.png")
    page.save()
    eventually(lambda: "ترحيب" in page.one("h1").text, "its page")
    kept, = hub.admin.rest().get("/canned-replies", params={"team": team["id"]}).json()["items"]
    assert (kept["shortcut"], kept["text_ar"], kept["text_en"]) == ("ترحيب", "أهلًا {{contact.first_name}}", None)
    page.fill("text_en", "Hello")
    patched(hub, f"/canned-replies/{kept['id']}", text_en="Hi")
    page.save()
    assert "Hello" in clash_of(page, "text_en").text
    page.one("[data-take=mine]").click()
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert hub.admin.rest().get(f"/canned-replies/{kept['id']}").json()["text_en"] == "Hello"
    page.visit("#/replies")
    page.choose("team", team["id"])
    eventually(lambda: len(page.all(".reply-row")) == 1, "those of a team")
    page.shoot(screenshots, "settings-replies-ar.png")
    page.one(".reply-row a").click()
    page.settled()
    press(page, ".panel > .is-danger")
    page.answer()
    eventually(lambda: len(hub.admin.rest().get("/canned-replies").json()["items"]) == 1, "removed")
    assert page.oddities() == []


def test_a_label_is_made_renamed_and_removed(hub, page, screenshots):
    made(hub, "/labels", name_ar="استرجاع")
    page.enter(hub.admin, "#/labels/new")
    page.save()
    eventually(lambda: page.error("name_ar"), "a label needs a name")
    page.fill("name_ar", "اِسترجاع")
    page.save()
    eventually(lambda: "لوسم آخر" in page.error("name_ar"), "the same in another spelling")
    page.fill("name_ar", "عاجل")
    page.driver.execute_script("""
        const [box] = arguments;
        box.value = '#b3261e';
        box.dispatchEvent(new Event('input', { bubbles: true }));
    """, page.one("input[name=color]"))
    page.save()
    eventually(lambda: "عاجل" in page.one("h1").text, "its page")
    label, = [each for each in hub.admin.rest().get("/labels").json()["items"] if each["name_ar"] == "عاجل"]
    assert label["color"].lower() == "#b3261e"
    page.fill("name_en", "Urgent")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    page.fill("name_ar", "عاجل جدًا")
    patched(hub, f"/labels/{label['id']}", name_ar="ضروري")
    page.save()
    assert "ضروري" in clash_of(page, "name_ar").text
    page.one("[data-take=theirs]").click()
    page.shoot(screenshots, "settings-label-ar.png")
    press(page, ".panel > .is-danger")
    assert "كل محادثة" in page.one(".dialog").text, "it says what it touches"
    page.answer(is_yes=False)
    press(page, ".panel > .is-danger")
    page.answer()
    eventually(lambda: len(hub.admin.rest().get("/labels").json()["items"]) == 1, "removed")
    page.visit("#/labels")
    page.shoot(screenshots, "settings-labels-ar.png")
    assert page.oddities() == []


def test_what_customers_said_is_counted(hub, page, screenshots):
    asyncio.run(rated(hub, [("سارة", 5, "شكرًا لكم"), ("نورة", 5, None), ("هند", 2, "تأخر الرد")]))
    page.enter(hub.admin, "#/ratings")
    eventually(lambda: len(page.all(".rating-row")) == 3, "each answer")
    isolates = str.maketrans("", "", "\u2068\u2069")
    spread = {each.get_attribute("data-score"): each.text.translate(isolates) for each in page.all(".spread li")}
    assert "2 (67%)" in spread["5"] and "1 (33%)" in spread["2"], spread
    assert page.one(".rating-average strong").text == "4"
    assert any("تأخر الرد" in row.text and "هند" in row.text for row in page.all(".rating-row"))
    page.shoot(screenshots, "settings-ratings-ar.png")
    link = page.one(".rating-row a.link").get_attribute("href")
    assert link.startswith(f"{hub.url}/staff#/c/r_")
    page.visit("#/ratings?from=2020-01-01&to=2020-01-31")
    eventually(lambda: not page.all(".rating-row") and "لا تقييم" in page.one(".paged").text, "none in that time")
    assert page.oddities() == []
