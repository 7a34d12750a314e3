"""Real Chromium: a window for each person, and what they do in it."""
import json
import os
import tempfile
import time
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import ElementClickInterceptedException, NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

DEADLINE_S = 45
"""How long a condition may take; a page waits up to 15 s before it looks whether its hub is back."""

DESKTOP = (1280, 860)
PHONE = (390, 780)

TEXTS_JS = """
    return [...arguments[0].querySelectorAll('.message')].map((message) => ({
        text: message.querySelector('.text')?.textContent ?? '',
        state: message.dataset.state ?? '',
        seq: message.dataset.seq ?? '',
        mid: message.dataset.mid ?? '',
        out: message.classList.contains('is-out'),
        note: message.classList.contains('is-note'),
    }));
"""


def eventually(condition, what):
    """Waits until `condition()` is true and returns its value."""
    deadline = time.monotonic() + DEADLINE_S
    while True:
        try:
            value = condition()
        except (StaleElementReferenceException, NoSuchElementException):
            # The page is drawn anew, or loaded anew.
            value = None
        if value:
            return value
        assert time.monotonic() < deadline, f"not within {DEADLINE_S} s: {what}"
        time.sleep(0.05)


class Window:
    """One browser with its own storage.

    With `is_recorded` every request and frame of its sockets is noted for `foreign_hosts`, which costs time of its own.
    """

    def __init__(self, base, arguments=(), is_recorded=True):
        self.base = base
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--hide-scrollbars",
            *arguments,
        ):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"} | ({"performance": "ALL"} if is_recorded else {}))
        # Chromium leaves files behind wherever it keeps its temporary ones.
        self._folder = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        service = Service("/usr/bin/chromedriver", env=os.environ | {"TMPDIR": self._folder.name})
        self.driver = webdriver.Chrome(options=options, service=service)
        self.resize(DESKTOP)

    def resize(self, size):
        width, height = size
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def be_offline(self, is_offline):
        """Nothing new leaves the browser, or comes to it; sockets that are open stay."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        conditions = {"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)

    def go(self, path):
        self.driver.get(self.base + path)

    @property
    def root(self):
        return self.driver.find_element(By.CSS_SELECTOR, "body")

    def all(self, selector):
        return self.root.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return eventually(lambda: next((each for each in self.all(selector) if each.is_displayed()), None), selector)

    def click(self, selector):
        """Clicks what moves or is drawn anew all the time, as beside a text that grows."""

        def clicked():
            try:
                self.one(selector).click()
            except ElementClickInterceptedException:
                return False
            return True

        eventually(clicked, f"a click on {selector}")

    def messages(self):
        return self.driver.execute_script(TEXTS_JS, self.root)

    def texts(self):
        return [message["text"] for message in self.messages()]

    def write(self, text):
        self.one(".composer-text").send_keys(text)
        self.one(".send-button").click()

    def sees(self, texts):
        """Waits for exactly these messages: none missing, none twice, in this order."""
        eventually(lambda: self.texts() == texts, f"{texts} on screen; last seen {self.texts()}")

    def shoot(self, directory, name):
        self.driver.save_screenshot(str(directory / name))

    def complaints(self):
        """Console errors since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]

    def foreign_hosts(self):
        """Hosts other than the hub that anything was requested from, sockets included."""
        hosts = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                hosts.add(urlsplit(message["params"]["request"]["url"]))
            elif message["method"] == "Network.webSocketCreated":
                hosts.add(urlsplit(message["params"]["url"]))
        home = urlsplit(self.base).netloc
        return {url.geturl() for url in hosts if url.scheme in ("http", "https", "ws", "wss") and url.netloc != home}

    def quit(self):
        self.driver.quit()
        self._folder.cleanup()


class Visitor(Window):
    @property
    def root(self):
        """The widget's shadow tree, which comes after the page."""
        host = eventually(lambda: self.driver.find_elements(By.CSS_SELECTOR, "twocards-chat"), "the widget")[0]
        return host.shadow_root

    def open_chat(self):
        self.one(".launcher").click()
        self.one(".composer-text")


class Staff(Window):
    def sign_in(self, account):
        self.go("/staff")
        self.one("input[name=email]").send_keys(account.email)
        self.one("input[name=password]").send_keys(account.password)
        self.one("form.sign-in button[type=submit]").click()
        self.one(".console")

    def open_first_conversation(self):
        self.one(".side a.row").click()
        self.one(".conversation .composer-text")

    def choose(self, menu, index):
        """Opens a menu and takes an entry: by its place, or by words of it."""
        self.one(f"[data-menu={menu}]").click()

        def entry():
            entries = self.all(".menu [role^=menuitem]")
            if isinstance(index, int):
                return entries[index] if len(entries) > index else None
            return next((each for each in entries if index in each.text), None)

        eventually(entry, f"{index} in the menu {menu}").click()


def meet(hub, visitor, staff, greeting):
    """The visitor writes first; staff finds the conversation in the inbox."""
    visitor.go("/")
    visitor.open_chat()
    visitor.write(greeting)
    visitor.sees([greeting])
    staff.sign_in(hub.admin)
    staff.open_first_conversation()
    staff.sees([greeting])
