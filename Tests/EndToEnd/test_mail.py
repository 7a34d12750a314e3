"""Mail on its way to customers, through the local mail server and whatever goes wrong there."""
import asyncio
import base64
import os
import re

import pytest

from hubtest.browser import Visitor
from hubtest.mail import MAILBOX, Mail
from hubtest.people import People
from hubtest.waiting import wait_for

DATABASES = ["sqlite", "postgres"]

# A patient outbox makes patient tests.
QUICK = {
    "HUB_OUTBOX_POLL_MS": "50", "HUB_OUTBOX_MAIL_PAUSE_MS": "50", "HUB_OUTBOX_PROBE_MS": "300",
    "HUB_OUTBOX_TIMEOUT_MS": "3000", "HUB_OUTBOX_UPLOAD_TIMEOUT_MS": "3000", "HUB_OUTBOX_LEASE_MS": "6000",
    "HUB_OUTBOX_SETTLE_MS": "1500", "HUB_OUTBOX_MAILS_PER_SECOND": "100", "HUB_FOLLOW_UP_MS": "100",
}
SARA = "sara@example.net"


@pytest.fixture
def mail(tmp_path):
    mail = Mail(tmp_path / "mail")
    yield mail
    mail.close()


@pytest.fixture(params=DATABASES)
def shop(make_hub, request, mail):
    """A hub that sends by the mail server, and follows up at once."""
    hub = make_hub(request.param, settings=QUICK | mail.settings())
    hub.settings["PUBLIC_URL"] = hub.url
    hub.start()
    follow_up(hub, after_minutes=0)
    return hub


@pytest.fixture
async def people(shop):
    async with People(shop) as people:
        yield people


def follow_up(hub, **settings):
    for name, value in settings.items():
        answer = hub.admin.rest().call("PATCH", f"/settings/follow_up.{name}", json={"value": value})
        assert answer.status_code == 200, answer.text


async def do(call, *arguments, **options):
    return await asyncio.to_thread(call, *arguments, **options)


async def send_transcript(agent, room, to=SARA, **options):
    answer = await do(agent.account.rest().post, f"/conversations/{room}/transcript", {"to": to}, **options)
    assert answer.status_code == 202, answer.text
    return answer.json()["mail"]


async def states(agent, side, within=30):
    """What the side room tells of its last mail, once that is at its end; the events."""
    def told():
        events = agent.log(side).events
        last = max((event["seq"] for event in events if event["ev"] == "msg"), default=0)
        found = [event for event in events if event["ev"] == "status" and event["target"] == last]
        return found if found and found[-1]["state"] in ("sent", "failed") else None

    await agent.until(told, "the end of a mail", within)
    return told()


async def meet(people, text="أين طلبي؟"):
    """A visitor with an address and an agent, in the visitor's conversation."""
    visitor, agent = await people.visitor(profile={"email": SARA, "locale": "ar"}), await people.staff()
    await visitor.say(visitor.room, text)
    side = (await agent.follow(visitor.room))["side"]
    await agent.follow(side)
    return visitor, agent, side


# ---- transcripts


async def test_a_transcript_arrives_as_text_and_page(people, mail):
    visitor, agent, side = await meet(people)
    await agent.say(visitor.room, "<b>وصل</b>")
    name = await send_transcript(agent, visitor.room, headers={"Idempotency-Key": "one"})
    assert await send_transcript(agent, visitor.room, headers={"Idempotency-Key": "one"}) == name
    told = await states(agent, side)
    assert [event["state"] for event in told][-1] == "sent"
    [got] = await do(mail.received)
    assert (got.sender, got.recipients, got.user, got.secured) == (MAILBOX, [SARA], MAILBOX, True)
    assert got.message["Message-ID"] == f"<{name}@shop.example>"
    assert got.message["Subject"] == "محادثة مع متجرنا" and "متجرنا" in got.message["From"]
    assert "أين طلبي؟" in got.text and "<b>وصل</b>" in got.text
    assert "&lt;b&gt;وصل&lt;/b&gt;" in got.part("html") and 'dir="rtl"' in got.part("html")
    assert SARA not in got.text, "notes between colleagues are not in it"


async def test_nothing_of_it_is_in_log_or_audit(people, mail, shop):
    visitor, agent, side = await meet(people)
    await send_transcript(agent, visitor.room)
    await states(agent, side)
    rows = (await do(shop.admin.rest().get, "/logs?limit=100")).json()
    text = str(rows) + shop.log_text()
    assert "conversation.mailed" in text
    assert SARA not in text and "أين طلبي" not in text and "mailbox-token" not in text


