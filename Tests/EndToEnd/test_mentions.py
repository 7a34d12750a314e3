"""Mentions: colleagues are called by name, learn of it once wherever they are, and never lose it."""
import base64
import os

import pytest

from hubtest.client import Refused, new_mid
from hubtest.people import People


def mentioning(text, *people):
    return {"text": text, "mentions": [person if isinstance(person, str) else person.id for person in people]}


async def call(client, room, text, *people, mid=None, **fields):
    """Sends a text that mentions people."""
    return await client.request(
        "send", room=room, mid=mid or new_mid(), kind="text", body=mentioning(text, *people), **fields)


def mentions(client, room, **query):
    """Theirs in one room, as the list has them."""
    answer = client.account.rest().get("/mentions", params={"limit": 100} | query)
    assert answer.status_code == 200, answer.text
    return [one for one in answer.json()["items"] if one["room"] == room]


async def channel(owner, kind="channel", *members, title="التشغيل"):
    answer = owner.account.rest().post(
        "/rooms", {"kind": kind, "title": title, "members": [member.id for member in members]})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


async def told(client, room, seq):
    """The live news of one mention, which came exactly once so far."""
    def found():
        return [event["mention"] for event in client.seen("mention")
                if (event["mention"]["room"], event["mention"]["seq"]) == (room, seq)]

    await client.until(found, f"a mention in {room} at {seq}")
    assert len(found()) == 1
    return found()[0]


async def test_a_note_reaches_who_is_mentioned_and_nobody_else(people):
    visitor, author, named, other = (await people.visitor("نورة"), await people.staff(), await people.staff(),
                                     await people.staff())
    side = (await author.join(visitor.room))["side"]
    await author.follow(side)
    # They have joined nothing, and learn of it all the same.
    seq = (await call(author, side, f"@{named.account.name} شوف الطلب", named))["seq"]
    news = await told(named, side, seq)
    assert (news["kind"], news["conversation"], news["unread"]) == ("side", visitor.room, True)
    assert news["customer"]["name"] == "نورة" and news["by"]["id"] == author.id
    assert news["text"] == f"@{named.account.name} شوف الطلب"
    assert mentions(named, side) == [news] and mentions(named, side, unread="true") == [news]
    assert mentions(other, side) == [] and mentions(author, side) == []
    await author.until_seq(side, seq)
    event = author.log(side).events[-1]
    assert event["body"]["mentions"] == [{"id": named.id, "name": named.account.name}]
    # Reading the room up to it is reading it.
    await named.follow(side)
    await named.request("read", room=side, seq=seq)
    assert mentions(named, side, unread="true") == []
    assert [(one["seq"], one["unread"]) for one in mentions(named, side)] == [(seq, False)]
    assert [one["seq"] for one in mentions(named, side, unread="false")] == [seq]
    assert not [event for client in (other, author) for event in client.seen("mention") if event["mention"]["room"] == side]
    # The customer's side of it knows nothing.
    assert "mention" not in str((await visitor.history(visitor.room))["messages"])


