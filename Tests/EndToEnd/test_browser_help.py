"""Help for staff in real browsers: it grows beside the line, waits for a click, and never sends itself."""
import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.browser import PHONE, Staff, Visitor, eventually
from hubtest.openai import OpenAI

QUICK = {"HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50"}
QUESTION = "السلام عليكم، كم سعر بطاقة آيتونز؟"
REPLY = "وعليكم السلام! بطاقة آيتونز بخمسين ريالًا، وسأرسل لك الرابط حالًا."
ENDLESS = "كلمة " * 600


@pytest.fixture(params=["sqlite", "postgres"])
def model(request, make_hub):
    """A local model with a hub: `model.hub`."""
    model = OpenAI()
    model.hub = make_hub(request.param, settings=QUICK | model.settings()).start()
    yield model
    model.close()


@pytest.fixture
def customer(model):
    window = Visitor(model.hub.url)
    yield window
    window.quit()


@pytest.fixture
def desk(model):
    window = Staff(model.hub.url)
    yield window
    window.quit()


def meets(model, customer, desk, text=QUESTION):
    customer.go("/")
    customer.open_chat()
    customer.write(text)
    customer.sees([text])
    desk.sign_in(model.hub.admin)
    desk.open_first_conversation()
    desk.sees([text])


def helped(desk):
    """What stands in the preview."""
    return desk.driver.execute_script("return document.querySelector('.help-text')?.textContent ?? ''")


def state(desk):
    return desk.driver.execute_script(
        "const help = document.querySelector('.help'); return help.hidden ? 'closed' : help.dataset.state")


def is_in(desk, name):
    eventually(lambda: state(desk) == name, f"the help is {name}; it is {state(desk)}")


def press(desk, name):
    desk.one(f".help [data-help={name}]").click()


def line(desk):
    return desk.driver.execute_script("return document.querySelector('.composer-text').value")


def focused(desk):
    return desk.driver.execute_script("return document.activeElement.className")


def test_a_suggestion_grows_and_waits_for_a_click(model, customer, desk, screenshots):
    model.says(REPLY, chunk=4, tokens_per_second=15)
    meets(model, customer, desk)
    desk.one(".composer-text").send_keys("أكتب الآن")
    desk.choose("help", "أكمل ما كتبت")
    early = eventually(lambda: helped(desk), "it grows")
    assert REPLY.startswith(early) and line(desk) == "أكتب الآن", "what was typed stays"
    assert "composer-text" in focused(desk)
    desk.one(".composer-text").send_keys(" وأكمل")
    desk.shoot(screenshots, "help-growing-ar.png")
    is_in(desk, "done")
    assert helped(desk) == REPLY and line(desk) == "أكتب الآن وأكمل" and desk.texts() == [QUESTION]
    live = desk.driver.execute_script(
        "const line = document.querySelector('.help-text');"
        "return [line.closest('[aria-live]') === null, line.getAttribute('aria-busy'),"
        " document.querySelector('.help-state').getAttribute('aria-live'), getComputedStyle(line).direction]")
    assert live == [True, "false", "polite", "rtl"]
    desk.shoot(screenshots, "help-done-ar.png")
    press(desk, "replace")
    assert line(desk) == REPLY and state(desk) == "closed" and "composer-text" in focused(desk)
    # The browser's own undo brings back what was typed.
    desk.one(".composer-text").send_keys(Keys.CONTROL, "z")
    assert line(desk) == "أكتب الآن وأكمل"
    desk.one(".composer-text").send_keys(Keys.CONTROL, Keys.SHIFT, "z")
    assert line(desk) == REPLY
    assert desk.texts() == customer.texts() == [QUESTION], "nothing is sent by itself"
    desk.one(".send-button").click()
    for window in (desk, customer):
        window.sees([QUESTION, REPLY])
    assert desk.complaints() == [] and customer.complaints() == []


def test_stopping_dismissing_and_leaving(model, customer, desk):
    model.says(ENDLESS, chunk=8, tokens_per_second=30)
    meets(model, customer, desk)
    desk.choose("help", "اقترح ردًا")
    eventually(lambda: len(helped(desk)) > 40, "it grows")
    press(desk, "stop")
    is_in(desk, "cancelled")
    kept = helped(desk)
    assert ENDLESS.startswith(kept)
    press(desk, "insert")
    assert line(desk) == kept
    desk.one(".composer-text").clear()

    def seen_to_end():
        return model.last()["end"] == "cancelled"
    eventually(seen_to_end, "the model is left alone")
    # Escape closes it, and so does another room.
    desk.choose("help", "اقترح ردًا")
    eventually(lambda: helped(desk), "it grows")
    desk.driver.execute_script("document.querySelector('.help [data-help=stop]').focus()")
    desk.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    is_in(desk, "closed")
    eventually(seen_to_end, "the model is left alone")
    assert "composer-text" in focused(desk)
    desk.choose("help", "اقترح ردًا")
    eventually(lambda: helped(desk), "it grows")
    desk.driver.execute_script("location.hash = ''")
    eventually(seen_to_end, "the model is left alone")
    assert desk.complaints() == []


