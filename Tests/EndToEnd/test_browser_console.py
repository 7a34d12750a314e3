"""The console beyond its conversations: the palette, the keys, notifications, several tabs, long lists.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import eventually, meet
from hubtest.people import People

# Stands in for the system, which shows nothing without a screen: what the page asks it to tell.
NOTIFICATIONS = """
    window.told = [];
    window.Notification = class extends EventTarget {
        static permission = 'default';
        static async requestPermission() { return (this.permission = window.refuses ? 'denied' : 'granted'); }
        constructor(title, options) { super(); window.told.push({ title, ...options }); }
        close() {}
    };
"""


@pytest.fixture
def hub(make_hub):
    return make_hub().start()


def press(window, *keys):
    """Keys that go to nothing that is written in."""
    window.driver.execute_script("document.activeElement.blur()")
    window.driver.find_element(By.CSS_SELECTOR, "body").send_keys(*keys)


def palette(window):
    window.driver.switch_to.active_element.send_keys(Keys.CONTROL, "k")
    return window.one(".palette-input")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_the_palette_finds_and_does(hub, visitor, staff, screenshots, lang):
    meet(hub, visitor, staff, "مرحبًا")
    if lang == "en":
        staff.driver.get(staff.driver.current_url.replace("/staff", "/staff?lang=en"))
        staff.one(".conversation .composer-text")
    eventually(lambda: [chip.get_attribute("data-filter") for chip in staff.all(".chip:has(.chip-count)")]
               == ["all", "unassigned", "open"], "what there is to do")
    box = palette(staff)
    assert violations(staff) == []
    staff.shoot(screenshots, f"palette-{lang}.png")
    box.send_keys("انهاء" if lang == "ar" else "resolve")
    row = staff.one(".palette-row[aria-selected=true]")
    assert row.find_element(By.CSS_SELECTOR, "kbd").text == "E"
    box.send_keys(Keys.ENTER)
    eventually(lambda: staff.all(".side .tag[data-state=resolved]"), "it was done")
    eventually(lambda: not staff.all(".chip-count"), "nothing is left to do")
    assert not staff.all(".palette")

    palette(staff).send_keys("مشغول" if lang == "ar" else "busy", Keys.ENTER)
    eventually(lambda: staff.all(".account .avatar[data-presence=busy]"), "presence was set")
    palette(staff).send_keys("لا شيء كهذا")
    assert staff.one(".palette-list .empty").text == ("لا شيء بهذا الاسم" if lang == "ar" else "Nothing of that name")
    staff.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    eventually(lambda: not staff.all(".palette"), "Escape leaves it")
    assert staff.complaints() == []


def test_a_customer_and_a_room_are_found_by_name(hub, visitor, staff):
    room = hub.admin.rest().post("/rooms", {"kind": "channel", "title": "المبيعات"}).json()["id"]
    meet(hub, visitor, staff, "مرحبًا")
    customer = staff.one(".stage-title h2").text
    palette(staff).send_keys("مبيعات", Keys.ENTER)
    eventually(lambda: staff.driver.current_url.endswith(f"#/t/{room}"), "the room is open")
    palette(staff).send_keys(customer.split()[-1], Keys.ENTER)
    eventually(lambda: "#/c/" in staff.driver.current_url, "the conversation is open")
    assert staff.one(".stage-title h2").text == customer


def test_keys_steer_and_can_be_turned_off(hub, visitor, staff):
    meet(hub, visitor, staff, "مرحبًا")
    field = staff.one(".composer-text")
    field.send_keys("e")
    assert field.get_property("value") == "e", "while somebody writes, letters are letters"
    field.send_keys(Keys.BACKSPACE, Keys.ESCAPE)
    assert staff.driver.switch_to.active_element.get_attribute("class") == "scroller", "Escape gives the keys back"
    staff.driver.switch_to.active_element.send_keys("e")
    eventually(lambda: staff.all(".side .tag[data-state=resolved]"), "E resolves")
    press(staff, "e")
    eventually(lambda: staff.all(".side .tag[data-state=open]"), "and reopens")
    press(staff, "a")
    eventually(lambda: staff.all("[data-notice=assign]"), "A takes it")
    press(staff, "n")
    assert staff.one("[data-mode=note]").get_attribute("aria-pressed") == "true"
    staff.driver.switch_to.active_element.send_keys("ملاحظة", Keys.ENTER)
    eventually(lambda: staff.messages()[-1]["note"], "it was a note")
    press(staff, "/")
    assert staff.driver.switch_to.active_element.get_attribute("type") == "search"

    palette(staff).send_keys("أوقف مفاتيح", Keys.ENTER)
    eventually(lambda: "Ctrl+K" in staff.one(".toast").text, "it says how to get them back")
    press(staff, "e")
    staff.write("ما زالت مفتوحة")
    eventually(lambda: staff.messages()[-1]["text"] == "ما زالت مفتوحة", "something else happened")
    assert staff.all(".side .tag[data-state=open]") and not staff.all(".side .tag[data-state=resolved]")


def test_j_and_k_walk_through_the_inbox(hub, visitor, staff):
    meet(hub, visitor, staff, "الأولى")
    other = type(visitor)(hub.url)
    try:
        other.go("/")
        other.open_chat()
        other.write("الثانية")
        other.sees(["الثانية"])
        eventually(lambda: len(staff.all(".side a.row")) == 2, "both are there")
        press(staff, "k")
        eventually(lambda: staff.texts() == ["الثانية"], "the newer one stands above")
        press(staff, "k")
        press(staff, "j")
        eventually(lambda: staff.texts() == ["الأولى"], "and the other one below it")
    finally:
        other.quit()


def test_notifications_tell_who_looks_elsewhere_once(hub, visitor, staff):
    staff.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTIFICATIONS})
    meet(hub, visitor, staff, "مرحبًا")
    account(staff, "إشعارات")
    first, address = staff.driver.current_window_handle, staff.driver.current_url
    staff.driver.switch_to.new_window("tab")
    staff.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTIFICATIONS})
    staff.driver.get(address)
    staff.sees(["مرحبًا"])
    second = staff.driver.current_window_handle
    staff.driver.execute_script("Notification.permission = 'granted'")
    staff.driver.switch_to.new_window("tab")
    visitor.write("هل من أحد؟")
    visitor.sees(["مرحبًا", "هل من أحد؟"])

    # Whoever looks at a tab brings it to the front; what it was told before stays.
    told = []
    for tab in (first, second):
        staff.driver.switch_to.window(tab)
        staff.sees(["مرحبًا", "هل من أحد؟"])
        told += staff.driver.execute_script("return window.told")
    assert [(each["body"], each["dir"]) for each in told] == [("هل من أحد؟", "auto")], "one of the tabs told it"
    visitor.write("شكرًا")
    staff.sees(["مرحبًا", "هل من أحد؟", "شكرًا"])
    assert staff.driver.execute_script("return document.visibilityState") == "visible"


def test_a_browser_that_refuses_notifications_says_so(hub, staff):
    staff.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": NOTIFICATIONS})
    staff.sign_in(hub.admin)
    staff.driver.execute_script("window.refuses = true")
    account(staff, "إشعارات")
    assert "اسمح بها" in staff.one(".toast").text
    staff.one(".account").click()
    eventually(lambda: any("شغّل إشعارات" in each.text for each in staff.all(".menu [role^=menuitem]")), "they are off")


def account(window, words):
    window.one(".account").click()

    def entry():
        return next((each for each in window.all(".menu [role^=menuitem]") if words in each.text), None)

    eventually(entry, words).click()


def test_tabs_agree_on_what_was_read_and_on_signing_out(hub, visitor, staff):
    meet(hub, visitor, staff, "مرحبًا")
    first = staff.driver.current_window_handle
    staff.driver.switch_to.new_window("tab")
    staff.go("/staff")
    staff.one(".console")
    eventually(lambda: staff.all(".side a.row"), "the inbox is there")
    visitor.write("سؤال")
    visitor.sees(["مرحبًا", "سؤال"])
    eventually(lambda: staff.all(".side a.row .count"), "it waits in this tab")
    staff.driver.switch_to.window(first)
    staff.sees(["مرحبًا", "سؤال"])
    second = next(each for each in staff.driver.window_handles if each != first)
    staff.driver.switch_to.window(second)
    eventually(lambda: not staff.all(".side a.row .count"), "it was read in the other")
    account(staff, "تسجيل الخروج")
    staff.one("form.sign-in")
    staff.driver.switch_to.window(first)
    staff.one("form.sign-in")


# An inbox of thousands, as the list gets it; making them with real customers would take an hour.
THOUSANDS = """
    const [count, done] = arguments;
    const script = document.querySelector('script[type=module][src*="staff/main.js"]').src;
    const base = new URL('..', script).href;
    Promise.all(['staff/inbox-list.js', 'staff/inbox-model.js', 'ui/page.js'].map((name) => import(base + name))).then(
        ([{ InboxList }, { InboxModel }, { openPage }]) => {
            const inbox = new EventTarget();
            const model = new InboxModel();
            const summary = (n, at) => ({
                room: `r_${n}`, at: new Date(at).toISOString(), contact: { id: `v_${n}`, kind: 'visitor', name: `عميل ${n}` },
                last: null, unread: 0, state: 'open', assignee: null, channel: 'web',
            });
            for (let n = 0; n < count; n += 1) model.upsert(summary(n, 1e12 + n * 1000));
            Object.assign(inbox, { filter: 'all', hasMore: false, isLoading: false, choose() {} });
            Object.defineProperty(inbox, 'conversations', { get: () => model.list('all', 'u_1') });
            const app = { ...openPage('staff.title'), hub: { me: { id: 'u_1' } }, labels: { known: [], load: async () => {} } };
            const list = new InboxList(app, inbox);
            document.querySelector('.side-body').replaceChildren(list.element);
            window.list = { change(n) { model.upsert(summary(n, Date.now())); inbox.dispatchEvent(new Event('change')); } };
            requestAnimationFrame(() => requestAnimationFrame(() => done(list.element.querySelectorAll('a.row').length)));
        },
        (error) => done(String(error)),
    );
