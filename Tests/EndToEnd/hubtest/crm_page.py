"""What a person does with customers, deals and orders in /settings, and what a test prepares for them."""
import re

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By

from .browser import eventually


# What no person should read: values that are none, and keys of words that nobody wrote.
ODD = re.compile(r"\b(?:null|undefined|NaN|false|true|\[object \w+\])\b|\b[a-z]+\.[a-z_]+\.[a-z_]+\b")

STAGES = ["جديد", "عرض", "تفاوض"]


def make(hub, path, body):
    answer = hub.admin.rest().post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def change(hub, path, body):
    answer = hub.admin.rest().call("PATCH", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def items(hub, path, **params):
    return hub.admin.rest().get(path, params=params).json()["items"]


def place(page):
    return page.driver.execute_script("return location.hash")


def phone(number):
    return {"kind": "phone", "value": number}


def press(page, selector, words):
    """Presses the one of several buttons that says so."""
    page.press(eventually(lambda: next((each for each in page.all(selector) if words in each.text), None), words))


def saved(page):
    page.save()
    eventually(lambda: page.status() in ("حُفظ", "Saved"), "saved")


def dialog(page, name, text):
    """Fills in the dialog that is open, and sends it."""
    page.one(f".dialog [name={name}]").send_keys(text)
    page.press(".dialog [type=submit]")


def upload(page, path):
    page.one("input[type=file]").send_keys(str(path))
    page.press(".filters [type=submit]")


class Board:
    """The board of deals as somebody uses it."""

    def __init__(self, page):
        self.page = page

    def column(self, stage):
        return self.page.one(f".board-column[data-stage='{stage}']")

    def titles(self, stage):
        cards = self.page.all(f".board-column[data-stage='{stage}'] .deal-title")
        return [card.get_property("textContent") for card in cards]

    def count(self, stage):
        """How many deals the column says it has; None before it says so."""
        found = self.page.all(f".board-column[data-stage='{stage}'] .board-count")
        return int(found[0].get_property("textContent") or 0) if found else None

    def card(self, deal):
        return self.page.one(f"[data-deal='{deal['id']}']")

    def menu(self, deal, words):
        eventually(lambda: self.card(deal).get_attribute("aria-busy") is None, "the last move is done")
        self.page.press(f"[data-deal='{deal['id']}'] .icon-button")
        self.page.menu(words)

    def drag(self, deal, stage):
        title = self.card(deal).find_element(By.CSS_SELECTOR, ".deal-amount")
        chain = ActionChains(self.page.driver, duration=50).click_and_hold(title).move_by_offset(12, 4)
        chain.move_to_element(self.column(stage)).release().perform()

    def rest(self):
        """Nobody looks for news until the page is opened anew, so that a test knows what the page knows."""
        self.page.driver.execute_script(
            "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })")


def sell(hub, buyer, title, stage, **more):
    return make(hub, "/crm/deals", {"title": title, "contact": buyer["id"], "stage": stage, "amount": 10000} | more)


def program(hub, **more):
    modules = [{"title": "الأول", "minutes": 10, "link": "https://academy.example/1"}, {"title": "الثاني", "minutes": 5}]
    return make(hub, "/training-programs", {"title_ar": "دليل البائع", "state": "active", "modules": modules} | more)


def order(hub, card, number, **more):
    item = {"product": card["id"], "name": card["name_ar"], "sku": card["sku"], "quantity": 2, "unit_price": 5000}
    return make(hub, "/orders", {"number": number, "items": [item]} | more)
