"""The widget on a page in a real Chromium: what it weighs, how it looks, and all that a visitor can send with it.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import json

import pytest
import requests
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import PHONE, Visitor, eventually
from hubtest.browser_cost import loaded
from hubtest.shop_page import ShopPage

# What comes over the wire before a visitor has touched anything.
FIRST_LOAD_BYTES = 25 * 1024
FIRST_LOAD_REQUESTS = 16
# And with the chat open.
CHAT_BYTES = 100 * 1024
CHAT_REQUESTS = 80

# What of the page itself moves; within the widget messages may.
OBSERVE = """
    window.shifts = 0;
    const isOfPage = ({ node }) => node && node.getRootNode() === document && node.localName !== 'twocards-chat';
    new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) if (shift.sources.some(isOfPage)) window.shifts += shift.value;
    }).observe({ type: 'layout-shift', buffered: true });
"""


class Shop(ShopPage):
    """Somebody else's page that embeds the widget by one line."""

    PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1"><title>متجر</title>
    <link rel="icon" href="data:,"><style>button {{ background: hotpink !important; border-radius: 0 !important }}</style></head>
    <body><main><h1>متجر</h1><p>{filler}</p><button data-hub-open>الدعم</button></main>
    <script type="module" src="{hub}/widget.js" {options}></script></body></html>"""

    lang, options = "ar", ""

    def content(self):
        return self.PAGE.format(lang=self.lang, filler="نص " * 200, hub=self.hub.url, options=self.options)


@pytest.fixture
def shop():
    shop = Shop()
    yield shop
    shop.close()


@pytest.fixture
def hub(make_hub, shop):
    shop.hub = make_hub(settings={"ALLOWED_ORIGINS": shop.url}).start()
    return shop.hub


@pytest.fixture
def window(hub, shop):
    window = Visitor(shop.url, arguments=["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"])
    window.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": OBSERVE})
    yield window
    window.quit()


def setting(hub, key, value):
    rest = hub.admin.rest()
    current = rest.get(f"/settings/{key}")
    answer = rest.call("PATCH", f"/settings/{key}", json={"value": value}, headers={"If-Match": current.headers["ETag"]})
    assert answer.status_code == 200, answer.text


def identity(window, hub):
    """What the widget keeps of its visitor: `token`, `visitor`, `room`."""
    kept = window.driver.execute_script("return localStorage.getItem(arguments[0])", f"hub:{hub.url}:visitor")
    return kept and json.loads(kept)


def test_a_page_view_costs_little_and_moves_nothing(hub, shop, window):
    window.go("/")
    window.one(".launcher")
    count, size, entries = loaded(window, hub.url)
    assert 0 < size <= FIRST_LOAD_BYTES, entries
    assert count <= FIRST_LOAD_REQUESTS, entries
    assert window.driver.execute_script("return window.shifts") == 0
    assert identity(window, hub) is None, "nobody is connected who only looks"

    window.open_chat()
    window.write("مرحبًا")
    window.sees(["مرحبًا"])
    count, size, entries = loaded(window, hub.url)
    assert size <= CHAT_BYTES and count <= CHAT_REQUESTS, entries
    assert window.driver.execute_script("return window.shifts") == 0, "the page stays as it was"
    hosts = {each.split("/")[2] for each in window.foreign_hosts()}
    assert hosts == {hub.url.split("/")[2]}, "nothing comes from anywhere else"
    assert window.complaints() == []


def test_the_second_page_view_loads_nothing_anew(hub, shop, window):
    window.go("/")
    window.open_chat()
    window.write("مرحبًا")
    window.sees(["مرحبًا"])
    window.driver.get(f"{shop.url}/?second")
    window.sees(["مرحبًا"])
    assert loaded(window, hub.url)[1] > 0, "it is measured"
    fetched = window.driver.execute_script(
        "return performance.getEntriesByType('resource')"
        ".filter((each) => each.name.includes('/~') && each.transferSize > 0).map((each) => each.name)")
    assert fetched == [], "all of it was kept"


def test_the_shop_s_colour_and_words_are_taken(hub, shop, window, screenshots):
    setting(hub, "widget.color", "#ffd400")
    setting(hub, "widget.greeting_ar", "يا هلا! وش نقدر نسوي لك؟")
    setting(hub, "shop.name_ar", "متجر النخبة")
    window.go("/")
    launcher = window.one(".launcher")
    assert launcher.value_of_css_property("background-color") == "rgba(255, 212, 0, 1)", "and not the page's pink"
    assert launcher.value_of_css_property("color") == "rgba(0, 0, 0, 1)", "what is written on it can be read"
    window.open_chat()
    assert window.one(".panel h2").text == "متجر النخبة"
    assert "يا هلا" in window.one(".welcome").text
    window.write("مرحبًا")
    window.sees(["مرحبًا"])
    window.shoot(screenshots, "widget-yellow-ar.png")
    assert violations(window) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["ar", "en"])
def test_by_day_and_by_night_in_both_languages_on_a_phone(hub, shop, window, screenshots, theme, lang):
    shop.lang, shop.options = lang, f'data-theme="{theme}"'
    window.resize(PHONE)
    window.go("/")
    window.open_chat()
    window.write("مرحبًا، hello 123")
    window.sees(["مرحبًا، hello 123"])
    assert window.one(".widget").get_attribute("dir") == ("rtl" if lang == "ar" else "ltr")
    box = window.one(".panel").rect
    assert (box["width"], box["height"]) == (PHONE[0], PHONE[1]), "it takes the whole screen"
    window.shoot(screenshots, f"widget-{theme}-{lang}.png")
    assert violations(window) == []
    assert window.complaints() == []


def test_who_has_to_say_who_they_are(hub, shop, window, staff, screenshots):
    setting(hub, "widget.introduction", "required")
    window.go("/")
    window.one(".launcher").click()
    name = window.one(".intro input[name=name]")
    assert window.all(".composer-text")[0].is_displayed() is False and window.all(".intro .link") == []
    name.send_keys("سارة")
    contact = window.one(".intro input[name=contact]")
    contact.send_keys("هنا")
    window.one(".intro-start").click()
    assert "+966501234567" in window.one(".intro-problem").text
    panel = window.one(".panel")
    assert window.driver.execute_script("return arguments[0].scrollWidth <= arguments[0].clientWidth", panel), "it fits"
    window.shoot(screenshots, "widget-introduction-ar.png")
    assert violations(window) == []
    contact.send_keys(Keys.CONTROL, "a")
    contact.send_keys("sara@example.com", Keys.ENTER)
    window.write("عندي سؤال")
    window.sees(["عندي سؤال"])
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    eventually(lambda: "سارة" in staff.one(".conversation").text, "staff sees the name")
    eventually(lambda: "sara@example.com" in staff.root.text, "and the address")
    window.driver.refresh()
    window.sees(["عندي سؤال"])
    assert window.all(".intro") == [], "nobody is asked twice"


def test_who_may_say_who_they_are_can_skip_it(hub, shop, window):
    setting(hub, "widget.introduction", "optional")
    window.go("/")
    window.one(".launcher").click()
    window.one(".intro .link").click()
    window.write("بلا اسم")
    window.sees(["بلا اسم"])


def test_emoji_and_a_voice_note_are_sent(hub, shop, window, screenshots):
    window.go("/")
    window.open_chat()
    window.one("[data-menu=emoji]").click()
    window.shoot(screenshots, "widget-emoji-ar.png")
    window.one(".emoji-menu .menu-item").click()
    assert window.one(".composer-text").get_property("value") == "😀"
    window.one(".send-button").click()
    window.sees(["😀"])

    window.one(".record").click()
    eventually(lambda: window.one(".voice-time").text >= "0:01", "the time runs")
    window.shoot(screenshots, "widget-voice-ar.png")
    window.one(".voice-line .icon-button").click()
    window.one(".composer-text")
    assert len(window.messages()) == 1, "what was thrown away is not sent"

    window.one(".record").click()
    eventually(lambda: window.one(".voice-time").text >= "0:01", "the time runs again")
    window.one(".voice-line .send-button").click()
    player = window.one("audio.audio")
    eventually(lambda: window.messages()[-1]["seq"], "it was sent")
    eventually(lambda: window.driver.execute_script("return arguments[0].readyState", player) > 0, "it can be played")
    head = requests.get(player.get_attribute("src"), timeout=10)
    assert head.headers["Content-Type"].startswith("audio/") and len(head.content) > 500
    assert window.complaints() == []


def test_a_conversation_begins_and_goes_on_by_one_click(hub, shop, window, staff, screenshots):
    setting(hub, "widget.starters_ar", ["أين طلبي؟", "<b>كم السعر؟</b>"])
    setting(hub, "widget.retention_days", 30)
    window.go("/")
    window.open_chat()
    eventually(lambda: len([each for each in window.all(".starter") if each.is_displayed()]) == 2, "what one may begin with")
    assert window.one(".retention").text == "نحفظ رسائلك 30 يومًا."
    assert "<b>" in window.all(".starter")[1].text
    window.shoot(screenshots, "widget-starters-ar.png")
    assert violations(window) == []
    window.all(".starter")[0].click()
    window.sees(["أين طلبي؟"])
    assert not window.one(".welcome").find_element(By.XPATH, "following-sibling::*").is_displayed(), "begun is begun"

    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    staff.sees(["أين طلبي؟"])
    staff.choose("more", "خيارات")
    dialog = staff.one("dialog[open]")
    dialog.find_element(By.CSS_SELECTOR, "textarea[name=text]").send_keys("كيف دفعت؟")
    for box, title in zip(dialog.find_elements(By.CSS_SELECTOR, "input[name=title]"), ("مدى", "Apple Pay")):
        box.send_keys(title)
    dialog.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    eventually(lambda: len(window.all("button.option")) == 2, "the choices are buttons")
    assert not staff.all("button.option") and len(staff.all("span.option")) == 2, "the team only reads them"
    window.resize(PHONE)
    window.shoot(screenshots, "widget-choices-phone-ar.png")
    assert violations(window) == []
    window.all("button.option")[1].click()
    window.sees(["أين طلبي؟", "كيف دفعت؟", "Apple Pay"])
    eventually(lambda: not window.all("button.option"), "a choice is made once")
    staff.sees(["أين طلبي؟", "كيف دفعت؟", "Apple Pay"])
    staff.shoot(screenshots, "console-choices-ar.png")
    assert window.complaints() == [] and staff.complaints() == []

    window.driver.refresh()
    window.sees(["أين طلبي؟", "كيف دفعت؟", "Apple Pay"])
    assert not window.all("button.option") and not [each for each in window.all(".starter") if each.is_displayed()]


# Keeps every microphone that the page was given.
KEEP_MICROPHONES = """
    window.microphones = [];
    const devices = navigator.mediaDevices, original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (wish) => {
        const stream = await original(wish);
        window.microphones.push(...stream.getTracks());
        return stream;
    };
