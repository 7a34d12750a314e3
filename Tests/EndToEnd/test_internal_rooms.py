"""Internal chat: channels, groups and direct messages among staff."""
import pytest

from hubtest.client import Refused


async def make_room(people, owner, kind, members=(), **fields):
    answer = owner.account.rest().post("/rooms", {"kind": kind, "members": [one.id for one in members]} | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_channel_is_open_to_all_staff(people):
    owner, other = await people.staff(), await people.staff()
    room = await make_room(people, owner, "channel", title="إعلانات")
    assert (room["kind"], room["title"], room["head"]) == ("channel", "إعلانات", 0)
    for one in (owner, other):
        await one.join(room["id"])
    await owner.say(room["id"], "صباح الخير")
    await other.until_seq(room["id"], 1)
    assert other.log(room["id"]).texts() == ["صباح الخير"]
    assert room["id"] in {one["id"] for one in other.account.rest().get("/rooms").json()["rooms"]}


async def test_a_group_is_for_its_members(people):
    owner, member, stranger = await people.staff(), await people.staff(), await people.staff()
    room = (await make_room(people, owner, "group", [member], title="Returns"))["id"]
    await member.until(lambda: member.seen("room", room=room, kind="group", title="Returns"), "the group shows up")
    await owner.follow(room)
    await member.follow(room)
    await owner.say(room, "hello group")
    await member.until_seq(room, owner.log(room).last)
    with pytest.raises(Refused, match="forbidden|not_found"):
        await stranger.join(room)
    with pytest.raises(Refused, match="forbidden|not_found"):
        await stranger.history(room)
    assert stranger.account.rest().get(f"/rooms/{room}/events").status_code in (403, 404)
    assert room not in {one["id"] for one in stranger.account.rest().get("/rooms").json()["rooms"]}


async def test_members_come_and_go(people):
    owner, guest = await people.staff(), await people.staff()
    room = (await make_room(people, owner, "group", title="Team"))["id"]
    await owner.follow(room)
    start = owner.log(room).last
    assert owner.account.rest().put(f"/rooms/{room}/members/{guest.id}").status_code == 204
    await guest.follow(room)
    await owner.say(room, "welcome")
    await guest.until_seq(room, start + 2)
    assert owner.account.rest().delete(f"/rooms/{room}/members/{guest.id}").status_code == 204
    await guest.until(lambda: guest.seen("gone", room=room, reason="removed"), "the guest is told")
    await owner.say(room, "just us")
    await owner.until_seq(room, start + 4)
    changes = [(event["change"], event["who"]["id"]) for event in owner.log(room).events[start:] if event["ev"] == "member"]
    assert changes == [("added", guest.id), ("removed", guest.id)]
    assert "just us" not in guest.log(room).texts()
    with pytest.raises(Refused, match="not_joined|forbidden|not_found"):
        await guest.say(room, "am I here?")
    with pytest.raises(Refused, match="forbidden|not_found"):
        await guest.join(room)


async def test_only_members_change_members(people):
    owner, stranger = await people.staff(), await people.staff()
    room = (await make_room(people, owner, "group", title="Closed"))["id"]
    assert stranger.account.rest().put(f"/rooms/{room}/members/{stranger.id}").status_code in (403, 404)


async def test_a_direct_room_exists_once(people):
    one, other = await people.staff(), await people.staff()
    room = await make_room(people, one, "direct", [other])
    again = other.account.rest().post("/rooms", {"kind": "direct", "members": [one.id]})
    assert (again.status_code, again.json()["id"]) == (200, room["id"])
    await one.follow(room["id"])
    await other.follow(room["id"])
    await one.say(room["id"], "خاص")
    await other.until(lambda: other.log(room["id"]).texts() == ["خاص"], "the direct message")
    line = next(line for line in other.account.rest().get("/rooms").json()["rooms"] if line["id"] == room["id"])
    assert line["unread"] == 1 and {member["id"] for member in line["members"]} == {one.id, other.id}


async def test_staff_know_each_other(people):
    one, other = await people.staff(), await people.staff("supervisor")
    listed = {person["id"]: person for person in one.account.rest().get("/staff").json()["staff"]}
    assert listed[other.id] == {"id": other.id, "name": other.account.name, "role": "supervisor"}


async def test_a_visitor_sees_nothing_of_it(shared_hub, people):
    owner, visitor = await people.staff(), await people.visitor()
    room = (await make_room(people, owner, "channel", title="Internal"))["id"]
    with pytest.raises(Refused, match="forbidden"):
        await visitor.join(room)
    rest = shared_hub.rest(visitor.token)
    assert rest.get(f"/rooms/{room}/events").status_code == 403
    for path in ("/rooms", "/staff", "/auth/me"):
        assert rest.get(path).status_code in (401, 403), path
    assert rest.post("/rooms", {"kind": "channel", "title": "mine"}).status_code in (401, 403)
