"""Two people in two real browsers, and a hub that dies between them.

The shop page (a visitor in the widget) and the staff console exchange Arabic messages; the hub is
killed and started again while the visitor writes. Nothing may be lost, doubled, loaded from another
host, or complained about in a console. `hub` comes from conftest.py, once per database.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""

from urllib.parse import urlsplit

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.browser import PHONE, eventually, meet


def test_two_windows_talk_both_ways_and_nothing_is_lost_over_a_kill(hub, visitor, staff):
    said = ["السلام عليكم، رقم طلبي TC-2041-88 ولم يصلني الرمز"]
    meet(hub, visitor, staff, said[0])
    for speaker, text in ((staff, "وعليكم السلام، لحظات وأتحقق"), (visitor, "شكرًا لك"), (staff, "تم، الرمز في بريدك")):
        speaker.write(text)
        said.append(text)
        visitor.sees(said)
        staff.sees(said)
    eventually(lambda: visitor.messages()[-2]["state"] == "read", "the visitor's message read by staff")
    eventually(lambda: staff.messages()[-1]["state"] == "read", "the answer read by the visitor")
    assert visitor.complaints() == []
    assert staff.complaints() == []

    hub.kill()
    unsent = [f"رسالة أثناء الانقطاع {number}" for number in (1, 2, 3)]
    for text in unsent:
        visitor.write(text)
    eventually(lambda: visitor.all(".status-bar")[0].is_displayed(), "the notice that the connection is away")
    assert visitor.texts() == said + unsent
    assert {message["state"] for message in visitor.messages()[-3:]} <= {"waiting", "sending"}
    assert all(message["seq"] == "" for message in visitor.messages()[-3:])

    hub.start()
    said += unsent
    eventually(lambda: all(message["seq"] for message in visitor.messages()), "every message has arrived")
    visitor.sees(said)
    staff.sees(said)
    seqs = [int(message["seq"]) for message in visitor.messages()]
    assert seqs == sorted(set(seqs))
    assert len({message["mid"] for message in visitor.messages()}) == len(said)

    staff.write("عدنا، وصلت رسائلك كلها")
    said.append("عدنا، وصلت رسائلك كلها")
    visitor.sees(said)
    staff.sees(said)
    for window in (visitor, staff):
        refused = [line for line in window.complaints() if "ERR_CONNECTION" not in line and "WebSocket" not in line]
        assert refused == []
        assert window.foreign_hosts() == set()


def test_reload_keeps_the_conversation_and_what_is_unsent(hub, visitor, staff):
    said = ["مرحبًا، عندي سؤال"]
    meet(hub, visitor, staff, said[0])
    staff.write("تفضل")
    said.append("تفضل")
    visitor.sees(said)

    visitor.driver.refresh()
    staff.driver.refresh()
    visitor.sees(said)
    staff.sees(said)

    visitor.be_offline(True)
    hub.kill()
    visitor.write("كتبتها قبل إعادة التحميل")
    said.append("كتبتها قبل إعادة التحميل")
    eventually(lambda: visitor.messages()[-1]["state"] == "waiting", "the message waits")
    hub.start()
    visitor.be_offline(False)
    visitor.driver.refresh()
    eventually(lambda: visitor.messages() and all(message["seq"] for message in visitor.messages()), "it was sent")
    visitor.sees(said)
    staff.sees(said)
    assert len({message["mid"] for message in staff.messages()}) == len(said)


def test_what_came_while_one_was_away_counts_as_any_other(hub, visitor, staff):
    meet(hub, visitor, staff, "مرحبًا، عندي سؤال")
    visitor.one(".composer-text").send_keys(Keys.ESCAPE)
    eventually(lambda: not visitor.all(".panel")[0].is_displayed(), "the chat is closed")
    visitor.be_offline(True)
    hub.kill()
    hub.start()
    staff.write("تفضل")
    eventually(lambda: staff.messages()[-1]["seq"], "it is sent")
    visitor.be_offline(False)
    eventually(lambda: visitor.one(".launcher .badge").text == "1", "the launcher tells of it")

    visitor.one(".launcher").click()
    visitor.sees(["مرحبًا، عندي سؤال", "تفضل"])
    staff.be_offline(True)
    hub.kill()
    hub.start()
    visitor.write("لم يصلني الرمز")
    eventually(lambda: visitor.messages()[-1]["seq"], "it is sent")
    assert visitor.messages()[-1]["state"] == "sent", "nobody has seen it"
    staff.be_offline(False)
    eventually(lambda: visitor.messages()[-1]["state"] == "read", "who has it on screen has read it")
    eventually(lambda: not staff.all(".side a.row .badge"), "and the inbox knows")


def test_private_notes_assignment_and_state_stay_with_the_team(hub, visitor, staff):
    meet(hub, visitor, staff, "أحتاج مساعدة")
    staff.one("[data-mode=note]").click()
    staff.write("عميل مهم، أولوية عالية")
    eventually(lambda: staff.messages()[-1]["note"] and staff.messages()[-1]["seq"], "the note is in its place")
    staff.one("[data-mode=reply]").click()
    staff.choose("assign", 0)
    eventually(lambda: staff.all("[data-notice=assign]"), "the assignment is shown")
    staff.write("أهلًا، معك فريق الدعم")
    visitor.sees(["أحتاج مساعدة", "أهلًا، معك فريق الدعم"])
    staff.sees(["أحتاج مساعدة", "عميل مهم، أولوية عالية", "أهلًا، معك فريق الدعم"])
    staff.driver.refresh()
    staff.sees(["أحتاج مساعدة", "عميل مهم، أولوية عالية", "أهلًا، معك فريق الدعم"])

    staff.one("[data-menu=resolve]").click()
    eventually(lambda: staff.all(".side .tag[data-state=resolved]"), "resolved in the inbox")
    visitor.write("سؤال آخر لو سمحتم")
    eventually(lambda: staff.all(".side .tag[data-state=open]"), "a new message reopens it")
    assert visitor.complaints() == []
    assert staff.complaints() == []


def test_what_arrives_does_not_disturb_who_is_writing(hub, visitor, staff):
    meet(hub, visitor, staff, "مرحبًا")
    field = staff.one(".composer-text")
    field.send_keys("أهلًا ")
    row = staff.one(".side a.row")
    visitor.write("هل من أحد؟")
    staff.sees(["مرحبًا", "هل من أحد؟"])
    eventually(lambda: "هل من أحد؟" in row.text, "the inbox shows it too, in the row that somebody may be about to click")
    staff.driver.switch_to.active_element.send_keys("بك")
    assert field.get_property("value") == "أهلًا بك"


def test_canned_replies_are_offered_after_a_slash(hub, visitor, staff, screenshots):
    rest = hub.admin.rest()
    rest.post("/canned-replies", {"shortcut": "hello", "text_en": "Hello {{contact.name}}"})
    rest.post("/canned-replies", {"shortcut": "هلا", "text_ar": "أهلًا بك! معك {{agent.name}}، كيف أخدمك؟"})
    rest.post("/canned-replies", {"shortcut": "هدية", "text_ar": "سيصلك رمز البطاقة على {{contact.email}}"})
    meet(hub, visitor, staff, "مرحبًا")
    field = staff.one(".composer-text")
    field.send_keys("/")
    eventually(lambda: len(staff.all(".suggestion")) == 3, "all of them are offered")
    assert "hello" in staff.all(".suggestion")[-1].text, "Arabic comes first"
    staff.shoot(screenshots, "canned-replies-ar.png")
    field.send_keys("هل")
    eventually(lambda: len(staff.all(".suggestion")) == 1, "what was typed narrows them down")
    field.send_keys("\n")
    eventually(lambda: field.get_property("value") == "أهلًا بك! معك Admin، كيف أخدمك؟", "it is filled in")
    assert staff.texts() == ["مرحبًا"], "nothing is sent before the agent does"
    field.send_keys("\n")
    visitor.sees(["مرحبًا", "أهلًا بك! معك Admin، كيف أخدمك؟"])

    field.send_keys("/هد")
    eventually(lambda: len(staff.all(".suggestion")) == 1, "the one with a variable that has no value")
    field.send_keys("\n")
    eventually(lambda: "contact.email" in staff.one(".toast").text, "what is missing is named")
    assert "{{contact.email}}" in field.get_property("value")
    assert staff.complaints() == []


def test_labels_and_the_survey_after_resolving(hub, visitor, staff, screenshots):
    hub.admin.rest().post("/labels", {"name_ar": "بطاقات", "name_en": "Cards", "color": "#7C3AED"})
    meet(hub, visitor, staff, "لم يصلني الرمز")
    staff.choose("labels", 0)
    eventually(lambda: staff.all(".side .label-chip"), "the label is shown in the inbox")
    eventually(lambda: staff.all("[data-notice=label]"), "and told in the conversation")
    staff.choose("label", 1)
    eventually(lambda: len(staff.all(".side a.row")) == 1, "the inbox is narrowed down to it")
    staff.write("تم إرسال الرمز")
    visitor.sees(["لم يصلني الرمز", "تم إرسال الرمز"])
    staff.one("[data-menu=resolve]").click()
    eventually(lambda: staff.all(".side .tag[data-state=resolved]"), "resolved in the inbox")

    eventually(lambda: visitor.all(".survey") and visitor.all(".survey")[0].is_displayed(), "the visitor is asked")
    visitor.all(".survey-face")[4].click()
    visitor.one(".survey-comment").send_keys("خدمة سريعة")
    visitor.shoot(screenshots, "survey-ar.png")
    visitor.one(".survey .button").click()
    eventually(lambda: not visitor.all(".survey")[0].is_displayed(), "an answer is enough")
    eventually(lambda: staff.all("[data-notice=rating]"), "staff sees the answer")
    staff.shoot(screenshots, "labels-ar.png")
    assert staff.all(".side .tag[data-state=resolved]"), "it opens nothing"
    ratings = hub.admin.rest().get("/ratings").json()["items"]
    assert [(each["score"], each["comment"]) for each in ratings] == [(5, "خدمة سريعة")]
    visitor.driver.refresh()
    eventually(lambda: visitor.texts() == ["لم يصلني الرمز", "تم إرسال الرمز"], "the conversation is there again")
    assert not visitor.all(".survey")[0].is_displayed(), "nobody is asked twice"
    assert visitor.complaints() == [] and staff.complaints() == []


def test_files_and_images_arrive(hub, visitor, staff, tmp_path):
    image = tmp_path / "إيصال.png"
    visitor.go("/")
    visitor.shoot(tmp_path, image.name)
    visitor.open_chat()
    visitor.all("input[type=file]")[0].send_keys(str(image))
    eventually(lambda: visitor.messages() and visitor.messages()[-1]["seq"], "the image was sent")
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    loaded = "return [...document.querySelectorAll('.attachment img')].some((image) => image.naturalWidth > 0)"
    eventually(lambda: staff.driver.execute_script(loaded), "the image is shown to staff")
    assert staff.complaints() == []
    assert staff.foreign_hosts() == set()


def test_pictures_of_the_pages(hub, visitor, staff, screenshots):
    """The pictures that the README shows, in both languages."""
    visitor.go("/")
    visitor.one(".launcher")
    visitor.shoot(screenshots, "shop.png")
    visitor.open_chat()
    said = ["السلام عليكم، رقم طلبي TC-2041-88 ولم يصلني الرمز", "هل يمكنكم المساعدة؟"]
    for count, text in enumerate(said, start=1):
        visitor.write(text)
        visitor.sees(said[:count])
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    staff.sees(said)
    staff.write("وعليكم السلام، أهلًا بك. لحظات وأتحقق من طلبك.")
    staff.one("[data-mode=note]").click()
    staff.write("الطلب مدفوع، والرمز عالق عند المورّد. أعيد الإرسال الآن.")
    staff.one("[data-mode=reply]").click()
    staff.choose("assign", 0)
    eventually(lambda: staff.all("[data-notice=assign]"), "the assignment is shown")
    staff.write("تم! رمزك GIFT-88KD-2291 وأرسلناه إلى بريدك كذلك.")
    eventually(lambda: len(visitor.texts()) == 4, "the answers arrived")
    visitor.one(".composer-text").send_keys("شكرًا جزيلًا")
    eventually(lambda: not staff.all(".typing")[0].get_property("hidden"), "staff sees typing")
    eventually(lambda: staff.messages()[-1]["state"] == "read", "read by the visitor")
    visitor.shoot(screenshots, "widget-ar.png")
    staff.shoot(screenshots, "staff-ar.png")

    visitor.go("/?lang=en")
    eventually(lambda: len(visitor.texts()) == 4, "the conversation in the English widget")
    staff.go(
        "/staff?lang=en" + urlsplit(staff.driver.current_url)._replace(scheme="", netloc="", path="", query="").geturl()
    )
    eventually(lambda: len(staff.texts()) == 5, "the conversation in the English console")
    for window, name in ((visitor, "widget"), (staff, "staff")):
        html = window.driver.find_element(By.CSS_SELECTOR, "html")
        assert (html.get_attribute("lang"), html.get_attribute("dir")) == ("en", "ltr")
        window.shoot(screenshots, f"{name}-en.png")
        window.resize(PHONE)
        assert window.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
        window.one(".composer-text")
        assert window.complaints() == []
