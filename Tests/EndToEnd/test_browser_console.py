"""The console beyond its conversations: the palette, the keys, notifications, several tabs, long lists.

Screenshots are written to the directory named by HUB_SCREENSHOTS, else to pytest's tmp_path.
"""
import json

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from hubtest.accessibility import violations
from hubtest.browser import eventually, meet
from hubtest.browser_cost import Cost
from hubtest.people import People

# Stands in for the system, which shows nothing without a screen. What the tabs ask it to tell, and which of them are
# hidden, stands where any page of the hub can read it.
NOTIFICATIONS = """
    const tab = crypto.randomUUID();
    const look = () => localStorage.setItem('tab:' + tab, document.visibilityState);
    addEventListener('visibilitychange', look);
    look();
    window.Notification = class extends EventTarget {
        static permission = 'default';
        static async requestPermission() { return (this.permission = window.refuses ? 'denied' : 'granted'); }
        constructor(title, options) {
            super();
            localStorage.setItem('told:' + crypto.randomUUID(), JSON.stringify({ title, ...options }));
        }
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


def noted(window, prefix):
    """What stands in the storage of the window's origin under keys that begin so."""
    return window.driver.execute_script(
        "return Object.entries(localStorage).filter(([key]) => key.startsWith(arguments[0])).map(([, value]) => value)", prefix)


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
        account(staff, "English")
        eventually(lambda: staff.driver.find_element(By.TAG_NAME, "html").get_attribute("lang") == "en", "the other language")
        staff.sees(["الأولى"])
        assert staff.one(".details dd").text == "Arabic", "of the same conversation"
        assert staff.complaints() == []
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
    # Elsewhere, and yet able to see what the tabs do.
    staff.driver.switch_to.new_window("tab")
    staff.go("/health")
    eventually(lambda: noted(staff, "tab:") == ["hidden", "hidden"], "both tabs are hidden")
    visitor.write("هل من أحد؟")
    visitor.sees(["مرحبًا", "هل من أحد؟"])
    eventually(lambda: noted(staff, "told:"), "somebody is told")
    for tab in (first, second):
        staff.driver.switch_to.window(tab)
        staff.sees(["مرحبًا", "هل من أحد؟"])
    told = [json.loads(each) for each in noted(staff, "told:")]
    assert [(each["body"], each["dir"]) for each in told] == [("هل من أحد؟", "auto")], "one of the tabs told it"
    # Whoever looks at one of the tabs sees it there.
    staff.driver.execute_script("location.hash = '#/'")
    eventually(lambda: not staff.all(".conversation"), "no conversation is open")
    visitor.write("شكرًا")
    eventually(lambda: "شكرًا" in staff.one(".side a.row").text, "the inbox shows it")
    staff.driver.switch_to.window(first)
    staff.sees(["مرحبًا", "هل من أحد؟", "شكرًا"])
    assert len(noted(staff, "told:")) == 1, "the other tab does not tell what one of them shows"


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
            Object.assign(inbox, { filter: 'all', hasMore: false, isLoading: false, choose() {}, counts: { of: () => 0 } });
            Object.defineProperty(inbox, 'conversations', { get: () => model.list('all', 'u_1') });
            const mentions = Object.assign(new EventTarget(), { model: { concerns: () => false } });
            const labels = { known: [], load: async () => {} };
            const app = { ...openPage('staff.title'), hub: { me: { id: 'u_1' } }, labels, mentions };
            const list = new InboxList(app, inbox);
            document.querySelector('.side-body').replaceChildren(list.element);
            const told = { detail: { canWait: false } };
            window.list = { change(n) { model.upsert(summary(n, Date.now())); inbox.dispatchEvent(new CustomEvent('change', told)); } };
            requestAnimationFrame(() => requestAnimationFrame(() => done(list.element.querySelectorAll('a.row').length)));
        },
        (error) => done(String(error)),
    );