@pytest.mark.parametrize("stage, fault", [
    ("connect", {"reply": "421 4.3.2 later"}), ("hello", {"drop": True}), ("starttls", {"reply": "454 4.7.0 later"}),
    ("auth", {"reply": "454 4.7.0 later"}), ("mail", {"reply": "451 4.3.0 later"}), ("rcpt", {"drop": True}),
    ("data", {"hang": True}), ("content", {"reply": "452 4.3.1 later"}),
])
async def test_what_was_put_off_or_lost_before_the_dot_arrives_once(people, mail, stage, fault):
    visitor, agent, side = await meet(people)
    await do(mail.fault, stage, times=2, **fault)
    await send_transcript(agent, visitor.room)
    assert (await states(agent, side))[-1]["state"] == "sent"
    assert len(await do(mail.received)) == 1


@pytest.mark.parametrize("fault, arrived", [({"lost": True}, 1), ({"hang": True}, 1), ({"drop": True}, 0)])
async def test_what_was_lost_behind_the_dot_is_never_sent_again(people, mail, fault, arrived):
    visitor, agent, side = await meet(people)
    await do(mail.fault, "content", **fault)
    await send_transcript(agent, visitor.room)
    told = await states(agent, side)
    assert told[-1]["state"] == "failed" and "check" in told[-1]["err"]
    await send_transcript(agent, visitor.room, to="other@example.net")
    got = await do(mail.wait, arrived + 1)
    assert [one.recipients for one in got] == [[SARA]] * arrived + [["other@example.net"]]


async def test_a_refused_address_is_told_and_holds_nobody_up(people, mail):
    visitor, agent, side = await meet(people)
    await do(mail.fault, "rcpt", reply="550 5.1.1 no such user")
    await send_transcript(agent, visitor.room)
    told = await states(agent, side)
    assert told[-1]["state"] == "failed" and "550" in told[-1]["err"]
    await send_transcript(agent, visitor.room, to="other@example.net")
    assert [one.recipients for one in await do(mail.wait, 1)] == [["other@example.net"]]


async def test_a_bad_password_stops_the_mailbox_until_it_is_good(people, mail, shop):
    visitor, agent, side = await meet(people)
    await do(mail.fault, "auth", reply="535 5.7.8 no")
    await send_transcript(agent, visitor.room)
    assert (await states(agent, side))[-1]["state"] == "sent"
    assert len(await do(mail.received)) == 1


async def test_a_certificate_that_is_not_trusted_gets_no_word(make_hub, mail):
    hub = make_hub(settings=QUICK | mail.settings() | {"SMTP_CA_FILE": None}).start()
    async with People(hub) as people:
        visitor, agent, _ = await meet(people)
        await send_transcript(agent, visitor.room)

        def is_stopped():
            return "hub_outbox_stopped_numbers 1" in hub.admin.rest().session.get(f"{hub.url}/metrics").text

        await do(wait_for, is_stopped, 20, "the mailbox waits for a person")
        assert await do(mail.received) == []


# ---- visitors who left


async def test_who_left_gets_one_mail_and_comes_back(people, mail, shop):
    visitor, agent, side = await meet(people)
    await visitor.close()
    await agent.say(visitor.room, "طلبك في الطريق")
    await agent.say(visitor.room, "يصل غدًا")
    [got] = await do(mail.wait, 1)
    assert got.recipients == [SARA] and got.message["Subject"] == "رد من متجرنا"
    assert "طلبك في الطريق" in got.text and "أين طلبي" not in got.text
    # Whatever is written now waits until they were here, or for the pause.
    await agent.say(visitor.room, "هل أنت هنا؟")
    await states(agent, side)

    answer = await do(shop.rest().post, "/visitor/continue", {"token": got.link})
    assert answer.json()["room"] == visitor.room and answer.json()["visitor"] == visitor.id
    again = await people.visitor(token=answer.json()["token"])
    await again.follow(again.room)
    assert again.room == visitor.room
    texts = [event["body"]["text"] for event in (await again.history(again.room))["messages"]]
    assert texts == ["أين طلبي؟", "طلبك في الطريق", "يصل غدًا", "هل أنت هنا؟"]
    await again.request("read", room=again.room, seq=again.log(again.room).last)
    await again.close()
    await agent.say(visitor.room, "إلى اللقاء")
    mails = await do(mail.wait, 2)
    assert len(mails) == 2 and "إلى اللقاء" in mails[1].text and "هل أنت هنا" not in mails[1].text


