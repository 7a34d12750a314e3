"""What the pages cost a browser, and that ten thousand messages cost what ten do.

No wall clock is looked at: bytes, requests, elements, and the processor time of the page's main thread.
"""
import asyncio
import json

import pytest
from selenium.webdriver.common.keys import Keys

from hubtest.browser import Staff, Visitor, eventually
from hubtest.browser_cost import Cost, loaded
from hubtest.browser_trace import traced
from hubtest.factory import HubFactory
from hubtest.people import People
from hubtest.settings_page import SettingsPage

MESSAGES = 10_000
# Requests of the writer that wait for their answer at the same time.
WINDOW = 64

# Each frame of the walk is a whole screen of new rows, far more than anybody scrolls in one. It takes 4 ms on a machine at
# rest; it took 100 while all rows were in the document.
FRAME_CPU_S = 0.05
MESSAGE_CPU_S = 0.05
ROWS = 150

# First loads: bytes over the wire without heads, requests, and seconds of the main thread until all is there.
CONSOLE = (165 * 1024, 130, 1.5)
SETTINGS = (180 * 1024, 110, 1.5)
CHAT = (115 * 1024, 90, 1.5)

# Seconds that long tasks keep a person waiting while a page loads: 0.03 on a machine at rest, with one or two of them.
BLOCKED_S = 0.4
# Beside that no task is a long one, even on a machine three times slower.
TASK_S = 0.15

# Scrolls up by so much in each frame, until a message is there, and watches every frame: what is drawn is without a
# hole and in order, fills the window, and moves by what was scrolled and nothing else. Meanwhile the width of one row
# changes, as that of a picture that comes: what tells of sizes sees a scroll before its own event does.
WALK_JS = """
    const [step, until, done] = arguments;
    const scroller = document.querySelector('.scroller');
    const seen = new Set();
    const found = { wrong: [], frames: 0, most: 0 };
    let anchor = null;
    const look = () => {
        const box = scroller.getBoundingClientRect();
        const rows = [...scroller.querySelectorAll('.messages > li:not(.gap)')];
        found.most = Math.max(found.most, rows.length);
        let bottom = null;
        let last = 0;
        for (const row of rows) {
            const { top, bottom: end } = row.getBoundingClientRect();
            if (bottom !== null && Math.abs(top - bottom) > 1) found.wrong.push(['hole', row.dataset.seq, top - bottom]);
            bottom = end;
            if (row.dataset.seq === undefined) continue;
            if (Number(row.dataset.seq) <= last) found.wrong.push(['order', last, row.dataset.seq]);
            last = Number(row.dataset.seq);
            seen.add(last);
        }
        if (anchor !== null) {
            const moved = anchor.row.getBoundingClientRect().top - anchor.top;
            // At the very top there is less to scroll than was asked for, and what comes in comes in on screen.
            const isAtTop = anchor.isAtTop || scroller.scrollTop <= 1;
            const isJump = !anchor.row.isConnected || Math.abs(moved - anchor.by) > 1.5;
            if (isJump && !isAtTop) found.wrong.push(['jump', moved, anchor.by, anchor.before, scroller.scrollTop]);
        }
        if (rows.length > 0 && scroller.scrollTop > 40) {
            const isBlank = rows[0].getBoundingClientRect().top > box.top + 1 || bottom < box.bottom - 20;
            if (isBlank) found.wrong.push(['blank', rows[0].dataset.seq, scroller.scrollTop, rows.length, bottom - box.bottom]);
        }
        if (found.wrong.length > 9 || seen.has(until)) return done({ ...found, seen: [...seen] });
        const row = rows.find((each) => each.dataset.seq && each.getBoundingClientRect().top >= box.top);
        const before = scroller.scrollTop;
        const top = row?.getBoundingClientRect().top;
        scroller.scrollTop -= step;
        anchor = row ? { row, top, before, by: before - scroller.scrollTop, isAtTop: before <= step } : null;
        if (before !== scroller.scrollTop) found.frames += 1;
        if (row) row.style.marginInlineEnd = `${found.frames % 2}px`;
        requestAnimationFrame(() => requestAnimationFrame(look));
    };
    look();
"""

TOP_JS = "return arguments[0].getBoundingClientRect().top"


@pytest.fixture(scope="module")
def hub(tmp_path_factory, request, binary):
    factory = HubFactory(tmp_path_factory, request)
    yield factory().start()
    factory.close()


@pytest.fixture(scope="module")
def crowd(hub):
    """A customer who has written ten thousand messages: `room`, `token`, `visitor`, and `seqs` by their number."""

    async def fill():
        async with People(hub) as people:
            customer = await people.visitor()
            seqs = [0]
            for first in range(1, MESSAGES + 1, WINDOW):
                numbers = range(first, min(first + WINDOW, MESSAGES + 1))
                said = await asyncio.gather(*(customer.say(customer.room, text_of(number)) for number in numbers))
                seqs += [each["seq"] for each in said]
            return {"room": customer.room, "token": customer.token, "visitor": customer.id, "seqs": seqs}

    return asyncio.run(fill())


