"""What a page loads later runs as the hub sent it or not at all, in a real Chromium."""
import pytest

from hubtest.browser import Visitor, eventually, meet
from hubtest.settings_page import SettingsPage
from hubtest.tampering import Tampering

FAILED = "تعذر فتح هذا القسم. قد تكون هناك نسخة أحدث من هذه الصفحة."


@pytest.fixture
def hub(make_hub):
    return make_hub().start()


@pytest.fixture
def between(hub):
    between = Tampering(hub.url)
    yield between
    between.close()


@pytest.fixture
def page(between):
    page = SettingsPage(between.url)
    yield page
    page.quit()


# A section, and a module that a section brings along.
@pytest.mark.parametrize("module", ["settings/people/users.js", "settings/people/user.js"])
def test_a_section_that_was_changed_on_its_way_does_not_run(hub, between, page, module):
    between.names = {module}
    page.enter(hub.admin, "#/teams")
    page.settled()
    assert page.one(".settings-stage h1").text == "الفرق"
    assert page.complaints() == [], "what nobody changed loads without a word"
    page.driver.execute_script("location.hash = '#/users'")
    assert page.one(".settings-stage [role=alert]").text == FAILED
    assert not page.all(".settings-stage h1"), "nothing of it is there"
    assert between.changed == {module}, "it was asked for, and came changed"
    eventually(lambda: any("integrity" in line and module in line for line in page.complaints()), "the browser says why")
    page.visit("#/teams")
    assert page.one(".settings-stage h1").text == "الفرق", "the others are as they were"


def test_the_same_section_runs_when_nobody_changes_it(hub, between, page):
    page.enter(hub.admin, "#/users")
    page.settled()
    assert page.one(".settings-stage h1").text == "المستخدمون"
    assert not page.all(".settings-stage [role=alert]") and page.complaints() == []


def test_pages_load_without_a_complaint(hub, visitor, staff):
    meet(hub, visitor, staff, "مرحبًا")
    eventually(lambda: staff.all(".details [data-part]"), "the panel, which comes later")
    assert visitor.complaints() == [] and staff.complaints() == []
    mail = Visitor(hub.url)
    try:
        mail.go("/continue")
        mail.one(".composer-text")
        assert mail.complaints() == []
    finally:
        mail.quit()
