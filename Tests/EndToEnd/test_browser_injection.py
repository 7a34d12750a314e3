"""Whatever a visitor or a customer on WhatsApp writes, and wherever, is text in every window of the team and nothing more."""
import asyncio
import urllib.parse

import pytest

from hubtest.browser import Window, eventually
from hubtest.files import png
from hubtest.meta import Meta, SETTINGS
from hubtest.people import People
from hubtest.settings_page import SCRIPT
from hubtest.whatsapp_desk import QUICK

# Breaks out of an attribute, of an element, of a script, and of a sentence that isolates names.
EVIL = "بطاقة \"'><svg onload=\"window.stolen='{0}'\">" + SCRIPT + "{{{{constructor.constructor('window.stolen=1')()}}}}"


def evil(name, length=400):
    return EVIL.format(name)[:length]


@pytest.fixture
def hub(make_hub):
    return make_hub(settings=QUICK | SETTINGS).start()


def from_whatsapp(hub):
    """A customer whose name is evil sends one message of each kind, with evil in each text of it."""
    base = {"from": "966501234567", "timestamp": "1750000000"}
    kinds = {
        "text": {"body": evil("text")},
        "image": {"id": "1", "mime_type": "image/jpeg", "sha256": "x", "caption": evil("caption")},
        "document": {"id": "2", "mime_type": "text/html", "sha256": "x", "filename": evil("file", 100), "caption": evil("note")},
        "location": {"latitude": 24.7, "longitude": 46.6, "name": evil("place"), "address": evil("address"),
                     "url": "javascript:window.stolen='url'"},
        "contacts": [{"name": {"formatted_name": evil("card")}, "phones": [{"phone": evil("phone", 60)}]}],
        "interactive": {"type": "list_reply", "list_reply": {"id": evil("id", 80), "title": evil("title"), "description": evil("row")}},
        "button": {"payload": evil("payload"), "text": evil("button")},
        "order": {"catalog_id": evil("catalog", 60), "text": evil("order"), "product_items": [
            {"product_retailer_id": evil("item", 90), "quantity": 2, "item_price": 30.0, "currency": "SAR"}]},
        "hologram": {"depth": evil("raw")},
    }
    messages = [base | {"id": f"wamid.{kind}", "type": kind, kind: value} for kind, value in kinds.items()]
    reaction = base | {"id": "wamid.r", "type": "reaction", "reaction": {"message_id": "wamid.text", "emoji": "<b>👍</b>"}}
    meta = Meta(hub)
    assert meta.post(meta.body(name=evil("profile", 200), messages=[*messages, reaction])) == 200
    return len(messages)


async def from_the_web(hub):
    """A visitor whose profile is evil writes, sends a file, and says how it was."""
    async with People(hub) as people:
        visitor = await people.visitor(evil("visitor", 100), profile={
            "email": evil("email", 100), "phone": evil("number", 30), "locale": "ar", "page": "javascript:window.stolen='page'"})
        agent = await people.staff("admin", account=hub.admin)
        await agent.follow(visitor.room)
        await visitor.say(visitor.room, evil("words"))
        answer = await asyncio.to_thread(hub.rest(visitor.token).upload, evil("name", 100), png(2, 2))
        assert answer.status_code == 201, answer.text
        await visitor.write("send", visitor.room, kind="file",
                            body={"attachment": answer.json()["id"], "caption": evil("picture")})
        await agent.say(visitor.room, "أهلًا")
        return visitor.room


def unharmed(window):
    assert window.driver.execute_script("return window.stolen") is None
    assert not window.all("img[src=x], svg[onload]"), "it became an element"
    assert not [link for link in window.all("a") if (link.get_attribute("href") or "").startswith("javascript:")]
    assert not [line for line in window.complaints() if "Failed to load resource" not in line]


def test_nothing_that_customers_send_runs_in_the_console(hub, staff, screenshots):
    count = from_whatsapp(hub)
    web = asyncio.run(from_the_web(hub))
    staff.sign_in(hub.admin)
    eventually(lambda: len(staff.all(".side a.row")) == 2, "both conversations")
    assert any("<svg" in row.text for row in staff.all(".side a.row")), "names are shown as they are"
    for row in [row.get_attribute("data-room") for row in staff.all(".side a.row")]:
        staff.one(f".side a.row[data-room='{row}']").click()
        wanted = 3 if row == web else count
        eventually(lambda: len(staff.messages()) == wanted, f"all messages of {row}")
        staff.one(".conversation .details")
        unharmed(staff)
    staff.shoot(screenshots, "console-injection.png")
    # Quoted, searched, and in a sentence that says who it is.
    staff.driver.execute_script("document.querySelector('.message .tools button[aria-label=\"رد\"], .message .tools button').click()")
    unharmed(staff)
    box = staff.one("input[type=search]")
    box.send_keys("بطاقة")
    eventually(lambda: any("<svg" in each.text for each in staff.all("[data-hit]")), "hits are shown as they are")
    unharmed(staff)


def test_a_transcript_is_a_page_without_scripts(hub, screenshots, tmp_path):
    room = asyncio.run(from_the_web(hub))
    answer = hub.admin.rest().get(f"/conversations/{room}/transcript", params={"format": "html", "notes": "true"})
    assert answer.status_code == 200, answer.text
    page = tmp_path / "transcript.html"
    page.write_bytes(answer.content)
    window = Window("")
    try:
        # As a file of the computer it has no policy but its own.
        window.driver.get(f"file://{urllib.parse.quote(str(page))}")
        assert "<svg" in window.root.text, "what was written is shown as it is"
        assert window.driver.execute_script("return window.stolen") is None
        assert not window.all("img[src=x], svg[onload], script")
        window.shoot(screenshots, "transcript-injection.png")
    finally:
        window.quit()


def test_nothing_that_the_team_is_called_runs_in_the_widget(hub, visitor, screenshots):
    """Names, replies and choices of the team, and the words of the shop, are text to a visitor as well."""
    for key, length in [("shop.name_ar", 100), ("widget.greeting_ar", 400)]:
        answer = hub.admin.rest().call("PATCH", f"/settings/{key}", json={"value": evil(key, length)})
        assert answer.status_code == 200, answer.text
    visitor.go("/")
    visitor.open_chat()
    visitor.write("سلام")
    eventually(lambda: visitor.messages()[0]["seq"], "it was sent")

    async def answered():
        async with People(hub) as people:
            agent = await people.staff("admin", account=hub.admin)
            inbox = await agent.request("inbox", filter="all")
            room = inbox["conversations"][0]["room"]
            await agent.join(room)
            await agent.say(room, evil("answer"))
            await agent.write("send", room, kind="interactive", body={
                "text": evil("question"), "footer": "<b>x</b>", "buttons": [{"id": evil("id", 60), "title": "<b>نعم</b>"}]})
            await agent.write("send", room, kind="interactive", body={
                "text": "؟", "link": {"title": "<i>x</i>", "url": "https://shop.example/\"onclick=\"window.stolen=1"}})

    asyncio.run(answered())
    eventually(lambda: len(visitor.messages()) == 4, "all of it")
    visitor.shoot(screenshots, "widget-injection.png")
    unharmed(visitor)
    visitor.all("button.option")[0].click()
    eventually(lambda: visitor.texts()[-1] == "<b>نعم</b>", "a choice is text too")
    unharmed(visitor)
