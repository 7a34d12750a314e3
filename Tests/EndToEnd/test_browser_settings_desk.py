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
