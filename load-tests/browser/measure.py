"""Measures what a person waits for, in real Chromium windows on a hub of its own."""
import argparse
import asyncio
import datetime
import json
import os
import pathlib
import random
import subprocess
import tempfile
import time

from hubtest.browser import Staff, Visitor, eventually, meet
from hubtest.browser_cost import Cost
from hubtest.hub import ROOT, Hub
from hubtest.limits import BUSY_OFFICE
from hubtest.people import People

from office import BusyOffice
from page import Shop
from report import document, figures, table

HISTORY = 10_000

# Says a marked message, and when; and when a marked message was drawn. Windows of one machine share its clock.
SAY_JS = """
    const [root, text] = arguments;
    const field = root.querySelector('.composer-text');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    const at = Date.now();
    root.querySelector('.send-button[type=submit]').click();
    return at;
"""
WATCH_JS = """
    const [root] = arguments;
    window.drawn = {};
    new MutationObserver(() => {
        for (const text of root.querySelectorAll('.message .text')) {
            const mark = /~\\d+~/.exec(text.textContent)?.[0];
            if (!mark || mark in window.drawn) continue;
            window.drawn[mark] = null;
            requestAnimationFrame(() => requestAnimationFrame(() => (window.drawn[mark] = Date.now())));
        }
    }).observe(root, { childList: true, subtree: true });
"""
FRAMES_JS = """
    const [count, done] = arguments;
    const scroller = document.querySelector('.scroller');
    const times = [performance.now()];
    const step = () => {
        times.push(performance.now());
        scroller.scrollTop -= 120;
        if (times.length <= count) return requestAnimationFrame(step);
        done(times.slice(1).map((time, index) => time - times[index]));
    };
    requestAnimationFrame(step);
"""


def first_views(hub, shop, cold, warm):
    """From the line in the shop's page to the button, the composer and the first message, in ms."""
    found = {name: [] for name in ("button", "composer", "message")}
    again = {name: [] for name in found}

    def view(window, into):
        window.driver.get(shop.url)
        times = eventually(
            lambda: window.driver.execute_script("return 'message' in window.times && window.times"), "the first message")
        into["button"].append(times["button"] - times["tag"])
        into["composer"].append(times["composer"] - times["button"])
        into["message"].append(times["message"] - times["tag"])

    for number in range(cold):
        window = Visitor(shop.url, is_recorded=False)
        try:
            view(window, found)
            if number == cold - 1:
                window.write("مرحبًا")
                eventually(lambda: window.messages()[-1]["seq"], "there is a last message to come back to")
                for _ in range(warm):
                    view(window, again)
        finally:
            window.quit()
    return found, again


def message_times(hub, count, conversations):
    """From the click on send in one window to the frame that shows it in the other, in ms, both ways."""
    customer, desk = Visitor(hub.url, is_recorded=False), Staff(hub.url, is_recorded=False)
    try:
        meet(hub, customer, desk, "مرحبًا")
        for window in (customer, desk):
            window.driver.execute_script(WATCH_JS, window.root)
        times = {"staff": [], "visitor": []}
        with BusyOffice(hub, conversations) as office:
            time.sleep(3)
            before, began = office.sent, time.monotonic()
            for number in range(count):
                for name, speaker, listener in (("staff", desk, customer), ("visitor", customer, desk)):
                    mark = f"~{number}{1 if name == 'staff' else 2}~"
                    at = speaker.driver.execute_script(SAY_JS, speaker.root, f"{name} {mark}")
                    seen = eventually(
                        lambda: listener.driver.execute_script("return window.drawn[arguments[0]]", mark), f"{mark} on screen")
                    times[name].append(seen - at)
                    time.sleep(random.uniform(0.05, 0.25))
            rate = (office.sent - before) / (time.monotonic() - began)
        return times, rate
    finally:
        customer.quit()
        desk.quit()


def scrolled(hub):
    """Frames while a conversation of ten thousand messages is scrolled: their times in ms, and the processor's."""

    async def fill():
        async with People(hub) as people:
            customer = await people.visitor("ريم")
            for first in range(0, HISTORY, 100):
                said = (f"رسالة {number}" + " وكلمات أخرى" * (number * 7 % 23) for number in range(first, first + 100))
                await asyncio.gather(*(customer.say(customer.room, text) for text in said))

    asyncio.run(fill())
    desk = Staff(hub.url, is_recorded=False)
    try:
        desk.driver.set_script_timeout(120)
        desk.sign_in(hub.admin)
        desk.open_first_conversation()
        eventually(lambda: len(desk.messages()) > 8, "the last messages")
        cost = Cost(desk)
        frames = desk.driver.execute_async_script(FRAMES_JS, 1_200)
        used = cost.since()
        rows = len(desk.messages())
        return frames, used["TaskDuration"] * 1_000 / len(frames), rows
    finally:
        desk.quit()


def quiet(patience):
    """Waits for a machine that has nothing else to do, and returns its load."""
    deadline = time.monotonic() + patience
    while (load := os.getloadavg()[0]) >= 1 and time.monotonic() < deadline:
        time.sleep(5)
    return load


def main():
    parser = argparse.ArgumentParser(description="Measures the pages in real browsers.")
    parser.add_argument("--cold", type=int, default=10, help="first views, each in a new browser")
    parser.add_argument("--warm", type=int, default=20, help="further views")
    parser.add_argument("--messages", type=int, default=300, help="messages in each direction")
    parser.add_argument("--conversations", type=int, default=50, help="others that go on meanwhile, a message a second each")
    parser.add_argument("--wait", type=int, default=300, help="seconds to wait for a load average below 1")
    parser.add_argument("--json", type=pathlib.Path, default=ROOT / "load-tests" / "results" / "browser.json")
    parser.add_argument("--document", type=pathlib.Path, help="a page whose browser results are replaced")
    chosen = parser.parse_args()

    load = quiet(chosen.wait)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ROOT / "web", f"{folder}/web")
        shop = Shop()
        hub = Hub(folder, settings=BUSY_OFFICE | {"ALLOWED_ORIGINS": shop.url}).start()
        shop.hub = hub
        try:
            cold, warm = first_views(hub, shop, chosen.cold, chosen.warm)
            times, rate = message_times(hub, chosen.messages, chosen.conversations)
            frames, frame_cpu, rows = scrolled(hub)
        finally:
            hub.kill()
            shop.close()
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    result = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "revision": revision,
        "cores": os.cpu_count(),
        "loadBefore": round(load, 2),
        "loadAfter": round(os.getloadavg()[0], 2),
        "conversations": chosen.conversations,
        "otherMessagesPerSecond": round(rate, 1),
        "rowsOfTenThousand": rows,
        "frameCpuMs": round(frame_cpu, 2),
        "figures": {
            "cold.button": figures(cold["button"]),
            "cold.composer": figures(cold["composer"]),
            "cold.message": figures(cold["message"]),
            "warm.button": figures(warm["button"]),
            "warm.composer": figures(warm["composer"]),
            "warm.message": figures(warm["message"]),
            "staffToVisitor": figures(times["staff"]),
            "visitorToStaff": figures(times["visitor"]),
            "frame": figures(frames),
        },
    }
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(result))
    if chosen.document:
        document(chosen.document, table(result))


if __name__ == "__main__":
    main()