"""


def test_thousands_of_conversations_are_drawn_like_ten(hub, staff):
    staff.sign_in(hub.admin)
    assert staff.driver.execute_async_script(THOUSANDS, 5000) == 5000
    seen = """
        return [...document.querySelectorAll('.side a.row .row-main')]
            .filter((row) => row.checkVisibility({ contentVisibilityAuto: true })).length
    """
    eventually(lambda: 0 < staff.driver.execute_script(seen) < 100, "only those near the window are laid out")
    moved = staff.driver.execute_async_script("""
        const done = arguments[0];
        const found = [];
        new MutationObserver((records) => found.push(...records)).observe(
            document.querySelector('.side .rows'), { childList: true });
        window.list.change(17);
        setTimeout(() => done(found.reduce((sum, each) => sum + each.addedNodes.length, 0)), 0);
    """)
    assert moved == 1, "the one that changed comes to the top, and no other is touched"
    assert staff.one(".side a.row").get_attribute("data-room") == "r_17"
    assert staff.complaints() == []



async def test_more_conversations_come_as_one_scrolls(hub, staff):
    async with People(hub) as people:
        for _ in range(60):
            visitor = await people.visitor()
            await visitor.say(visitor.room, "مرحبًا")
    staff.sign_in(hub.admin)
    eventually(lambda: len(staff.all(".side a.row")) == 50, "a page of them")
    staff.driver.execute_script("document.querySelector('.side .rows').scrollTop = 1e6")
    eventually(lambda: len(staff.all(".side a.row")) == 60, "the others, unasked")
    assert len({row.get_attribute("data-room") for row in staff.all(".side a.row")}) == 60
    assert staff.all(".side .more") == []
    assert staff.complaints() == []
