"""The page /settings in a window of its own, and what a person does there."""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .browser import Window, eventually

# What somebody writes who wants to be more than read; `{0}` says where.
SCRIPT = "<img src=x onerror=\"window.stolen='{0}'\"><script>window.stolen='{0}'</script>"

class SettingsPage(Window):
    def enter(self, account, place="#/integrations", lang=None):
        self.go(f"/settings{f'?lang={lang}' if lang else ''}{place}")
        self.one("input[name=email]").send_keys(account.email)
        self.one("input[name=password]").send_keys(account.password)
        self.one("form.sign-in button[type=submit]").click()
        self.one(".settings")

    def visit(self, place):
        """Goes to a place of the page that is open, and waits for its heading, or for the question whether to leave."""
        self.driver.execute_script("""
            if (location.hash === arguments[0]) return;
            document.querySelector('.settings-stage h1')?.setAttribute('data-left', '');
            location.hash = arguments[0];
        """, place)
        eventually(lambda: self.driver.execute_script("return location.hash") == place, place)
        eventually(lambda: self.all(".dialog") or self.all(".settings-stage h1:not([data-left])"), f"{place} is open")
        self.settled()

    def settled(self):
        eventually(lambda: self.all(".settings-stage h1") and not self.all(".loading"), "the section is there")

    def night(self, is_dark=True):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    # ---- forms

    def unfold(self):
        """Opens or shuts what a form keeps folded away, wherever the bar of the form stands."""
        summary = self.one(".form-more summary")
        self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", summary)
        summary.click()

    def field(self, name):
        return self.one(f".form-field[data-field='{name}']")

    def fill(self, name, value):
        """Replaces what stands in a field; a kept secret is opened first."""
        field = self.field(name)
        change = field.find_elements(By.CSS_SELECTOR, ".secret[data-state=kept] button.link")
        if change:
            change[0].click()
        box = eventually(lambda: self.field(name).find_elements(By.CSS_SELECTOR, ".input"), name)[0]
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(Keys.DELETE)
        box.send_keys(value)

    def press(self, target):
        """Clicks on an element, or on what a selector finds, where no bar of a form lies over it."""
        def pressed():
            element = self.one(target) if isinstance(target, str) else target
            self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
            element.click()
            return True

        eventually(pressed, f"{target} is pressed")

    def choose(self, name, value):
        """Takes an entry of a list that unfolds."""
        self.driver.execute_script("""
            const [select, value] = arguments;
            select.value = value;
            select.dispatchEvent(new Event('change'));
        """, self.one(f"select[name='{name}']"), value)

    def look_up(self, name, text, wanted):
        """Types into a box that searches, and takes what is called so."""
        box = self.field(name).find_element(By.CSS_SELECTOR, "[role=combobox]")
        box.send_keys(text)
        option = eventually(lambda: next((each for each in self.all(f"[data-field='{name}'] [role=option]")
                                          if wanted in each.text), None), f"{wanted} is found")
        self.press(option)
        eventually(lambda: wanted in box.get_property("value"), f"{wanted} is taken")

    def menu(self, words):
        """Takes an entry of the menu that is open."""
        eventually(lambda: next((each for each in self.all(".menu [role^=menuitem]") if words in each.text), None),
                   f"{words} in the menu").click()

    def value(self, name):
        return self.field(name).find_element(By.CSS_SELECTOR, ".input").get_property("value")

    def error(self, name):
        found = self.field(name).find_elements(By.CSS_SELECTOR, ".field-error:not([hidden])")
        return found[0].text if found else ""

    def save(self):
        self.one(".form-actions [type=submit]").click()

    def status(self):
        return self.one(".form").find_element(By.CSS_SELECTOR, ".form-status").text

    def banner(self):
        found = self.all(".form-banner:not([hidden])")
        return found[0].text if found else ""

    def answer(self, is_yes=True):
        """Answers the question that is asked."""
        self.one(f".dialog .button.{'is-danger' if is_yes else 'is-plain'}").click()
        eventually(lambda: not self.all(".dialog"), "the question is gone")

    def focused(self):
        return self.driver.switch_to.active_element

    # ---- what must hold everywhere

    def oddities(self):
        """What the console complains of, but for answers that a test provokes."""
        return [line for line in self.complaints()
                if "Failed to load resource" not in line and "ERR_CONNECTION" not in line]

    def fits(self):
        """Whether nothing stands out at the side."""
        return self.driver.execute_script("""
            const stage = document.querySelector('.settings-stage');
            return document.documentElement.scrollWidth <= innerWidth && stage.scrollWidth <= stage.clientWidth;
        """)