@pytest.fixture
def desk(hub):
    window = Staff(hub.url)
    window.driver.set_script_timeout(240)
    yield window
    window.quit()


def text_of(number):
    """Of one to five lines."""
    return f"رسالة {number}" + " وكلمات أخرى منها" * (number * 7 % 23)


def write(hub, crowd, *acts):
    """What the customer does meanwhile: pairs of an operation and its fields."""

    async def go():
        async with People(hub) as people:
            customer = await people.visitor(token=crowd["token"])
            for op, fields in acts:
                await customer.write(op, crowd["room"], **fields)

    asyncio.run(go())


def rows_in(window):
    return window.driver.execute_script("return arguments[0].querySelectorAll('.messages > li').length", window.root)


def row_at(window, share):
    """The message at a part of the height of the list, and its place."""
    row = window.driver.execute_script("""
        const box = document.querySelector('.scroller').getBoundingClientRect();
        const y = box.top + box.height * arguments[0];
        return [...document.querySelectorAll('.message')].find((each) => each.getBoundingClientRect().bottom > y);
    """, share)
    return row, window.driver.execute_script(TOP_JS, row)


def row_above(window):
    """The last message that is drawn, but too far up to be seen."""
    return window.driver.execute_script("""
        const { top } = document.querySelector('.scroller').getBoundingClientRect();
        return [...document.querySelectorAll('.message')].findLast((each) => each.getBoundingClientRect().bottom < top);
    """)


def scroll(window, way):
    """Scrolls, and waits until the list has come to rest."""
    window.driver.execute_async_script("""
        const [way, done] = arguments;
        const scroller = document.querySelector('.scroller');
        scroller.scrollTop += way;
        setTimeout(() => requestAnimationFrame(() => done()), 400);
    """, way)


@pytest.mark.timeout(900)
def test_ten_thousand_messages_scroll_like_ten(hub, crowd, desk):
    desk.sign_in(hub.admin)
    desk.open_first_conversation()
    eventually(lambda: desk.texts() and desk.texts()[-1] == text_of(MESSAGES), "the last message")
    cost = Cost(desk)
    walked = desk.driver.execute_async_script(WALK_JS, 600, crowd["seqs"][1])
    used = cost.since()
    assert walked["wrong"] == [], "nothing jumps, is missing, or stands twice"
    assert len(walked["seen"]) >= MESSAGES and walked["frames"] > MESSAGES / 100, "all of them were there"
    assert walked["most"] <= ROWS, "and only those near the reader at a time"
    assert used["TaskDuration"] / walked["frames"] < FRAME_CPU_S, used
    assert used["LayoutCount"] / walked["frames"] < 20, used

    desk.one(".to-end").click()
    eventually(lambda: desk.texts()[-1] == text_of(MESSAGES), "back at the end")
    cost.since()
    with traced(desk) as trace:
        write(hub, crowd, *(("send", {"kind": "text", "body": {"text": f"جديد {number}"}}) for number in range(20)))
        eventually(lambda: desk.texts()[-1] == "جديد 19", "news come while all are loaded")
        scroll(desk, -3_000)
    used = cost.since()
    assert used["TaskDuration"] / 20 < MESSAGE_CPU_S, used
    assert 0 < trace.tasks[0] < TASK_S, trace.tasks[:9]
    assert rows_in(desk) <= ROWS
    assert desk.complaints() == []


def test_nothing_moves_under_the_reader(hub, crowd, desk):
    desk.sign_in(hub.admin)
    desk.open_first_conversation()
    eventually(lambda: len(desk.messages()) > 8, "the last messages")
    scroll(desk, -2_500)
    row, top = row_at(desk, 0.4)
    above = row_above(desk)
    seq = int(above.get_attribute("data-seq"))

    def stays(what):
        assert abs(desk.driver.execute_script(TOP_JS, row) - top) <= 1, what

    write(hub, crowd, ("edit", {"target": seq, "body": {"text": "سطر\n" * 9}}), ("send", {"kind": "text", "body": {"text": "أخيرًا"}}))
    eventually(lambda: any(each["text"] == "سطر\n" * 9 for each in desk.messages()), "a message above has grown")
    stays("beside an edit and a new message")
    write(hub, crowd, ("delete", {"target": seq}))
    eventually(lambda: any(each["seq"] == str(seq) and not each["text"].startswith("سطر") for each in desk.messages()), "it is gone")
    stays("beside a deletion")
    later = "const [row, done] = arguments; row.style.paddingBlockEnd = '220px'; requestAnimationFrame(() => requestAnimationFrame(() => done()))"
    above = row_above(desk)
    desk.driver.execute_async_script(later, above)
    stays("when something above takes its place late, as a picture does")
    desk.resize((900, 700))
    eventually(lambda: desk.driver.execute_script("return innerWidth") == 900, "a smaller window")
    scroll(desk, 0)
    assert desk.driver.execute_script("return arguments[0].isConnected", row), "the same message"
    box = desk.one(".scroller").rect
    assert box["y"] - 1 <= desk.driver.execute_script(TOP_JS, row) <= box["y"] + box["height"], "is still on screen"