async def test_a_retry_is_the_same_and_other_people_are_a_conflict(people):
    author, named, other = await people.staff(), await people.staff(), await people.staff()
    room = await channel(author)
    await author.follow(room)
    first = await call(author, room, "hello", named, mid="m-1")
    assert (await call(author, room, "hello", named, mid="m-1")) == first | {"dup": True}
    assert (await call(author, room, "hello", named, named, mid="m-1"))["dup"]
    for body in ((other,), (named, other), ()):
        with pytest.raises(Refused, match="mid_conflict"):
            await call(author, room, "hello", *body, mid="m-1")
    with pytest.raises(Refused, match="mid_conflict"):
        await author.say(room, "hello", mid="m-1")
    assert [one["seq"] for one in mentions(named, room)] == [first["seq"]] and mentions(other, room) == []
    # Over HTTP the key does the same, and one who mentions themselves needs no telling.
    rest = author.account.rest()
    message = {"kind": "text", "body": mentioning("again", named, author)}
    answers = [rest.post(f"/rooms/{room}/messages", message, headers={"Idempotency-Key": "k-1"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201] and answers[0].json() == answers[1].json()
    assert len(mentions(named, room)) == 2 and mentions(author, room) == []
    news = [await told(named, room, one["seq"]) for one in mentions(named, room)]
    assert {one["text"] for one in news} == {"hello", "again"}
    # Pages go on where the last one ended.
    page = named.account.rest().get("/mentions", params={"limit": 1}).json()
    rest_of = named.account.rest().get("/mentions", params={"limit": 1, "cursor": page["next"]}).json()
    assert [one["text"] for one in page["items"] + rest_of["items"]] == ["again", "hello"]


async def test_what_may_not_be_mentioned_leaves_nothing(people):
    visitor, author, member, stranger = (await people.visitor(), await people.staff(), await people.staff(),
                                         await people.staff())
    group = await channel(author, "group", member, title="Returns")
    await author.follow(group)
    await author.follow(visitor.room)
    start = author.log(group).last
    unknown = "u_00000000000000000000000000"
    for room, body, code in [
        (visitor.room, mentioning("hi", member), "bad_request.*side room"),
        (group, mentioning("hi", stranger), "forbidden.*not in this room"),
        (group, mentioning("hi", member, stranger), "forbidden"),
        (group, mentioning("hi", unknown), "bad_request.*no active member"),
        (group, {"text": "hi", "mentions": ["somebody"]}, "bad_request.*user ids"),
        (group, {"text": "hi", "mentions": "all"}, "bad_request.*user ids"),
        (group, {"text": "hi", "mentions": [1]}, "bad_request.*user ids"),
        (group, {"text": "hi", "mentions": [None]}, "bad_request.*user ids"),
        (group, {"text": " ", "mentions": [member.id]}, "bad_request.*empty"),
        (group, mentioning("hi", *[member] * 51), "bad_request.*50"),
    ]:
        with pytest.raises(Refused, match=code):
            await author.request("send", room=room, mid=new_mid(), kind="text", body=body)
    # A visitor mentions nobody either.
    with pytest.raises(Refused, match="bad_request"):
        await visitor.request("send", room=visitor.room, mid="v-1", kind="text", body=mentioning("hi", member))
    refused = author.account.rest().post(
        f"/rooms/{group}/messages", {"kind": "text", "body": mentioning("hi", stranger)},
        headers={"Idempotency-Key": "k-2"})
    assert refused.status_code == 403
    assert mentions(member, group) == mentions(stranger, group) == []
    # Nothing was written, and the same name is free for what is right. No mentions are none.
    assert (await author.request("send", room=group, mid="ok", kind="text", body=mentioning("hi")))["seq"] == start + 1
    seq = (await call(author, group, "now", member))["seq"]
    assert seq == start + 2
    # Whoever left the room sees nothing of it any more.
    assert [one["seq"] for one in mentions(member, group)] == [seq]
    assert author.account.rest().delete(f"/rooms/{group}/members/{member.id}").status_code == 204
    assert mentions(member, group) == []


async def test_edits_and_deletions_change_who_is_mentioned(people):
    author, first, second = await people.staff(), await people.staff(), await people.staff()
    room = await channel(author)
    for client in (author, first):
        await client.follow(room)
    seq = (await call(author, room, "one", first))["seq"]
    await told(first, room, seq)
    await first.request("read", room=room, seq=seq)
    edit = await author.write("edit", room, target=seq, body=mentioning("both", first, second))
    # Who is added is told of the message, and has it unread until the edit is read.
    news = await told(second, room, seq)
    assert (news["event"], news["text"], news["unread"]) == (edit["seq"], "both", True)
    # Who was mentioned already is not told again, and reads it as it is now.
    assert [(one["text"], one["unread"]) for one in mentions(first, room)] == [("both", False)]
    await author.write("edit", room, target=seq, body={"text": "nobody"})
    assert mentions(first, room) == mentions(second, room) == []
    again = await author.write("edit", room, target=seq, body=mentioning("again", first))
    assert [(one["event"], one["unread"]) for one in mentions(first, room)] == [(again["seq"], True)]
    await first.until(lambda: [event for event in first.seen("mention") if event["mention"]["event"] == again["seq"]],
                      "the second mention")
    await author.write("delete", room, target=seq)
    assert mentions(first, room) == []
    with pytest.raises(Refused, match="bad_request"):
        await author.write("edit", room, target=seq, body=mentioning("x", "u_0"))


async def test_a_mention_survives_the_end_of_the_hub(hub):
    async with People(hub) as people:
        author, named = await people.staff(), await people.staff()
        room = await channel(author)
        await author.follow(room)
        await named.cut()
        acknowledged = [(await call(author, room, f"{number}", named, mid=f"m-{number}"))["seq"] for number in range(5)]
        waiting = [await author.start("send", room=room, mid=f"w-{number}", kind="text", body=mentioning("w", named))
                   for number in range(20)]
        hub.kill()
        hub.start()
        for future in waiting:
            future.cancel()
        author = await people.again(author)
        for number in range(20):
            acknowledged.append((await call(author, room, "w", named, mid=f"w-{number}"))["seq"])
        named = await people.again(named, rooms={})
        # Each message has its mention and each mention its message, whatever was under way.
        found = named.account.rest().get("/mentions", params={"limit": 100}).json()["items"]
        assert sorted(one["seq"] for one in found) == sorted(acknowledged)
        assert all(one["unread"] for one in found)


async def test_who_is_at_another_hub_is_told_once(make_hub):
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=secret).start()
    second = make_hub(database_url=first.database_url, settings=secret).start()
    second.accounts = first.accounts
    async with People(first) as one, People(second) as other:
        author = await one.staff()
        named = await one.staff()
        twin = await other.staff(account=named.account)
        room = await channel(author)
        await author.follow(room)
        seqs = [(await call(author, room, f"n{number}", named))["seq"] for number in range(3)]
        for client in (named, twin):
            for seq in seqs:
                await told(client, room, seq)
        # After a later one has come, no earlier one came twice.
        last = (await call(author, room, "last", named))["seq"]
        for client in (named, twin):
            await told(client, room, last)
            assert sorted(event["mention"]["seq"] for event in client.seen("mention")) == seqs + [last]
        await twin.follow(room)
        await twin.request("read", room=room, seq=last)
        assert mentions(named, room, unread="true") == []