"""


def test_a_closed_panel_listens_to_nobody_and_keeps_what_was_said(hub, shop, window):
    window.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": KEEP_MICROPHONES})
    heard = "return [window.microphones.length, window.microphones.filter((each) => each.readyState === 'live').length]"
    window.go("/")
    window.open_chat()
    window.one(".record").click()
    eventually(lambda: window.one(".voice-time").text >= "0:01", "the time runs")
    assert window.driver.execute_script(heard) == [1, 1]
    window.one(".launcher").click()
    eventually(lambda: window.driver.execute_script(heard) == [1, 0], "the microphone is let go")
    window.one(".launcher").click()
    window.one(".voice-line.is-over .send-button").click()
    eventually(lambda: window.messages() and window.messages()[-1]["seq"], "what was said can still be sent")
    assert window.complaints() == []

    # Closed before the browser has handed out the microphone.
    window.one(".record").click()
    window.one(".launcher").click()
    eventually(lambda: window.driver.execute_script(heard) == [2, 0], "it is not taken up")


def test_a_file_can_be_dropped_and_pasted(hub, shop, window):
    window.go("/")
    window.open_chat()
    give = """
        const files = new DataTransfer();
        files.items.add(new File(['سطر'], arguments[2], { type: 'text/plain' }));
        const init = { bubbles: true, cancelable: true, [arguments[3]]: files };
        const make = { drop: DragEvent, paste: ClipboardEvent }[arguments[1]];
        arguments[0].dispatchEvent(new make(arguments[1], init));
    """
    window.driver.execute_script(give, window.one(".composer"), "drop", "dropped.txt", "dataTransfer")
    eventually(lambda: len(window.messages()) == 1 and window.messages()[-1]["seq"], "dropped")
    window.driver.execute_script(give, window.one(".composer-text"), "paste", "pasted.txt", "clipboardData")
    eventually(lambda: len(window.messages()) == 2 and window.messages()[-1]["seq"], "pasted")
    names = [each.text for each in window.all(".file-name bdi")]
    assert names == ["dropped.txt", "pasted.txt"]


def test_news_are_told_to_who_looks_elsewhere(hub, shop, window):
    window.go("/")
    window.open_chat()
    window.write("مرحبًا")
    window.sees(["مرحبًا"])
    mute = window.all(".panel-header .icon-button")[0]
    assert mute.get_attribute("aria-label") == "أوقف صوت التنبيه"
    mute.click()
    assert mute.get_attribute("aria-label") == "شغّل صوت التنبيه"
    shop_tab, said_in = window.driver.current_window_handle, identity(window, hub)["room"]
    window.driver.switch_to.new_window("tab")
    answer = hub.admin.rest().post(f"/rooms/{said_in}/messages", {"kind": "text", "body": {"text": "أهلًا بك"}})
    assert answer.status_code in (200, 201), answer.text
    eventually(lambda: title_of(window, shop_tab) == "(1) متجر", "the title counts")
    window.driver.switch_to.window(shop_tab)
    eventually(lambda: window.driver.title == "متجر", "and is the page's own again")
    window.sees(["مرحبًا", "أهلًا بك"])


def title_of(window, tab):
    targets = window.driver.execute_cdp_cmd("Target.getTargets", {})["targetInfos"]
    return next(each["title"] for each in targets if each["targetId"] == tab)


def test_escape_closes_and_the_keyboard_reaches_everything(hub, shop, window):
    window.go("/")
    launcher = window.one(".launcher")
    window.driver.execute_script("arguments[0].focus()", launcher)
    launcher.send_keys(Keys.ENTER)
    window.one(".composer-text").send_keys(Keys.ESCAPE)
    eventually(lambda: not window.all(".panel")[0].is_displayed(), "it is closed")
    active = window.driver.execute_script("return document.activeElement.shadowRoot.activeElement.className")
    assert active == "launcher", "the focus is where it came from"
    assert launcher.get_attribute("aria-expanded") == "false"
    window.driver.find_element(By.CSS_SELECTOR, "[data-hub-open]").click()
    window.one(".composer-text")


def test_a_hub_that_is_away_is_tried_again(hub, shop, window):
    window.go("/")
    window.one(".launcher")
    hub.kill()
    window.one(".launcher").click()
    eventually(lambda: window.one(".launcher").get_attribute("aria-expanded") == "false"
               or window.all(".composer-text"), "it gives up, or had all it needs")
    hub.start()

    def opens():
        if not window.all(".panel:not([hidden])"):
            window.one(".launcher").click()
        return [each for each in window.all(".composer-text") if each.is_displayed()]

    eventually(opens, "the chat opens once the hub is back")
    window.write("مرحبًا")
    window.sees(["مرحبًا"])
