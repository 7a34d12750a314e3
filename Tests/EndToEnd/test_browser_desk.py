"""Agents at their desk in real browsers: offers, handing over, templates and choices of WhatsApp, transcripts."""
import asyncio

import pytest
from selenium.webdriver.common.by import By

from hubtest.browser import Staff, eventually, meet
from hubtest.database import age_window
from hubtest.people import People
from hubtest.whatsapp import WhatsApp

QUICK = {"HUB_OUTBOX_POLL_MS": "50", "HUB_WEBHOOK_POLL_MS": "50", "HUB_ROUTING_BEAT_MS": "200"}


@pytest.fixture
def colleague(hub):
    """A second member of staff, an agent."""
    window = Staff(hub.url)
    yield window
    window.quit()


@pytest.fixture(params=["sqlite", "postgres"])
def phone(request, make_hub):
    """The local WhatsApp with a hub that it belongs to: `phone.hub`."""
    hub = make_hub(request.param, settings=QUICK)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    phone.set(status_delay_ms=30, retry_delay_ms=200)
    hub.settings |= phone.settings()
    phone.hub = hub.start()
    yield phone
    phone.close()


@pytest.fixture
def desk(phone):
    window = Staff(phone.hub.url)
    yield window
    window.quit()


def sent(phone):
    """What the phone got, the newest last."""
    return [message["body"] for message in phone.log()["messages"] if not message["from_customer"]]


def test_templates_and_choices_reach_the_phone(phone, desk, screenshots):
    phone.writes("السلام عليكم")
    desk.sign_in(phone.hub.admin)
    desk.open_first_conversation()
    desk.sees(["السلام عليكم"])

    desk.one(".composer-text").send_keys("هل وصلك الرمز؟")
    desk.choose("more", "خيارات")
    assert desk.one(".dialog textarea").get_property("value") == "هل وصلك الرمز؟", "what was written is taken over"
    fields = desk.all(".dialog .field input")
    fields[0].send_keys("نعم")
    fields[1].send_keys("لا")
    desk.shoot(screenshots, "choices-ar.png")
    desk.one(".dialog [type=submit]").click()
    eventually(lambda: len(sent(phone)) == 1, "the phone got it")
    buttons = sent(phone)[0]["interactive"]["action"]["buttons"]
    assert [button["reply"]["title"] for button in buttons] == ["نعم", "لا"]
    eventually(lambda: [each.text for each in desk.all(".options li")] == ["نعم", "لا"], "as staff sees it")

    desk.choose("more", "خيارات")
    desk.one(".dialog textarea").send_keys("اختر البطاقة")
    desk.one(".dialog input[value=list]").click()
    desk.one(".dialog input[name=button]").send_keys("البطاقات")
    titles = desk.all(".dialog .choice-row input[name=title]")
    titles[0].send_keys("آيتونز 50")
    titles[1].send_keys("بلايستيشن 100")
    desk.all(".dialog .choice-row input[name=note]")[1].send_keys("المتجر السعودي")
    desk.one(".dialog [type=submit]").click()
    eventually(lambda: len(sent(phone)) == 2, "the list too")
    rows = sent(phone)[1]["interactive"]["action"]["sections"][0]["rows"]
    assert [(row["title"], row.get("description")) for row in rows] == [
        ("آيتونز 50", None), ("بلايستيشن 100", "المتجر السعودي")]

    age_window(phone.hub)
    desk.driver.refresh()
    eventually(lambda: desk.all(".window-line.is-closed"), "free words are over")
    desk.write("هل ما زلت هنا؟")
    eventually(lambda: desk.all(".dialog"), "templates are offered instead of a refusal")
    eventually(lambda: len(desk.all(".dialog .choice")) == 3, "all that are approved")
    eventually(lambda: desk.all(".dialog .choice input")[0].is_selected(), "the first is chosen")
    chosen = next(each for each in desk.all(".dialog .choice") if "welcome_back" in each.text and "ar" in each.text)
    chosen.find_element(By.CSS_SELECTOR, "input").click()
    desk.one(".dialog input[name=value]").send_keys("هند")
    assert "هند" in desk.one(".dialog-preview").text
    desk.shoot(screenshots, "templates-ar.png")
    desk.one(".dialog [type=submit]").click()
    eventually(lambda: len(sent(phone)) == 3, "the template left")
    assert sent(phone)[2]["template"]["name"] == "welcome_back"
    eventually(lambda: "هند" in desk.texts()[-1], "staff reads what the customer reads")
    assert desk.one(".composer-text").get_property("value") == "هل ما زلت هنا؟", "what was written is kept"
    assert desk.complaints() == []


def test_an_offer_is_declined_and_taken_and_handed_on(hub, staff, colleague, screenshots):
    rest = hub.admin.rest()
    for name, value in {"policy": "least_busy", "asks_first": True, "offer_seconds": 300}.items():
        assert rest.call("PATCH", f"/settings/routing.{name}", json={"value": value}).status_code == 200
    agent = hub.account("agent", 0)
    team = rest.post("/teams", {"name_ar": "المبيعات", "members": [agent.id]}).json()
    staff.sign_in(hub.admin)
    eventually(lambda: presence(rest, hub.admin.id) == "online", "the first agent is here")
    asyncio.run(write(hub, "أريد بطاقة"))

    offer = staff.one(".offer")
    eventually(lambda: "سارة" in offer.text, "it says of whom, as soon as that is known")
    staff.shoot(screenshots, "offer-ar.png")
    colleague.sign_in(agent)
    eventually(lambda: presence(rest, agent.id) == "online", "the second one too")
    staff.one(".offer .is-plain").click()
    colleague.one(".offer .button:not(.is-plain)").click()
    eventually(lambda: colleague.texts() == ["أريد بطاقة"], "who takes it has it on the stage")
    assert not staff.all(".offer")

    eventually(lambda: "Agent 0" in colleague.one("[data-menu=assign]").text, "it is theirs")
    colleague.choose("assign", "تحويل")
    dialog = colleague.one(".dialog")
    assert team["name_ar"] in dialog.text and "Admin" in dialog.text
    colleague.one(f".dialog input[value='{hub.admin.id}']").click()
    colleague.one(".dialog textarea").send_keys("عميل دائم، يريد خصمًا")
    colleague.shoot(screenshots, "transfer-ar.png")
    colleague.one(".dialog [type=submit]").click()
    staff.one(".offer .button:not(.is-plain)").click()
    eventually(lambda: staff.texts() == ["أريد بطاقة", "عميل دائم، يريد خصمًا"], "with the note")
    eventually(lambda: "Admin" in staff.one("[data-menu=assign]").text, "it was handed on")
    assert staff.complaints() == [] and colleague.complaints() == []


def test_a_transcript_is_downloaded(hub, visitor, staff, tmp_path):
    meet(hub, visitor, staff, "متى يصل الرمز؟")
    staff.write("وصل الآن")
    visitor.sees(["متى يصل الرمز؟", "وصل الآن"])
    staff.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    staff.choose("transcript", "نص")
    text = eventually(lambda: "".join(path.read_text() for path in tmp_path.glob("*.txt")), "the file is there")
    assert text.index("متى يصل الرمز؟") < text.index("وصل الآن")
    assert staff.complaints() == []


def presence(rest, user):
    agents = rest.get("/routing/agents").json()["agents"]
    return next((agent["presence"] for agent in agents if agent["id"] == user), None)


async def write(hub, text):
    async with People(hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, text)