def test_what_one_wrote_and_a_message_are_translated(model, customer, desk, screenshots):
    question = "How much is the iTunes card? My order is TC-2041-88, see https://shop.example/o/1"
    meets(model, customer, desk, question)
    model.says("كم سعر بطاقة آيتونز؟ رقم طلبي ⟦1⟧، انظر ⟦2⟧", chunk=4, tokens_per_second=40)
    desk.driver.execute_script(
        "document.querySelector('.message [aria-label=\"ترجمة الرسالة\"]').click()")
    is_in(desk, "done")
    assert helped(desk) == "كم سعر بطاقة آيتونز؟ رقم طلبي TC-2041-88، انظر https://shop.example/o/1"
    assert desk.one(".help-quote").text.startswith("How much") and not desk.all(".help [data-help=insert]")
    desk.shoot(screenshots, "help-translation-ar.png")
    press(desk, "close")
    model.says("It costs fifty.", chunk=4)
    desk.one(".composer-text").send_keys("سعرها 50 ريالًا")
    desk.choose("help", "ترجم ما كتبت")
    is_in(desk, "done")
    assert "50" in desk.one(".help-missing").text, "what the translation lacks is told"
    direction = "return getComputedStyle(document.querySelector('.help-text')).direction"
    assert desk.driver.execute_script(direction) == "ltr", "by its text"
    desk.shoot(screenshots, "help-missing-ar.png")
    press(desk, "replace")
    assert line(desk) == "It costs fifty." and desk.texts() == [question]
    assert desk.complaints() == []


def test_a_summary_becomes_a_note_by_a_click(model, customer, desk, screenshots):
    summary = "- العميل يسأل عن سعر بطاقة آيتونز\n- لم يُجب أحد بعد"
    model.says(summary, chunk=8, tokens_per_second=60)
    meets(model, customer, desk)
    desk.resize(PHONE)
    desk.one("[data-help=summary]").click()
    is_in(desk, "done")
    assert helped(desk) == summary
    desk.shoot(screenshots, "help-summary-phone-ar.png")
    wide = desk.driver.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide == 0, "nothing stands out on a phone"
    assert desk.texts() == [QUESTION], "it is not written by itself"
    press(desk, "note")
    eventually(lambda: [each["note"] for each in desk.messages()] == [False, True], "a note")
    assert desk.texts()[1] == summary and state(desk) == "closed"
    assert customer.texts() == [QUESTION]
    assert desk.complaints() == [] and customer.complaints() == []


def test_what_fails_says_so_and_can_be_asked_again(model, customer, desk, screenshots):
    model.says(REPLY)
    model.fault("truncated", times=3)
    meets(model, customer, desk)
    desk.choose("help", "اقترح ردًا")
    is_in(desk, "failed")
    assert helped(desk) == "" and "لا يجيب" in desk.one(".help-state").text
    desk.shoot(screenshots, "help-failed-ar.png")
    model.reset()
    model.says(REPLY)
    press(desk, "again")
    is_in(desk, "done")
    assert helped(desk) == REPLY
    assert desk.complaints() == []


def test_in_english(model, customer, desk, screenshots):
    model.says("It is fifty riyals.", chunk=4, tokens_per_second=40)
    meets(model, customer, desk)
    desk.go("/staff?lang=en")
    desk.open_first_conversation()
    desk.choose("help", "Suggest a reply")
    is_in(desk, "done")
    assert desk.one(".help-head strong").text == "Suggested reply"
    desk.shoot(screenshots, "help-done-en.png")
    assert desk.complaints() == []


def test_without_a_model_nothing_is_offered(hub, visitor, staff):
    visitor.go("/")
    visitor.open_chat()
    visitor.write("سؤال")
    visitor.sees(["سؤال"])
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    staff.sees(["سؤال"])
    offered = "return [...document.querySelectorAll('[data-menu=help], [data-help=summary]')].filter((e) => !e.hidden).length"
    assert staff.driver.execute_script(offered) == 0
    assert not staff.all("[aria-label='ترجمة الرسالة']")
    assert staff.complaints() == []