async def test_nobody_is_written_to_who_is_here_or_has_read(people, mail, shop):
    here, agent, _ = await meet(people)
    await agent.say(here.room, "نعم؟")
    reader = await people.visitor("نورة", profile={"email": "noura@example.net"})
    await reader.say(reader.room, "مرحبا")
    await agent.follow(reader.room)
    answer = await agent.say(reader.room, "أهلًا")
    await reader.until_seq(reader.room, answer["seq"])
    await reader.request("read", room=reader.room, seq=answer["seq"])
    await reader.close()
    # A mail that comes later shows that many looks have passed.
    left = await people.visitor("هند", profile={"email": "hind@example.net"})
    await left.say(left.room, "مرحبا")
    await left.close()
    await agent.follow(left.room)
    await agent.say(left.room, "أهلًا")
    assert [one.recipients for one in await do(mail.wait, 1)] == [["hind@example.net"]]
    await here.close()
    got = await do(mail.wait, 2)
    assert [one.recipients for one in got] == [["hind@example.net"], [SARA]]


async def test_a_link_ends_with_its_address_and_nothing_is_sent_when_it_is_off(people, mail, shop):
    visitor, agent, _ = await meet(people)
    await visitor.close()
    await agent.say(visitor.room, "أهلًا")
    [got] = await do(mail.wait, 1)
    back = await people.visitor(token=visitor.token)
    await back.auth(token=visitor.token, profile={"email": "new@example.net"})
    assert (await do(shop.rest().post, "/visitor/continue", {"token": got.link})).status_code == 401
    assert (await do(shop.rest().post, "/visitor/continue", {"token": got.link[:-1]})).status_code == 401

    await do(follow_up, shop, by="off")
    await back.request("read", room=back.room, seq=2)
    await back.close()
    await agent.say(visitor.room, "ما زلت هنا؟")
    await send_transcript(agent, visitor.room, to="other@example.net")
    mails = await do(mail.wait, 2)
    assert [one.recipients for one in mails] == [[SARA], ["other@example.net"]]


async def test_the_link_opens_the_conversation_in_a_browser(people, mail, shop, screenshots):
    visitor, agent, _ = await meet(people)
    await visitor.close()
    await agent.say(visitor.room, "طلبك في الطريق")
    [got] = await do(mail.wait, 1)
    window = await do(Visitor, shop.url)
    try:
        window.driver.implicitly_wait(20)
        await do(window.go, f"/continue?lang=ar#{got.link}")
        await do(window.sees, ["أين طلبي؟", "طلبك في الطريق"])
        assert got.link not in window.driver.current_url
        await do(window.write, "شكرًا")
        await agent.until(lambda: "شكرًا" in agent.log(visitor.room).texts(), "the visitor's answer", 20)
        await do(window.shoot, screenshots, "continue-ar.png")
        assert window.complaints() == [] and window.foreign_hosts() == set()
    finally:
        await do(window.quit)


async def test_two_hubs_that_die_tell_of_each_message_once(make_hub, mail):
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=QUICK | mail.settings() | secret | {"PUBLIC_URL": "https://chat.example"}).start()
    second = make_hub(database_url=first.database_url, settings=first.settings | {"PORT": None} | secret)
    second.settings |= {"PORT": str(second.port), "DATA_DIR": str(second.data)}
    second.start()
    await do(follow_up, first, after_minutes=0)
    second.accounts = first.accounts
    async with People(first) as one, People(second) as other:
        agent = await other.staff()
        rooms = {}
        for number in range(12):
            visitor = await one.visitor(profile={"email": f"v{number}@example.net"})
            await visitor.say(visitor.room, "مرحبا")
            await visitor.close()
            rooms[visitor.room] = f"v{number}@example.net"
        for room in rooms:
            await agent.follow(room)
            await agent.say(room, f"جواب أول {rooms[room]}")
        await do(mail.wait, 3)
        first.kill()
        for room in rooms:
            await agent.say(room, f"جواب ثان {rooms[room]}")
        await do(first.start)
        # What a killed hub was sending is not known, and is not sent again: staff see that it failed.

        def entries():
            metrics = second.admin.rest().session.get(f"{second.url}/metrics").text
            return {state: int(count) for state, count in re.findall(
                r'hub_outbox_entries{state="(\w+)"} (\d+)', metrics)}

        def is_settled():
            """Nothing is on its way, and everybody was told of or failed: some are followed up later than others."""
            counts = entries()
            people = {one.recipients[0] for one in mail.received()}
            return not any(counts[state] for state in ("queued", "sending", "unsure")) and (
                len(people) + counts["failed"] >= len(rooms))

        await do(wait_for, is_settled, 60, "all mails are at their end")
        mails = await do(mail.received)
        for room, address in rooms.items():
            told = [one.text for one in mails if one.recipients == [address]]
            assert len(told) <= 1, told
            for words in ("جواب أول", "جواب ثان"):
                assert sum(words in text for text in told) <= 1
