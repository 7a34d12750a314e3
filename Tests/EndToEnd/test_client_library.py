"""The client library on a page of somebody else: the example of docs/client.md, as it stands there."""
import http.server
import re
import threading

import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.browser import Window, eventually
from hubtest.hub import ROOT

DOMAIN = "https://chat.example.com"


class Page:
    """The page of the documentation, on an origin of its own."""

    def __init__(self):
        page = self
        self.hub = None

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = page.content() if self.path == "/" else b""
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def content(self):
        example, = re.findall(r"```html\n(.*?)```", (ROOT / "docs" / "client.md").read_text(), re.DOTALL)
        return example.replace(DOMAIN, self.hub.url).encode()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


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