def test_who_reads_copies_or_steers_by_keys_loses_nothing(hub, crowd, desk):
    desk.sign_in(hub.admin)
    desk.open_first_conversation()
    eventually(lambda: len(desk.messages()) > 8, "the last messages")
    scroll(desk, -1_500)
    row, _ = row_at(desk, 0.5)
    desk.driver.execute_script("arguments[0].querySelector('.tools button').focus({ preventScroll: true })", row)
    scroll(desk, -9_000)
    focused = "return arguments[0].contains(document.activeElement) && document.activeElement !== document.body"
    assert desk.driver.execute_script(focused, row), "the focus stays where it is"
    assert rows_in(desk) <= ROWS

    words, _ = row_at(desk, 0.5)
    desk.driver.execute_script("getSelection().selectAllChildren(arguments[0].querySelector('.text'))", words)
    text = desk.driver.execute_script("return String(getSelection())")
    assert text.startswith("رسالة")
    scroll(desk, 6_000)
    write(hub, crowd, ("react", {"target": crowd["seqs"][MESSAGES], "emoji": "👍", "on": True}))
    assert desk.driver.execute_script("return String(getSelection())") == text, "and so does what is selected"
    desk.driver.execute_script("getSelection().removeAllRanges()")

    seq = crowd["seqs"][MESSAGES - 20]
    numbers = desk.driver.execute_script("""
        return [...document.querySelectorAll('.message')].map((each) =>
            [Number(each.dataset.seq), Number(each.ariaPosInSet), Number(each.ariaSetSize)]);
    """)
    assert all(after[1] > before[1] for before, after in zip(numbers, numbers[1:])), "screen readers count them in order"
    assert {size for _, _, size in numbers} == {-1}, "of how many nobody knows before all are here"

    desk.driver.execute_script("document.querySelector('.scroller').focus()")
    keys = desk.driver.switch_to.active_element
    keys.send_keys(Keys.END)
    eventually(lambda: int(desk.messages()[-1]["seq"]) > seq and at_end(desk), "End leads to the end")
    place = desk.driver.execute_script("return document.querySelector('.scroller').scrollTop")
    keys.send_keys(Keys.PAGE_UP)
    eventually(lambda: not at_end(desk), "Page Up leads up")
    scroll(desk, 0)
    went = place - desk.driver.execute_script("return document.querySelector('.scroller').scrollTop")
    height = desk.one(".scroller").rect["height"]
    assert 0.7 * height < went <= height, "by a screen, whatever is drawn on the way"
    lowest = min(int(each["seq"]) for each in desk.messages())
    keys.send_keys(Keys.HOME)
    eventually(lambda: min(int(each["seq"]) for each in desk.messages()) < lowest - 50, "Home leads to what is older")
    assert desk.complaints() == []


def at_end(window):
    return window.driver.execute_script(
        "const s = document.querySelector('.scroller'); return s.scrollHeight - s.scrollTop - s.clientHeight < 80")


def test_the_widget_opens_as_many_messages_like_ten(hub, crowd):
    window = Visitor(hub.url)
    try:
        window.go("/")
        kept = json.dumps({key: crowd[key] for key in ("token", "visitor", "room")})
        window.driver.execute_script("localStorage.setItem(arguments[0], arguments[1])", f"hub:{hub.url}:visitor", kept)
        window.driver.refresh()
        window.one(".launcher")
        cost = Cost(window)
        window.open_chat()
        last = f"m{MESSAGES}"
        eventually(lambda: any(int(each["seq"] or 0) >= crowd["seqs"][MESSAGES] for each in window.messages()), last)
        used = cost.since()
        assert rows_in(window) <= ROWS
        assert used["TaskDuration"] < 6, used
        window.driver.execute_script("arguments[0].querySelector('.scroller').scrollTop = 0", window.root)
        eventually(lambda: any(each["text"] == text_of(1) for each in window.messages()), "the very first one")
        assert rows_in(window) <= ROWS
        assert window.complaints() == []
    finally:
        window.quit()


def test_the_first_load_of_each_page_costs_little(hub):
    def console(window):
        window.sign_in(hub.admin)
        eventually(lambda: window.all(".side a.row") or window.all(".side .empty"), "the inbox")

    def settings(window):
        window.enter(hub.admin, "#/")
        window.settled()

    def chat(window):
        window.go("/")
        window.open_chat()
        window.one(".welcome")

    for make, enter, budget in ((Staff, console, CONSOLE), (SettingsPage, settings, SETTINGS), (Visitor, chat, CHAT)):
        most_bytes, most_requests, most_seconds = budget
        window = make(hub.url)
        try:
            cost = Cost(window)
            with traced(window) as trace:
                enter(window)
            count, size, entries = loaded(window, hub.url)
            assert 0 < size <= most_bytes and count <= most_requests, (count, size, entries)
            used = cost.since()
            assert used["TaskDuration"] < most_seconds, used
            assert len(trace.tasks) > 100 and trace.blocked < BLOCKED_S, trace.tasks[:9]
            assert window.complaints() == []
        finally:
            window.quit()
