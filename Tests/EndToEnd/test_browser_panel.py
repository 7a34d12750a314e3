"""The customer beside the conversation: contact, orders and codes, sales, call-backs, notes, in Chromium.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import asyncio
from datetime import datetime, timedelta

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import DESKTOP, PHONE, Staff, eventually
from hubtest.people import People
from hubtest.settings_page import SCRIPT


@pytest.fixture
def hub(make_hub):
    return make_hub(settings={"HUB_ROUTING_BEAT_MS": "200"}).start()


class Desk(Staff):
    """The console with its panel."""

    def enter(self, account, room, lang="ar"):
        self.go(f"/staff?lang={lang}")
        self.one("input[name=email]").send_keys(account.email)
        self.one("input[name=password]").send_keys(account.password)
        self.one("form.sign-in button[type=submit]").click()
        self.one(".console")
        self.visit(room)

    def visit(self, room):
        self.driver.execute_script("location.hash = `#/c/${encodeURIComponent(arguments[0])}`", room)
        eventually(lambda: self.all(f".conversation[data-room='{room}']"), "the conversation is open")

    def part(self, name):
        """A part of the panel, opened."""
        head = self.shown(f"[data-part={name}] > .part-head")
        if self.one(f"[data-part={name}]").get_attribute("open") is None:
            self.press(head)
        eventually(lambda: self.all(f"[data-part={name}] > .part-body > :not(.part-wait)"), f"{name} is there")
        return self.one(f"[data-part={name}]")

    def shown(self, selector):
        return eventually(lambda: next(iter(self.all(selector)), None), selector)

    def press(self, target):
        def pressed():
            element = self.shown(target) if isinstance(target, str) else target
            self.driver.execute_script("arguments[0].scrollIntoView({ block: 'center' })", element)
            element.click()
            return True

        eventually(pressed, f"{target} is pressed")

    def write_in(self, selector, text):
        box = self.one(selector)
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(Keys.DELETE)
        box.send_keys(text)

    def change(self, field, text):
        """Writes into a value of the contact and saves it."""
        self.press(f"[data-field='{field}'] .inline-value")
        self.write_in(f"[data-field='{field}'] .input", text)
        self.press(f"[data-field='{field}'] [type=submit]")

    def choose_in(self, button, words):
        """Takes an entry of the menu behind a button."""
        self.press(button)
        eventually(lambda: next((each for each in self.all(".menu [role^=menuitem]") if words in each.text), None), words).click()

    def ask(self, **values):
        """Fills in the dialog that is open, and sends it."""
        for name, text in values.items():
            self.write_in(f".dialog [name={name}]", text)
        self.press(".dialog [type=submit]")
        eventually(lambda: not self.all(".dialog"), "it was taken")

    def spills(self):
        """What stands out of the panel at a side."""
        return self.driver.execute_script("""
            const pane = document.querySelector('.details');
            const { left, right } = pane.getBoundingClientRect();
            const isOut = (each) => {
                const box = each.getBoundingClientRect();
                return box.width > 0 && (box.left < left - 1 || box.right > right + 1);
            };
            return [...pane.querySelectorAll('*')].filter(isOut).map((each) => each.outerHTML.slice(0, 120));
        """)

    def whole(self, directory, name):
        """The panel in all its length."""
        height = self.driver.execute_script("return document.querySelector('.details').scrollHeight")
        width = self.driver.execute_script("return innerWidth")
        self.resize((width, max(height, 780)))
        self.shoot(directory, name)
        self.resize(PHONE if width < 500 else DESKTOP)

    def oddities(self):
        """What the console complains of, but for answers that a test provokes."""
        return [line for line in self.complaints() if "Failed to load resource" not in line]


@pytest.fixture
def desk(hub):
    window = Desk(hub.url)
    yield window
    window.quit()


def talk(hub, name="سارة", text="السلام عليكم", profile=None):
    """A visitor who wrote: the room, and who they are."""
    async def write():
        async with People(hub) as people:
            visitor = await people.visitor(name, profile=profile)
            await visitor.say(visitor.room, text)
            return visitor.room, visitor.id
    return asyncio.run(write())


def make(hub, path, body):
    answer = hub.admin.rest().post(path, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def items(hub, path, **params):
    return hub.admin.rest().get(path, params=params).json()["items"]


def test_a_visitor_becomes_a_contact_and_is_looked_after(hub, desk, screenshots):
    rest = hub.admin.rest()
    room, visitor = talk(hub, profile={"email": "sara@shop.example"})
    agent = hub.account("agent", 0)
    desk.enter(agent, room)
    assert "ليس في جهات الاتصال" in desk.part("contact").text
    assert "احفظه أو اربطه" in desk.part("sales").text, "it says what to do"
    desk.press("[data-part=contact] [data-key=make]")
    assert "لم تُؤكد" in desk.one(".dialog").text, "what a visitor says of themselves is not taken for true"
    desk.write_in(".dialog [name=phone]", "0501234567")
    desk.press(".dialog [type=submit]")
    eventually(lambda: "صيغة دولية" in desk.one("[data-ask=phone]").text or desk.one(".dialog .form-message").text, "a number without its country")
    desk.ask(phone="+966501234567")
    made = eventually(lambda: next(iter(items(hub, "/crm/contacts")), None), "the contact")
    known = {(each["kind"], each["value"]) for each in made["identities"]}
    assert known == {("visitor", visitor), ("phone", "+966501234567"), ("email", "sara@shop.example")}
    path = f"/crm/contacts/{made['id']}"
    eventually(lambda: desk.all("[data-field=name]"), "she is shown")

    # One value at a time; what a colleague changes meanwhile is neither lost nor hidden.
    desk.change("company", "متجر الورد")
    eventually(lambda: rest.get(path).json()["company"] == "متجر الورد", "it is kept")
    assert rest.call("PATCH", path, json={"labels": ["vip"]}).status_code == 200
    desk.change("name", "سارة العتيبي")
    eventually(lambda: rest.get(path).json()["name"] == "سارة العتيبي", "another member does not stand in the way")
    eventually(lambda: "vip" in desk.one("[data-part=contact]").text, "and is shown now")
    desk.press("[data-field=company] .inline-value")
    desk.write_in("[data-field=company] .input", "متجري")
    assert rest.call("PATCH", path, json={"company": "متجرها"}).status_code == 200
    desk.press("[data-field=company] [type=submit]")
    eventually(lambda: "متجرها" in desk.one("[data-field=company] .inline-say").text, "what the colleague wrote")
    assert rest.get(path).json()["company"] == "متجرها"
    desk.press("[data-field=company] [type=submit]")
    eventually(lambda: rest.get(path).json()["company"] == "متجري", "whoever writes decides")
    desk.press("[data-key='field:identities']")
    desk.write_in("[data-field=identities] .input", "Sara@Work.example")
    desk.press("[data-field=identities] [type=submit]")
    eventually(lambda: "sara@work.example" in desk.one(".addresses").text, "an address is told by its form")

    # Sales.
    desk.part("sales")
    desk.press("[data-part=sales] [data-key=deal]")
    desk.ask(title="بطاقات للهدايا", amount="٢٥٠٫٥")
    deal = eventually(lambda: next(iter(items(hub, "/crm/deals", contact=made["id"])), None), "the deal")
    assert (deal["amount"], deal["owner"]) == (25050, agent.id)
    stages = items(hub, "/crm/pipelines")[0]["stages"]
    desk.driver.execute_script("""
        const [select, value] = arguments;
        select.value = value;
        select.dispatchEvent(new Event('change'));
    """, desk.shown(f"[data-deal='{deal['id']}'] select"), stages[1]["id"])
    eventually(lambda: rest.get(f"/crm/deals/{deal['id']}").json()["stage"] == stages[1]["id"], "it moved")
    eventually(lambda: desk.shown(f"[data-deal='{deal['id']}'] select").get_property("value") == stages[1]["id"], "shown")
    desk.choose_in(f"[data-key='deal:{deal['id']}']", "ربحناها")
    eventually(lambda: desk.all(f"[data-deal='{deal['id']}'] [data-deal=won]"), "won")
    desk.press("[data-part=sales] [data-key=lead]")
    desk.ask(source="instagram")
    lead = eventually(lambda: next(iter(items(hub, "/crm/leads", contact=made["id"])), None), "the lead")
    desk.choose_in(f"[data-key='lead:{lead['id']}']", "تواصلنا معه")
    eventually(lambda: rest.get(f"/crm/leads/{lead['id']}").json()["state"] == "contacted", "a step")

    # Call-backs.
    desk.part("callbacks")
    desk.press("[data-part=callbacks] [data-key=make]")
    assert desk.one(".dialog [name=phone]").get_property("value") == "+966501234567", "her number stands there"
    desk.ask(topic="رمز البطاقة")
    call = eventually(lambda: next(iter(items(hub, "/callbacks", conversation=room)), None), "the call-back")
    assert call["contact"] == made["id"] and call["topic"] == "رمز البطاقة"
    desk.choose_in(f"[data-key='callback:{call['id']}']", "تم الاتصال")
    desk.ask(outcome="شُرح لها كيف تستعمله")
    eventually(lambda: rest.get(f"/callbacks/{call['id']}").json()["state"] == "done", "it is done")
    eventually(lambda: "شُرح لها" in desk.one(f"[data-callback='{call['id']}']").text, "with what came of it")

    # Notes, and what is open stays open.
    desk.part("notes")
    desk.one("[name=note]").send_keys("تفضل الاتصال مساءً")
    desk.press(".note-form [type=submit]")
    eventually(lambda: "مساءً" in desk.one("[data-part=notes] .part-rows").text, "the note")
    assert desk.part("history").text.count("أول محادثة") == 1
    # Whoever comes back to the tab later sees what became of it meanwhile; what they were writing stays.
    desk.one("[name=note]").send_keys("لم أكمل")
    assert rest.post(f"{path}/notes", {"text": "اتصل بها المشرف"}).status_code == 201
    assert rest.call("PATCH", path, json={"company": "متجر آخر"}).status_code == 200
    desk.driver.execute_script("""
        const later = Date.now() + 60_000;
        Date.now = () => later;
        document.dispatchEvent(new Event('visibilitychange'));
    """)
    eventually(lambda: "متجر آخر" in desk.one("[data-field=company]").text, "the contact as it is now")
    assert desk.one("[name=note]").get_property("value") == "لم أكمل"
    desk.write_in("[name=note]", "كملت")
    desk.press(".note-form [type=submit]")
    eventually(lambda: "المشرف" in desk.one("[data-part=notes] .part-rows").text, "and the notes")
    desk.part("goals")
    assert desk.spills() == []
    assert (wrong := violations(desk)) == [], wrong
    desk.whole(screenshots, "panel-ar.png")
    desk.driver.refresh()
    eventually(lambda: "مساءً" in desk.shown("[data-part=notes]").text, "it was open, so it is open")
    desk.press("[data-part=notes] > .part-head")
    desk.driver.refresh()
    eventually(lambda: desk.all("[data-part=sales][open] [data-deal]"), "the others still are")
    assert not desk.all("[data-part=notes][open]")

    # On a phone it is a sheet over everything.
    desk.resize(PHONE)
    assert not desk.one(".thread").find_elements(By.CSS_SELECTOR, ".details")
    desk.press(".details-button")
    sheet = desk.one(".details")
    assert sheet.rect["width"] == PHONE[0] and desk.spills() == []
    assert (wrong := violations(desk)) == [], wrong
    desk.shoot(screenshots, "panel-phone-ar.png")
    desk.whole(screenshots, "panel-phone-whole-ar.png")
    desk.one(".details-close").send_keys(Keys.ESCAPE)
    eventually(lambda: not sheet.is_displayed(), "Escape leaves it")
    assert desk.oddities() == []


def test_orders_codes_and_what_came_before_are_there_to_read_and_nothing_else(hub, desk, screenshots):
    rest = hub.admin.rest()
    evil = {name: SCRIPT.format(name) for name in ("name", "company", "field", "item", "note", "topic", "title", "product")}
    card = make(hub, "/products", {"name_ar": "بطاقة ٥٠", "name_en": f"Card 50 {evil['product']}", "sku": "CARD-50", "price": 5000, "stock_policy": "codes"})
    stock = rest.call("POST", "/codes/imports", params={"product": card["id"]}, headers={"Content-Type": "text/csv"},
                      data="code\nAAAA-1111-SECRET\nBBBB-2222-SECRET\nCCCC-3333-SECRET\n")
    assert stock.status_code == 201, stock.text
    room, visitor = talk(hub, evil["name"])
    before, earlier = talk(hub, text="قبل شهر")
    contact = make(hub, "/crm/contacts", {
        "name": evil["name"], "company": evil["company"], "notes": evil["note"], "fields": {"المدينة": evil["field"]}, "labels": ["vip"],
        "identities": [{"kind": "visitor", "value": earlier}, {"kind": "phone", "value": "+966501234567"}]})
    make(hub, f"/crm/contacts/{contact['id']}/notes", {"text": evil["note"]})
    make(hub, "/crm/deals", {"contact": contact["id"], "title": evil["title"], "amount": 9900})
    make(hub, "/callbacks", {"contact": contact["id"], "phone": "+966501234567", "topic": evil["topic"],
                             "due_at": (datetime.now().astimezone() + timedelta(hours=2)).isoformat()})
    lines = [{"product": card["id"], "name": "بطاقة ٥٠", "quantity": 2, "unit_price": 5000},
             {"name": evil["item"], "quantity": 1, "unit_price": 250}]
    paid = make(hub, "/orders", {"number": "A-1001", "contact": contact["id"], "items": lines, "payment": "paid"})
    make(hub, "/orders", {"number": "A-1002", "conversation": room, "items": lines[1:]})
    sold = rest.post("/codes/allocate", {"product": card["id"], "count": 1, "order": "A-1001", "sell": True})
    assert sold.status_code == 200, sold.text

    # A contact that the shop has is found, and the conversation becomes theirs.
    desk.enter(hub.admin, room, "en")
    desk.part("contact")
    assert len(desk.part("orders").find_elements(By.CSS_SELECTOR, "[data-order].order")) == 1, "what was ordered here"
    desk.press("[data-part=contact] [data-key=link]")
    desk.one(".dialog input[type=search]").send_keys("٠٥٠١٢٣٤٥٦٧", Keys.CONTROL, "a")
    desk.one(".dialog input[type=search]").send_keys("966501234567")
    eventually(lambda: desk.all(".dialog .choice input:checked"), "found by the number")
    assert (wrong := violations(desk)) == [], wrong
    desk.shoot(screenshots, "panel-link-en.png")
    desk.press(".dialog [type=submit]")
    eventually(lambda: desk.all("[data-field=name]"), "theirs")
    known = {each["value"] for each in rest.get(f"/crm/contacts/{contact['id']}").json()["identities"]}
    assert known == {earlier, visitor, "+966501234567"}

    # Orders with what is owed, product names in the reader's language, and codes that nobody sees by chance.
    eventually(lambda: len(desk.all("[data-part=orders] .order[data-order]")) == 2, "both orders")
    line = f".order[data-order='{paid['id']}']"
    assert "a code waits" in desk.one(line).text
    desk.press(f"{line} > summary")
    eventually(lambda: "Card 50" in desk.one(f"{line} .order-lines").text, "as it is called in English")
    eventually(lambda: "••••" in desk.one(f"{line} .code-row").text, "masked")
    everything = "return document.documentElement.outerHTML"
    assert "SECRET" not in desk.driver.execute_script(everything)
    desk.press(f"{line} .code-row .link[aria-label]")
    desk.press(".dialog .is-danger")
    eventually(lambda: "-SECRET" in desk.one(f"{line} .code-row").text, "to whom may, one at a time")
    desk.press(f"{line} .code-row .icon-button")
    eventually(lambda: "SECRET" not in desk.driver.execute_script(everything), "and gone again")
    assert items(hub, "/logs", action="code.revealed"), "it is written down"
    desk.press(".codes-here > summary")
    eventually(lambda: desk.all(".codes-here .blank"), "none was handed over here")

    # What was before; and nothing of what people typed is more than text.
    for part in ["sales", "callbacks", "goals", "notes", "history"]:
        desk.part(part)
    eventually(lambda: desk.all(f"[data-conversation='{before}'] a"), "the earlier conversation")
    eventually(lambda: evil["note"] in desk.one("[data-part=notes]").text, "the note")
    for word in ["name", "company", "field", "note", "item", "topic", "title", "product"]:
        assert evil[word] in desk.one(".customer-panel").text, word
    assert desk.driver.execute_script("return window.stolen") is None
    assert desk.spills() == []
    assert (wrong := violations(desk)) == [], wrong
    desk.whole(screenshots, "panel-en.png")
    desk.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    assert (wrong := violations(desk)) == [], wrong
    desk.whole(screenshots, "panel-dark-en.png")
    desk.press(f"[data-conversation='{before}'] a")
    eventually(lambda: desk.texts() == ["قبل شهر"], "it is open")
    eventually(lambda: desk.all(f"[data-conversation='{room}'] a"), "and the way back")
    desk.resize(PHONE)
    desk.press(".details-button")
    desk.part("orders")
    assert desk.spills() == []
    assert (wrong := violations(desk)) == [], wrong
    desk.shoot(screenshots, "panel-phone-en.png")
    assert desk.oddities() == []


def test_everybody_sees_who_is_here_and_what_they_hold(hub, desk, screenshots):
    rest = hub.admin.rest()
    room, _ = talk(hub)
    agent, other = hub.account("agent", 0), hub.account("agent", 1)
    assert rest.call("PATCH", f"/users/{agent.id}", json={"capacity": 3}).status_code == 200
    team = make(hub, "/teams", {"name_ar": "المبيعات", "members": [hub.admin.id]})
    desk.enter(agent, room)
    desk.press("[data-tab=t]")
    mine = f"[data-colleague='{agent.id}']"
    eventually(lambda: desk.one(mine).get_attribute("data-presence") == "online", "oneself, at once")
    assert desk.one(f"[data-colleague='{other.id}']").get_attribute("data-presence") == "offline"
    eventually(lambda: "0 من 3" in desk.one(mine).text, "and what one may hold")

    # Without a mouse: the menu behind the name, then the state.
    account = desk.one(".account")
    account.send_keys(Keys.ENTER)
    desk.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    desk.driver.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    desk.driver.switch_to.active_element.send_keys(Keys.ENTER)
    eventually(lambda: desk.one(mine).get_attribute("data-presence") == "busy", "one sees it at once")
    assert "مشغول" in account.get_attribute("aria-label")

    def told():
        agents = {each["id"]: each for each in rest.get("/routing/agents").json()["agents"]}
        return agents.get(agent.id, {}).get("presence")
    eventually(lambda: told() == "busy", "the others are told")
    desk.driver.refresh()
    eventually(lambda: desk.all(".account .avatar[data-presence=busy]"), "a reload forgets nothing")
    hub.restart()
    eventually(lambda: desk.driver.execute_script("return !document.querySelector('.status-bar:not([hidden])')"), "connected again")
    eventually(lambda: told() == "busy", "neither does a hub that comes back")

    # Who hands a conversation on sees who has room.
    desk.visit(room)
    desk.one(".composer-text")
    desk.choose("assign", "إليّ")
    eventually(lambda: "Agent 0" in desk.one("[data-menu=assign]").text, "it is theirs")
    desk.press("[data-tab=t]")
    eventually(lambda: "1 من 3" in desk.one(mine).text, "and counted")
    assert (wrong := violations(desk)) == [], wrong
    desk.shoot(screenshots, "team-now-ar.png")

    async def come():
        async with People(hub) as people:
            await people.staff(account=other)
            await asyncio.to_thread(eventually, lambda: any(
                each["id"] == other.id and each["presence"] == "online" for each in rest.get("/routing/agents").json()["agents"]), "a colleague is here")
            await asyncio.to_thread(eventually, lambda: desk.one(f"[data-colleague='{other.id}']").get_attribute("data-presence") == "online", "and is seen")
            await asyncio.to_thread(desk.choose, "assign", "تحويل")
            dialog = await asyncio.to_thread(desk.one, ".dialog")
            assert "متصل · 0 من" in dialog.text and "لا أحد متصل" in dialog.text
            assert desk.all(f".dialog .choice:has([value='{other.id}']) .dot[data-presence=online]")
            assert violations(desk) == []
            desk.shoot(screenshots, "transfer-ar.png")
    asyncio.run(come())
    assert team["id"] in [each.get_attribute("value") for each in desk.all(".dialog input[name=to]")]
    desk.one(".dialog").send_keys(Keys.ESCAPE)
    desk.resize(PHONE)
    desk.driver.get(f"{hub.url}/staff?lang=en")
    desk.press("[data-tab=t]")
    eventually(lambda: "1 of 3" in desk.one(mine).text, "in English, on a phone")
    # The stage, which is the main part of the page, is out of sight beside the lists of a phone.
    assert (wrong := [each for each in violations(desk) if each[0] != "landmark-one-main"]) == [], wrong
    desk.shoot(screenshots, "team-now-phone-en.png")
    assert [line for line in desk.oddities() if "WebSocket" not in line and "ERR_CONNECTION" not in line] == []
