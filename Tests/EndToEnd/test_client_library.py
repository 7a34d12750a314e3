"""The client library on a page of somebody else: the example of docs/client.md, as it stands there."""
import re

import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.browser import Window, eventually
from hubtest.hub import ROOT
from hubtest.shop_page import ShopPage

DOMAIN = "https://chat.example.com"


class Page(ShopPage):
    """The page of the documentation."""

    def content(self):
        example, = re.findall(r"```html\n(.*?)```", (ROOT / "docs" / "client.md").read_text(), re.DOTALL)
        return example.replace(DOMAIN, self.hub.url)


@pytest.fixture
def page():
    page = Page()
    yield page
    page.close()


@pytest.fixture
def hub(make_hub, page):
    page.hub = make_hub(settings={"ALLOWED_ORIGINS": page.url}).start()
    return page.hub


def rows(window):
    return [row.text for row in window.all("#messages li")]


def test_the_example_of_the_documentation_is_a_chat(hub, page, staff):
    window = Window(page.url)
    try:
        window.go("/")
        window.one("input[name=text]").send_keys("السلام عليكم", Keys.ENTER)
        eventually(lambda: rows(window) == ["السلام عليكم"], "it is shown")
        staff.sign_in(hub.admin)
        staff.open_first_conversation()
        staff.sees(["السلام عليكم"])
        staff.write("وعليكم السلام")
        eventually(lambda: rows(window) == ["السلام عليكم", "وعليكم السلام"], "the answer comes by itself")

        hub.kill()
        window.one("input[name=text]").send_keys("شكرًا", Keys.ENTER)
        eventually(lambda: rows(window)[-1] == "شكرًا", "it is shown while there is no hub")
        hub.start()
        staff.sees(["السلام عليكم", "وعليكم السلام", "شكرًا"])
        window.driver.refresh()
        eventually(lambda: rows(window) == ["السلام عليكم", "وعليكم السلام", "شكرًا"], "a reload keeps it, once")
    finally:
        window.quit()
