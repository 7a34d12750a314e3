"""Webhooks, the assistant and the desk in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import asyncio
from urllib.parse import quote

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, eventually
from hubtest.hooks import Receiver, signature
from hubtest.openai import OpenAI
from hubtest.people import People
from hubtest.settings_page import SettingsPage
from test_browser_settings import SCRIPT, choose, setting

# A patient hub makes patient tests.
QUICK = {
    "HUB_HOOK_POLL_MS": "50", "HUB_HOOK_PAUSE_MS": "50", "HUB_HOOK_LONGEST_PAUSE_S": "1", "HUB_HOOK_LONGEST_REST_S": "1",
    "HUB_HOOK_TIMEOUT_MS": "5000", "HUB_OUTBOX_POLL_MS": "50", "HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50",
}
ENDPOINTS, DELIVERIES = "/webhook-endpoints", "/webhook-deliveries"
HAND_OVER = "أريد التحدث مع موظف"


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def model():
    model = OpenAI()
    yield model
    model.close()


@pytest.fixture
def hub(make_hub, receiver, model):
    return make_hub(settings=QUICK | model.settings() | {"OUTBOUND_ALLOW": f"127.0.0.1:{receiver.port}"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()


def made(hub, path, **body):
    answer = hub.admin.rest().post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def patched(hub, path, **body):
    answer = hub.admin.rest().call("PATCH", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def deliveries(hub, **params):
    return hub.admin.rest().get(DELIVERIES, params=params | {"limit": 200}).json()["items"]


def listen(hub, receiver, *events, **more):
    return made(hub, ENDPOINTS, url=receiver.url, events=list(events), **more)


async def rated(hub, answers):
    """Customers say how it was: pairs of a score and a comment."""
    async with People(hub) as people:
        agent = await people.staff("admin", account=hub.admin)
        for name, score, comment in answers:
            visitor = await people.visitor(name)
            await visitor.say(visitor.room, "سلام")
            await agent.follow(visitor.room)
            await agent.say(visitor.room, "أهلًا")
            await agent.write("state", visitor.room, state="resolved")

            def asked(visitor=visitor):
                return [event for event in visitor.log(visitor.room).events if event["ev"] == "survey"]

            await visitor.until(asked, "the customer is asked", within=40)
            answer = await hub.rest(visitor.token).later(
                "POST", f"/conversations/{visitor.room}/rating",
                json={"survey": asked()[0]["seq"], "score": score, "comment": comment})
            assert answer.status_code == 200, answer.text


def clash_of(page, name):
    return eventually(lambda: page.field(name).find_elements(By.CSS_SELECTOR, ".clash:not([hidden])"), f"both {name}")[0]


def toast(page, words):
    eventually(lambda: any(words in each.get_property("textContent") for each in page.all(".toast")), f"it says {words}")


def press(page, selector):
    """Clicks what may stand under the bar of a form otherwise."""
    button = page.one(selector)
    page.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", button)
    button.click()


def unfold(page, selector):
    """Opens what is folded away, however often the list behind it is drawn anew."""
    def there():
        found = page.all(selector)
        if not found:
            return None
        if not found[0].get_property("open"):
            summary = found[0].find_element(By.CSS_SELECTOR, "summary")
            page.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", summary)
            summary.click()
        return found[0].get_property("open") and found[0]

    return eventually(there, f"{selector} is unfolded")


# ---- Webhooks


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

    choose(page, "overlap", "0")
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
    choose(page, "type", "")
    eventually(lambda: len(page.all(".delivery-row")) == 2, "all of them")
    choose(page, "state", "failed")
    eventually(lambda: len(page.all(".delivery-row")) == 0, "none failed for good")
    assert "state=failed" in page.driver.current_url
    choose(page, "state", "")
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


# ---- The assistant


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
    assert setting(hub, "assistant.instructions") == "كن لطيفًا وموجزًا", "one paragraph"
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
    eventually(lambda: setting(hub, "assistant.instructions") == "كن لطيفًا وموجزًا", "the first one is back")
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
    assert setting(hub, "assistant.instructions") != "تحدث كالشعراء", "nothing is kept"

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


# ---- The desk


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
    choose(page, "team", team["id"])
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
    choose(page, "team", team["id"])
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


# ---- What holds for all of them


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
