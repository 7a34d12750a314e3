"""The assistant and its articles in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.browser import eventually
from hubtest.desk_page import clash_of, made, patched, press, toast, unfold


HAND_OVER = "أريد التحدث مع موظف"


def instructions(hub):
    return hub.admin.rest().get("/settings/assistant.instructions").json()["value"]


def test_an_article_is_written_published_found_and_removed(hub, page, screenshots):
    page.enter(hub.admin, "#/articles/new")
    page.save()
    eventually(lambda: page.error("title") and page.error("body"), "what is missing is said beside its field")
    page.fill("title", "سياسة الاسترجاع")
    page.fill("body", "# الاسترجاع\nتسترد مبلغك خلال ١٤ يومًا.")
    page.fill("tags", "استرجاع، ضمان")
    page.fill("url", "shop.example")
    page.save()
    eventually(lambda: page.error("url"), "no address")
    page.fill("url", "https://shop.example/refunds")
    page.save()
    eventually(lambda: "سياسة الاسترجاع" in page.one("h1").text, "its page")
    article, = hub.admin.rest().get("/ai/articles").json()["items"]
    assert (article["state"], article["tags"]) == ("draft", ["استرجاع", "ضمان"])

    page.fill("title", "سياسة الاسترداد")
    page.one(".user-state .button").click()
    toast(page, "احفظ")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    page.one(".user-state .button").click()
    eventually(lambda: page.all(".user-state .chip[data-article=published]"), "published")
    assert hub.admin.rest().get(f"/ai/articles/{article['id']}").json()["state"] == "published"
    page.shoot(screenshots, "settings-article-ar.png")
    page.visit("#/articles/find")
    page.one(".filters input[type=search]").send_keys("متى أسترد المبلغ؟")
    eventually(lambda: any("١٤" in row.text for row in page.all(".passage-row")), "a customer's question finds it")
    assert "بالكلمات" in page.one(".settings-stage p[role=status]").text
    page.shoot(screenshots, "settings-find-ar.png")

    page.visit(f"#/articles/{article['id']}")
    page.fill("body", "خلال أسبوع.")
    patched(hub, f"/ai/articles/{article['id']}", body="خلال شهر.", title="الاسترداد")
    page.save()
    assert "خلال شهر." in clash_of(page, "body").text and page.value("title") == "الاسترداد"
    page.one("[data-take=theirs]").click()
    page.one(".user-state .button").click()
    page.answer()
    eventually(lambda: page.all(".user-state .chip[data-article=draft]"), "a draft again")
    press(page, ".panel > .is-danger")
    page.answer()
    eventually(lambda: hub.admin.rest().get("/ai/articles").json()["items"] == [], "removed")
    assert page.oddities() == []


def test_the_instructions_have_versions(hub, page, screenshots):
    page.enter(hub.admin, "#/assistant/instructions")
    page.fill("value", "كن لطيفًا")
    page.one("textarea[name=value]").send_keys(Keys.ENTER, "وموجزًا")
    page.save()
    eventually(lambda: page.status() == "حُفظ", "saved")
    assert instructions(hub) == "كن لطيفًا وموجزًا", "one paragraph"
    page.fill("value", "كن لطيفًا ومفصلًا")
    page.save()
    eventually(lambda: len(page.all(".version-row")) == 2, "each change is a version")
    row = unfold(page, ".version-row[data-version='2'] details")
    assert "مفصلًا" in row.find_element(By.CSS_SELECTOR, "ins").text
    assert "موجزًا" in row.find_element(By.CSS_SELECTOR, "del").text
    row = unfold(page, ".version-row[data-version='1'] details")
    page.driver.execute_script(
        "arguments[0].value = 'now'; arguments[0].dispatchEvent(new Event('change'))",
        row.find_element(By.CSS_SELECTOR, "select"))
    assert "مفصلًا" in row.find_element(By.CSS_SELECTOR, "ins").text, "against what is in use"
    page.shoot(screenshots, "settings-instructions-ar.png")
    page.fill("value", "مسودة لم تُحفظ")
    press(page, ".version-row[data-version='1'] .button")
    page.answer()
    eventually(lambda: instructions(hub) == "كن لطيفًا وموجزًا", "the first one is back")
    eventually(lambda: len(page.all(".version-row")) == 3, "as a version of its own")
    assert page.value("value") == "مسودة لم تُحفظ", "what was typed stays"
    page.save()
    clash = clash_of(page, "value")
    assert "كن لطيفًا وموجزًا" in clash.text
    page.one("[data-take=theirs]").click()
    page.one(".form-actions .button.is-plain:not([hidden])").click()
    page.answer()
    eventually(lambda: hub.admin.rest().get("/settings/assistant.instructions").json()["is_default"], "the original")
    assert page.oddities() == []


def test_the_assistant_is_tried(hub, page, model, screenshots):
    made(hub, "/products", sku="IT-50", name_ar="بطاقة آيتونز", price=4950, currency="SAR", state="active")
    patched(hub, "/settings/assistant.prompt_price_micros", value=1_000_000)
    page.enter(hub.admin, "#/assistant")
    box = page.one(".talk-form textarea")
    box.send_keys("بكم بطاقة آيتونز؟", Keys.ENTER)
    answer = eventually(lambda: [each for each in page.all(".talk-turn.is-assistant:not([aria-busy])")], "an answer")[0]
    assert "49.50" in answer.text and "رمز" in answer.text
    tool = answer.find_element(By.CSS_SELECTOR, ".talk-tool[data-tool=search_products]")
    tool.find_element(By.CSS_SELECTOR, "summary").click()
    assert "IT-50" in tool.text or "آيتونز" in tool.text
    page.shoot(screenshots, "settings-playground-ar.png")
    box.send_keys(HAND_OVER, Keys.ENTER)
    eventually(lambda: len(page.all(".talk-turn.is-assistant:not([aria-busy])")) == 2, "the second one")
    assert "العميل طلب ذلك" in page.all(".talk-turn.is-assistant")[1].text
    assert [each["role"] for each in model.last()["body"]["messages"]].count("user") >= 2, "it knows what was said"

    model.fault("invalid_key", times=9)
    box.send_keys("سلام", Keys.ENTER)
    failed = eventually(lambda: page.all(".talk-turn.is-failed"), "it says what is wrong")[0]
    assert "OPENAI_API_KEY" in failed.text
    model.reset()
    model.says("أهلًا بك في المتجر")
    failed.find_element(By.CSS_SELECTOR, "button.link").click()
    eventually(lambda: any("أهلًا بك في المتجر" in each.text for each in page.all(".talk-turn.is-assistant:not([aria-busy])")),
               "the same question is asked again")
    page.one(".stage-head .button").click()
    eventually(lambda: not page.all(".talk-turn"), "a new conversation")
    page.one(".playground > details summary").click()
    page.one("textarea[name=instructions]").send_keys("تحدث كالشعراء")
    page.one(".talk-form textarea").send_keys("سلام", Keys.ENTER)
    eventually(lambda: page.all(".talk-turn.is-assistant:not([aria-busy])"), "an answer")
    assert "تحدث كالشعراء" in model.last()["body"]["messages"][0]["content"]
    assert instructions(hub) != "تحدث كالشعراء", "nothing is kept"

    page.driver.execute_script("location.hash = '#/assistant/usage'")
    page.answer()
    page.settled()

    def counted():
        page.driver.refresh()
        page.settled()
        return page.all("table.changes tbody tr")

    eventually(counted, "it is in the ledger")
    patched(hub, "/settings/assistant.day_budget_tokens", value=1)
    page.driver.refresh()
    eventually(lambda: page.all(".budget[data-state=over]"), "the budget of the day is used up")
    page.shoot(screenshots, "settings-usage-ar.png")
    page.visit("#/assistant/usage?from=2026-02-01&to=2026-01-01")
    eventually(lambda: page.all(".notice-line[role=alert]"), "a span that is none is said")
    assert page.oddities() == [] and page.foreign_hosts() == set()


def test_an_answer_that_takes_long_can_be_left(hub, page, model):
    model.says("كلمة " * 600, chunk=8, tokens_per_second=5)
    page.enter(hub.admin, "#/assistant/playground")
    page.one(".talk-form textarea").send_keys("حدثني", Keys.ENTER)
    eventually(lambda: "كلمة" in page.one(".talk-turn.is-assistant").text, "it grows")
    page.one(".waiting .link").click()
    eventually(lambda: page.all(".talk-turn.is-failed"), "nobody waits any more")
    assert page.one(".talk-form .button").get_attribute("aria-disabled") is None
    assert page.oddities() == []
