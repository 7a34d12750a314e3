"""Goals and training in the settings, in a real Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.browser import eventually
from hubtest.crm_page import items, make, place, program


def test_a_goal_is_set_and_reached_by_check_ins(hub, page, buyer, screenshots):
    page.enter(hub.admin, f"#/goals/new?contact={buyer['id']}")
    eventually(lambda: page.value("contact") == "ليلى الحربي", "whose goal it is")
    page.fill("title", "عشرة طلبات")
    page.fill("unit", "طلب")
    page.save()
    eventually(lambda: page.error("target"), "a goal needs a target")
    page.fill("target", "10")
    page.save()
    eventually(lambda: "عشرة طلبات" in page.one("h1").text and place(page) != "#/goals/new", "its page")
    goal, = items(hub, "/progress-goals")
    assert (goal["target"], goal["start_value"], goal["contact"]) == (10, 0, buyer["id"])
    step = "[aria-labelledby=step-title]"
    page.fill("value", "4")
    page.fill("delta", "1")
    page.press(f"{step} [type=submit]")
    eventually(lambda: page.error("delta"), "one of both")
    page.fill("delta", "")
    page.fill("note", "بداية جيدة")
    page.press(f"{step} [type=submit]")
    eventually(lambda: "40" in page.one(".goal-state .ring").text, "so far")
    page.fill("delta", "6")
    page.press(f"{step} [type=submit]")
    eventually(lambda: page.all(".state-line [data-goal=reached]"), "reached")
    eventually(lambda: len(page.all("[aria-labelledby=steps-title] .row")) == 2, "both are kept")
    assert "بداية جيدة" in page.one("[aria-labelledby=steps-title]").text
    page.shoot(screenshots, "crm-goal-ar.png")
    page.visit("#/goals")
    eventually(lambda: page.all("[data-goal=reached]"), "the list says so")
    page.shoot(screenshots, "crm-goals-ar.png")
    assert page.oddities() == []


def test_a_program_is_made_and_followed(hub, page, buyer, screenshots):
    page.enter(hub.admin, "#/training/new")
    page.fill("title_ar", "دليل البائع")
    page.choose("state", "active")
    for title in ("الأول", "الثاني"):
        page.press("[data-field=modules] > .rows-input > .button")
        page.focused().send_keys(title)
    page.all("[name='modules.link']")[0].send_keys("academy")
    page.save()
    eventually(lambda: page.error("modules"), "no address")
    page.all("[name='modules.link']")[0].send_keys(Keys.CONTROL, "a")
    page.all("[name='modules.link']")[0].send_keys("https://academy.example/1")
    page.save()
    eventually(lambda: "دليل البائع" in page.one("h1").text and place(page) != "#/training/new", "its page")
    made, = items(hub, "/training-programs")
    assert [module["title"] for module in made["modules"]] == ["الأول", "الثاني"]

    page.press(".enrol-form [type=submit]")
    eventually(lambda: page.error("contact"), "nobody is chosen")
    page.look_up("contact", "ليلى", "ليلى الحربي")
    page.press(".enrol-form [type=submit]")
    eventually(lambda: len(page.all(".enrolment-row")) == 1, "she takes part")
    page.look_up("contact", "ليلى", "ليلى الحربي")
    page.press(".enrol-form [type=submit]")
    eventually(lambda: "في البرنامج" in page.one(".toast").text, "once is enough")
    page.press(".enrolment-row summary")
    page.press(page.all(".enrolment-row input")[0])
    eventually(lambda: "50" in page.one(".enrolment-row .ring").text, "half of it")
    assert page.one(".enrolment-row details").get_property("open"), "it stays unfolded"
    page.press(page.all(".enrolment-row input")[1])
    eventually(lambda: page.all(".enrolment-row [data-enrolment=completed]"), "all of it")
    page.shoot(screenshots, "crm-program-ar.png")
    page.press("[aria-labelledby=learners-title] ~ .panel .is-danger")
    page.answer()
    eventually(lambda: "أرشفه" in page.one(".toast").text, "a program with learners stays")
    assert page.oddities() == []


def test_learners_mark_their_own_steps_and_change_nothing_else(hub, page, buyer):
    made = program(hub)
    agent = hub.account("agent", 1)
    path = f"/training-programs/{made['id']}/enrolments"
    for body in ({"user": agent.id}, {"contact": buyer["id"]}):
        make(hub, path, body)
    page.enter(agent, "#/training")
    eventually(lambda: page.all("[data-program]"), "the program")
    assert not page.all(".stage-head .button"), "no new one"
    page.visit(f"#/training/{made['id']}")
    eventually(lambda: len(page.all(".enrolment-row")) == 2, "who takes part")
    assert not page.all(".enrol-form") and not page.all(".is-danger") and not page.all("[type=submit]")
    assert page.one("input[name=title_ar]").get_property("readOnly") and not page.all("input[name='modules.title']")
    for summary in page.all(".enrolment-row summary"):
        page.press(summary)
    mine, other = eventually(lambda: sorted(page.all(".enrolment-row"), key=lambda row: "أنت" not in row.text), "rows")
    assert not any(box.is_enabled() for box in other.find_elements(By.CSS_SELECTOR, "input"))
    page.press(mine.find_elements(By.CSS_SELECTOR, "input")[0])
    eventually(lambda: [each["percent"] for each in items(hub, path, user=agent.id)] == [50], "their own")
    page.visit("#/contacts")
    assert not page.all("a[href='#/contacts/import']")
    page.visit(f"#/contacts/{buyer['id']}")
    assert not page.all("[aria-labelledby=merge-title]") and not page.all("[aria-labelledby=personal-title]")
    page.driver.execute_script("location.hash = '#/contacts/import'")
    eventually(lambda: page.all(".loading [role=alert]"), "there is no way in")
    assert page.oddities() == []