"""


# Processor time of the main thread: two to six ms of it where compilers run beside, 50 to 100 with all rows in the document.
FRAME_CPU_S = 0.03

EACH_FRAME_JS = """
    const [count, act, done] = arguments;
    const rows = document.querySelector('.side .rows');
    const step = (n) => {
        if (act === 'scroll') rows.scrollTop += 120;
        else window.list.change((n * 37) % 5000);
        if (n < count) requestAnimationFrame(() => step(n + 1));
        else done([...rows.querySelectorAll('a.row')].length);
    };
    step(1);
"""


def test_thousands_of_conversations_are_drawn_like_ten(hub, staff):
    staff.sign_in(hub.admin)
    assert 0 < staff.driver.execute_async_script(THOUSANDS, 5000) < 100, "only those near the window"
    moved = staff.driver.execute_async_script("""
        const done = arguments[0];
        const found = [];
        new MutationObserver((records) => found.push(...records)).observe(
            document.querySelector('.side .rows'), { childList: true });
        window.list.change(17);
        const look = () => {
            const sum = found.reduce((sum, each) => sum + each.addedNodes.length, 0);
            if (sum > 0) done(sum);
            else setTimeout(look, 20);
        };
        look();
    """)
    assert moved == 1, "the one that changed comes to the top, and no other is touched"
    row = staff.one(".side a.row")
    assert row.get_attribute("data-room") == "r_17"
    item = row.find_element(By.XPATH, "..")
    assert (item.get_attribute("aria-posinset"), item.get_attribute("aria-setsize")) == ("1", "5000")
    cost = Cost(staff)
    for act in ("change", "scroll"):
        assert staff.driver.execute_async_script(EACH_FRAME_JS, 200, act) < 100
        used = cost.since()
        assert used["TaskDuration"] / 200 < FRAME_CPU_S, (act, used)
    place = "return document.querySelector('.side .rows').scrollTop"
    top = staff.driver.execute_script(place)
    seen = staff.driver.execute_script("""
        const top = document.querySelector('.side .rows').getBoundingClientRect().top;
        window.seen = [...document.querySelectorAll('.side a.row')].find((row) => row.getBoundingClientRect().top > top);
        return window.seen.getBoundingClientRect().top;
    """)
    staff.driver.execute_script("window.list.change(4321)")
    eventually(lambda: staff.driver.execute_script(place) > top, "one more stands above")
    assert abs(staff.driver.execute_script("return window.seen.getBoundingClientRect().top") - seen) <= 1, "unseen"
    assert staff.complaints() == []



async def test_more_conversations_come_as_one_scrolls(hub, staff):
    async with People(hub) as people:
        for _ in range(60):
            visitor = await people.visitor()
            await visitor.say(visitor.room, "مرحبًا")
    staff.sign_in(hub.admin)
    eventually(lambda: 50 <= known(staff) < 60, "a page of them, and whichever has changed since")
    staff.driver.execute_script("document.querySelector('.side .rows').scrollTop = 1e6")
    eventually(lambda: known(staff) == 60, "the others, unasked")
    rooms = set()
    for place in (0, 1_500, 3_000, 4_500, 6_000):
        staff.driver.execute_script("document.querySelector('.side .rows').scrollTop = arguments[0]", place)
        eventually(lambda: at_place(staff), "the rows of this place")
        rooms |= set(staff.driver.execute_script(
            "return [...document.querySelectorAll('.side a.row')].map((row) => row.dataset.room)"))
    assert len(rooms) == 60
    assert staff.all(".side .more") == []
    assert staff.complaints() == []


def known(window):
    """How many conversations the list has, in the document or not."""
    return window.driver.execute_script("return Number(document.querySelector('.side .rows > [aria-setsize]')?.ariaSetSize ?? 0)")


def at_place(window):
    """The list shows rows from its upper edge to its lower one."""
    return window.driver.execute_script("""
        const box = document.querySelector('.side .rows').getBoundingClientRect();
        const rows = [...document.querySelectorAll('.side a.row')].map((row) => row.getBoundingClientRect());
        return rows.some(({ top }) => top <= box.top + 20) && rows.some(({ bottom }) => bottom >= box.bottom - 20);
    """)
