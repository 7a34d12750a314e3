"""Colleagues call one another by name in the console: by keyboard, in both languages, on a phone as well.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import PHONE, Staff, eventually
from hubtest.people import People

# A colleague whose name is no name, but markup, signs of expressions and words of both directions.
HOSTILE = "<img src=x onerror=alert(1)> $& عمر"

# Stands in for the system, which shows nothing without a screen: what the page asks it to tell.
NOTIFICATIONS = """
    window.told = [];
    localStorage.setItem('hub:staff:notifications', 'true');
    window.Notification = class extends EventTarget {
        static permission = 'granted';
        constructor(title, options) { super(); window.told.push({ title, ...options }); }
        close() {}
    };
"""


@pytest.fixture
def hub(make_hub):
    return make_hub().start()


@pytest.fixture
def colleague(hub):
    window = Staff(hub.url)
    yield window
    window.quit()


def named(window, text):
    """The names that are marked in the message with this text, and whether one is oneself."""
    return window.driver.execute_script(
        """
        const message = [...document.querySelectorAll(".message")].find((each) => each.querySelector(".text").textContent === arguments[0]);
        return message ? [...message.querySelectorAll("bdi.mention")].map((each) => [each.textContent, each.classList.contains("is-me")]) : null;
        """,
        text,
    )


def look(window, state):
    """As the browser does when somebody turns to another tab, or comes back."""
    window.driver.execute_script(
        """
        Object.defineProperty(document, "visibilityState", { value: arguments[0], configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
        """,
        state,
    )


def signs(window):
    return [each for each in window.all(".side a.row .mention-sign") if each.is_displayed()]


async def test_colleagues_are_called_by_name(hub, staff, colleague, screenshots):
    sara = hub.add_user("sara@example.com", "agent", "سارة أحمد")
    author = hub.add_user("omar@example.com", "agent", HOSTILE)
    async with People(hub) as people:
        customer = await people.visitor("نورة")
        await customer.say(customer.room, "لم يصلني الرمز")
        staff.sign_in(author)
        colleague.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTIFICATIONS})
        colleague.sign_in(sara)
        eventually(lambda: colleague.all(".side a.row"), "the inbox")

        # A customer reads the reply: nobody is offered there.
        staff.open_first_conversation()
        field = staff.one(".composer-text")
        field.send_keys("@سا")
        assert not [each for each in staff.all(".suggestion") if each.is_displayed()]
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(Keys.BACKSPACE)
        # In a note, by keyboard alone and in another spelling; a blank in the name ends nothing.
        staff.one("[data-mode=note]").click()
        field = staff.driver.switch_to.active_element
        field.send_keys("من فضلك @")
        eventually(lambda: len(staff.all(".suggestion")) >= 2, "all colleagues are offered")
        assert HOSTILE not in [each.text for each in staff.all(".suggestion")], "nobody calls themselves"
        field.send_keys("ساره ا")
        eventually(lambda: [each.text.split("\n")[-1] for each in staff.all(".suggestion")] == ["سارة أحمد"], "what was typed narrows them down")
        assert field.get_attribute("aria-activedescendant") == staff.all(".suggestion")[0].get_attribute("id")
        assert violations(staff) == []
        staff.shoot(screenshots, "mention-suggestions-ar.png")
        field.send_keys(Keys.ENTER)
        eventually(lambda: field.get_property("value") == "من فضلك @سارة أحمد ", "the name is written, nothing is sent")
        assert not staff.all(".suggestion")
        field.send_keys("شوفي <b>الطلب</b>", Keys.ENTER)
        note = "من فضلك @سارة أحمد شوفي <b>الطلب</b>"
        eventually(lambda: named(staff, note) == [["@سارة أحمد", False]], "the name is marked")

        # She learns of it while she looks at something else, and finds her way by keyboard.
        eventually(lambda: HOSTILE in colleague.one(".toast").text, "she is told by whom, as it is written")
        eventually(lambda: len(signs(colleague)) == 1, "the conversation shows a sign")
        eventually(lambda: colleague.driver.title.startswith("("), "the title counts it")
        tab = colleague.one("[data-tab=m]")
        eventually(lambda: tab.text.split()[-1] == "1", "the tab counts it")
        colleague.driver.find_element("css selector", "body").send_keys("m")
        row = colleague.one("button.row[data-mention]")
        assert colleague.driver.switch_to.active_element == tab
        assert HOSTILE in row.text and "نورة" in row.text and "شوفي <b>الطلب</b>" in row.text
        assert violations(colleague) == []
        colleague.shoot(screenshots, "mention-list-ar.png")
        row.send_keys(Keys.ENTER)
        eventually(lambda: named(colleague, note) == [["@سارة أحمد", True]], "she is marked as herself")
        assert colleague.one(".conversation").get_attribute("data-room") == customer.room
        eventually(lambda: not signs(colleague) and not colleague.all("[data-tab=m] .count:not([hidden])"), "reading reads it")
        eventually(lambda: not colleague.all("button.row[data-mention] .mention-sign"), "also in the list")
        colleague.shoot(screenshots, "mention-note-ar.png")
        assert violations(colleague) == []

        # In a room of the team, on a phone and in English; this time by pointer.
        answer = author.rest().post("/rooms", {"kind": "channel", "title": "التشغيل"})
        room = answer.json()["id"]
        staff.resize(PHONE)
        staff.go(f"/staff?lang=en#/t/{room}")
        field = staff.one(".composer-text")
        field.send_keys("@")
        eventually(lambda: "سارة أحمد" in " ".join(each.text for each in staff.all(".suggestion")), "a channel offers everybody")
        staff.shoot(screenshots, "mention-suggestions-phone.png")
        next(each for each in staff.all(".suggestion") if "سارة" in each.text).click()
        eventually(lambda: field.get_property("value") == "@سارة أحمد ", "a press chooses")
        field.send_keys("look")
        look(colleague, "hidden")
        staff.one(".send-button").click()
        eventually(lambda: named(staff, "@سارة أحمد look") == [["@سارة أحمد", False]], "it is sent")
        staff.shoot(screenshots, "mention-room-phone.png")
        assert violations(staff) == []
        eventually(lambda: colleague.driver.execute_script("return told.length"), "who looks elsewhere is told by the system")
        told = colleague.driver.execute_script("return told")
        assert [(HOSTILE in each["title"], each["body"]) for each in told] == [(True, "@سارة أحمد look")]
        look(colleague, "visible")
        eventually(lambda: colleague.one("[data-tab=m]").text.split()[-1] == "1", "she is told again")
        eventually(lambda: len(colleague.all("button.row[data-mention]")) == 2, "the open list grows")
        colleague.resize(PHONE)
        colleague.one(".stage-head .back").click()
        colleague.one("button.row[data-mention]")
        colleague.shoot(screenshots, "mention-list-phone.png")
        assert violations(colleague) == []

        # Who edits a text keeps whom it mentions.
        staff.driver.execute_script("document.querySelector('.message [aria-label=Edit]').click()")
        eventually(lambda: field.get_property("value") == "@سارة أحمد look", "the text is there to be changed")
        field.send_keys(" again", Keys.ENTER)
        eventually(lambda: named(staff, "@سارة أحمد look again") == [["@سارة أحمد", False]], "it is edited")
        found = sara.rest().get("/mentions", params={"unread": "true"}).json()["items"]
        assert [each["text"] for each in found] == ["@سارة أحمد look again"]
        # The palette leads to them as well.
        colleague.resize((1280, 860))
        colleague.one("[data-tab=c]").click()
        colleague.driver.switch_to.active_element.send_keys(Keys.CONTROL, "k")
        colleague.one(".palette-input").send_keys("الاشارات", Keys.ENTER)
        colleague.one("button.row[data-mention]")
        assert staff.complaints() == []
        assert colleague.complaints() == []
