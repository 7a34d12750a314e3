"""Bad frames get the documented error or close code, and harm nobody else."""
import asyncio
import concurrent.futures
import contextlib
import json
import pathlib
import re

import pytest
from websockets.exceptions import ConnectionClosed

from hubtest.client import Closed, Refused, new_mid
from hubtest.limits import DEFAULTS, SHORT_AUTH
from hubtest.people import People
from hubtest.wire import Wire, deflated, frame


@contextlib.asynccontextmanager
async def undisturbed(people):
    """A visitor and an agent who talk before, during and after the body, and lose nothing."""
    visitor, agent = await people.visitor("Undisturbed"), await people.staff()
    await agent.join(visitor.room)
    done = asyncio.Event()

    async def talk():
        number = 0
        while not done.is_set() or number < 3:
            await visitor.persist("send", room=visitor.room, mid=f"talk-{number}", kind="text", body={"text": "fine"})
            number += 1
            await agent.until_seq(visitor.room, number)
            await asyncio.sleep(0.05)

    talking = asyncio.create_task(talk())
    try:
        yield
    finally:
        done.set()
        await asyncio.wait_for(talking, 60)


def nested(depth):
    return "[" * depth + "]" * depth


def send(**wrong):
    return {"op": "send", "mid": "k", "kind": "text", "body": {"text": "x"}} | wrong


# Each is one frame; a dictionary gets an id, and the visitor's room unless it names one itself.
MALFORMED = {
    "not an object": ["", " ", "hello", "{", '{"op":"ping"', "nul", "1", '"ping"', "null", "true", "[]", "[1]",
                      '{"op":"ping"} x', "{'op':'ping'}", '{"op":"ping",}', "\ufeff{}", '{"op":"\\x"}'],
    "deep": [nested(17), nested(30000), '{"op":"ping","id":1,"x":' + nested(17) + "}",
             '{"op":' * 5000 + "1" + "}" * 5000],
    "numbers": ['{"op":"ping","id":-1}', '{"op":"ping","id":1.5}', '{"op":"ping","id":"1"}', '{"op":"ping","id":null}',
                '{"op":"ping","id":1e400}', '{"op":"ping","id":99999999999999999999}', '{"op":"ping","id":[1]}',
                '{"op":"ping","id":{}}', '{"op":"ping","id":01}', '{"op":"ping","id":true}'],
    "no such op": [{}, {"op": "nothing"}, {"op": ""}, {"op": 5}, {"op": None}, {"op": ["send"]}, {"op": "PING"},
                   {"op": "transfer"}, {"op": "cancel"}, {"op": "__proto__"}],
    "join": [{"op": "join", "room": 5}, {"op": "join", "room": None}, {"op": "join", "after": "x"},
             {"op": "join", "after": -1}, {"op": "join", "after": 1.5}, {"op": "join", "limit": 0},
             {"op": "join", "limit": 501}, {"op": "join", "limit": "10"}, {"op": "history", "limit": 201},
             {"op": "history", "before": "1"}, {"op": "history", "before": 2, "after": 1}],
    "send": [send(mid=""), send(mid="k" * 65), send(mid="two words"), send(mid="ميد"), send(mid=5), send(mid=None),
             send(kind="video"), send(kind=1), send(body="x"), send(body={}), send(body={"text": 5}),
             send(body={"text": None}), send(body=[]), send(reply_to="1"), send(reply_to=0), send(reply_to=-1)],
    "change": [{"op": "edit", "mid": "k", "target": "1", "body": {"text": "x"}}, {"op": "edit", "mid": "k", "target": 1},
               {"op": "edit", "mid": "k", "target": 0, "body": {"text": "x"}}, {"op": "delete", "mid": "k"},
               {"op": "react", "mid": "k", "target": 1}, {"op": "react", "mid": "k", "target": 1, "emoji": ""},
               {"op": "react", "mid": "k", "target": 1, "emoji": 5},
               {"op": "react", "mid": "k", "target": 1, "emoji": "x" * 200},
               {"op": "react", "mid": "k", "target": 1, "emoji": "👍", "on": "yes"},
               {"op": "read", "seq": "1"}, {"op": "read"}, {"op": "typing", "on": 1}, {"op": "typing"},
               {"op": "presence", "state": "asleep"}, {"op": "presence"}],
    "text": ['{"op":"send","room":"%s","mid":"k","kind":"text","body":{"text":"\\ud800"},"id":1}',
             '{"op":"send","room":"%s","mid":"k","kind":"text","body":{"text":"\u0001"},"id":1}',
             '{"op":"send","room":"%s","mid":"k","kind":"text","body":{"text":"\\u0000"},"id":1}'],
}


@pytest.mark.parametrize("group", MALFORMED)
async def test_malformed_frames_are_bad_requests_and_the_connection_lives(people, group):
    async with undisturbed(people):
        visitor = await people.visitor()
        for number, bad in enumerate(MALFORMED[group]):
            before = len(visitor.stray_errors)
            if isinstance(bad, dict):
                bad = json.dumps({"room": visitor.room, "id": 1000 + number} | bad, ensure_ascii=False)
            await visitor.send_text(bad.replace("%s", visitor.room))
            await visitor.until(lambda: len(visitor.stray_errors) > before, f"an answer to {bad[:80]!r}")
            assert visitor.stray_errors[-1]["code"] == "bad_request", bad[:80]
            if number % 15 == 14:
                # Twenty errors within five seconds would end the connection.
                await visitor.close()
                visitor = await people.again(visitor)
        assert await visitor.request("ping") == {"pong": True}
        assert (await visitor.history(visitor.room))["as_of"] == 0


async def test_errors_carry_the_id_where_one_can_be_read(people):
    visitor = await people.visitor()
    await visitor.send_text('{"op":"nothing","id":41}')
    await visitor.send_text('{"op":"nothing"}')
    await visitor.until(lambda: len(visitor.stray_errors) == 2, "both errors")
    assert [frame["re"] for frame in visitor.frames if "err" in frame] == [41, None]


async def test_unknown_fields_are_ignored_and_known_ones_may_be_deep_enough(people):
    visitor = await people.visitor()
    assert await visitor.request("ping", more={"a": [1, {"b": None}]}, room=visitor.room) == {"pong": True}
    pong = await visitor.start_raw({"op": "ping", "id": 900}, '{"op":"ping","id":900,"x":' + nested(15) + "}")
    assert await asyncio.wait_for(pong, 10) == {"pong": True}


async def test_text_of_any_script_comes_back_as_it_was(people):
    visitor = await people.visitor()
    texts = ["سلامٌ عليكم ﷺ", "👩‍👩‍👧‍👦 e\u0301 é", "\"quotes\" \\ / <b>&amp;", "tab\tline\nend", "\u202eright\u202c \u200f", "𐍈 \U0010ffff"]
    for text in texts:
        await visitor.say(visitor.room, text)
    await visitor.until_seq(visitor.room, len(texts))
    again = await people.again(visitor, rooms={visitor.room: 0})
    assert again.log(visitor.room).texts() == texts


VIOLATIONS = {
    "binary": (1003, b"\x82\x80\0\0\0\0"),
    "invalid UTF-8": (1007, b"\x81\x82\0\0\0\0\xc3\x28"),
    "unmasked": (1002, b"\x81\x02{}"),
    "reserved opcode": (1002, b"\x83\x80\0\0\0\0"),
    "reserved bit": (1002, b"\xc1\x80\0\0\0\0"),
    "fragmented ping": (1002, b"\x09\x80\0\0\0\0"),
    "long ping": (1002, b"\x89\xfe\x00\x7e" + b"\0" * 130),
    "stray continuation": (1002, b"\x80\x80\0\0\0\0"),
    "close with one byte": (1002, b"\x88\x81\0\0\0\0\x03"),
    "claims 2^63 bytes": ({1002, 1009}, b"\x81\xff\x80" + b"\0" * 7 + b"\0\0\0\0"),
    "claims a gigabyte": (1009, b"\x81\xff\0\0\0\0\x40\0\0\0" + b"\0\0\0\0"),
    "unmasked ping": (1002, frame(9, b"a", mask=None)),
    "unmasked close": (1002, frame(8, b"\x03\xe8", mask=None)),
    "reserved control opcode": (1002, frame(0xB)),
    "second reserved bit": (1002, frame(1, b"{}", rsv=2)),
    "third reserved bit": (1002, frame(1, b"{}", rsv=1)),
    "reserved bit of a ping": (1002, frame(9, rsv=4)),
    "reserved bit of a close": (1002, frame(8, rsv=4)),
    "reserved bit of a continuation": (1002, frame(1, b"{", final=False) + frame(0, b"}", rsv=4)),
    "fragmented pong": (1002, frame(10, final=False)),
    "fragmented close": (1002, frame(8, final=False)),
    "message within a message": (1002, frame(1, b"{", final=False) + frame(1, b"{}")),
    "length in more bytes than it needs": (1002, b"\x81\xfe\0\x02\0\0\0\0{}"),
    "close code that must not travel": (1002, frame(8, b"\x03\xed")),
    "close reason that is no UTF-8": (1007, frame(8, b"\x03\xe8\xff")),
    "half a character": (1007, frame(1, b"\xd8")),
    "broken character over fragments": (1007, frame(1, b"\xd8", final=False) + frame(0, b"A")),
}

BOMB = deflated(bytes(60_000_000))
HELLO = deflated(b"{}" * 20)
# The same on a socket with permessage-deflate.
COMPRESSED_VIOLATIONS = {
    "no DEFLATE": (1007, frame(1, b"\xff\xff", rsv=4)),
    "ends within a block": (1007, frame(1, HELLO[:-2], rsv=4)),
    # "Hello", and then a reference to it (RFC 7692 section 7.2.3.2).
    "refers to an earlier message": (
        1007, frame(1, b"\xf2\x48\xcd\xc9\xc9\x07\0", rsv=4) + frame(1, b"\xf2\0\x11\0\0", rsv=4)),
    "invalid UTF-8": (1007, frame(1, deflated(b"\xc3("), rsv=4)),
    "half a character": (1007, frame(1, deflated(b"\xd8"), rsv=4)),
    "binary": (1003, frame(2, HELLO, rsv=4)),
    "second reserved bit": (1002, frame(1, HELLO, rsv=6)),
    "reserved bit of a ping": (1002, frame(9, rsv=4)),
    "reserved bit of a close": (1002, frame(8, rsv=4)),
    "reserved bit of a continuation": (
        1002, frame(1, HELLO[:3], final=False, rsv=4) + frame(0, HELLO[3:], rsv=4)),
    "long on the wire": (1009, frame(1, rsv=4, announced=65537)),
    "long over fragments": (1009, frame(1, bytes(40_000), final=False, rsv=4) + frame(0, announced=40_000)),
    "a byte too long when inflated": (1009, frame(1, deflated(b" " * 65537), rsv=4)),
    "bomb": (1009, frame(1, BOMB, rsv=4)),
}


@pytest.mark.parametrize("violation", VIOLATIONS)
async def test_violations_close_with_their_code(people, violation):
    expected, raw = VIOLATIONS[violation]
    async with undisturbed(people):
        visitor = await people.visitor()
        visitor.socket.transport.write(raw)
        code = await visitor.closed()
        assert code in (expected if isinstance(expected, set) else {expected})
        back = await people.again(visitor)
        await back.say(visitor.room, "here again")


@pytest.mark.parametrize("violation", COMPRESSED_VIOLATIONS)
async def test_violations_within_compression_close_with_their_code(people, violation):
    expected, raw = COMPRESSED_VIOLATIONS[violation]
    async with undisturbed(people):
        visitor = await people.visitor(compression="deflate")
        visitor.socket.transport.write(raw)
        assert await visitor.closed() == expected
        back = await people.again(visitor)
        await back.say(visitor.room, "here again")


@pytest.mark.parametrize("parts", [1, 40])
async def test_a_frame_has_64_kib(people, parts):
    """`parts` fragments make one message; the limit is the message's."""
    visitor = await people.visitor()

    async def ping(size):
        text = '{"op":"ping","id":500,"x":"' + "a" * (size - 29) + '"}'
        assert len(text) == size
        step = -(-size // parts)
        message = text if parts == 1 else [text[at:at + step] for at in range(0, size, step)]
        return await (await visitor.start_raw({"op": "ping", "id": 500}, message))

    assert await ping(65536) == {"pong": True}
    with pytest.raises(Closed):
        await ping(65537)
    assert await visitor.closed() == 1009


async def test_a_bomb_does_not_inflate(people):
    """Compressed it is small; inflated it is past the limit."""
    async with undisturbed(people):
        visitor = await people.visitor(compression="deflate")
        with contextlib.suppress(ConnectionClosed):
            await visitor.send_text('{"op":"ping","x":"' + "a" * 20_000_000 + '"}')
        assert await visitor.closed() == 1009


def resident_kib(hub, which):
    """`VmRSS`, what the hub's memory is, or `VmHWM`, the most it has been."""
    status = pathlib.Path(f"/proc/{hub.process.pid}/status").read_text(encoding="ascii")
    return int(re.search(rf"^{which}:\s+(\d+) kB$", status, re.MULTILINE)[1])


def throw_bombs(hub, count):
    """Twenty at a time, by clients that nobody knows; returns the close codes."""
    def throw(_):
        with Wire(hub, within=60) as wire:
            wire.upgrade("permessage-deflate")
            wire.send(frame(1, BOMB, rsv=4, mask=b"\0\0\0\0"))
            return wire.close_code()

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        return set(pool.map(throw, range(count)))


def test_bombs_cost_bounded_memory(make_hub):
    """Two hundred messages of 60 MB each, in 60 KB."""
    hub = make_hub().start()
    assert throw_bombs(hub, 40) == {1009}
    before = resident_kib(hub, "VmRSS")
    # 5 resets the peak (proc_pid_clear_refs(5)).
    pathlib.Path(f"/proc/{hub.process.pid}/clear_refs").write_text("5", encoding="ascii")
    assert throw_bombs(hub, 200) == {1009}
    grown = resident_kib(hub, "VmHWM") - before
    assert grown < 8 * 1024, f"{grown} KiB"


def test_pings_of_a_client_that_reads_nothing_cost_bounded_memory(make_hub):
    """Of several pings whose pongs wait, the newest is answered (RFC 6455 section 5.5.3)."""
    hub = make_hub().start()
    pings = frame(9, b"x" * 125) * 500
    with Wire(hub, within=3) as wire:
        wire.upgrade()
        before = resident_kib(hub, "VmRSS")
        # The hub may let the client wait, or go.
        with contextlib.suppress(TimeoutError, ConnectionError):
            for _ in range(600):
                wire.send(pings)
        grown = resident_kib(hub, "VmRSS") - before
        assert grown < 4 * 1024, f"{grown} KiB"


async def test_twenty_errors_end_the_connection(people):
    visitor = await people.visitor()
    with contextlib.suppress(ConnectionClosed):
        for _ in range(60):
            await visitor.send_text("nonsense")
    assert await visitor.closed() == 4102
    assert 15 <= len(visitor.stray_errors) <= 60


async def test_a_flood_is_slowed_and_then_ended(make_hub):
    hub = make_hub(limits=DEFAULTS).start()
    async with People(hub) as people:
        async with undisturbed(people):
            visitor = await people.visitor()
            answers = []
            with contextlib.suppress(Closed):
                for _ in range(5000):
                    answers.append(await visitor.start("send", room=visitor.room, mid=new_mid(), kind="text",
                                                       body={"text": "flood"}))
            assert await visitor.closed() == 4102
            outcomes = await asyncio.gather(*answers, return_exceptions=True)
            limited = [each for each in outcomes if isinstance(each, Refused) and each.code == "rate_limited"]
            assert limited and all(refused.retry_ms > 0 for refused in limited)


async def test_silence_before_auth_ends_the_connection(make_hub):
    hub = make_hub(settings=SHORT_AUTH).start()
    async with People(hub) as people:
        for kind in ("visitor", "staff"):
            client = await people.connect(kind)
            assert await client.closed() == 4101


async def test_a_person_has_eight_connections(make_hub):
    hub = make_hub(limits=DEFAULTS).start()
    async with People(hub) as people:
        visitor = await people.visitor()
        others = [await people.visitor(token=visitor.token) for _ in range(7)]
        ninth = await people.connect("visitor")
        with contextlib.suppress(Exception):
            await ninth.request("auth", token=visitor.token)
        assert await ninth.closed() == 4006
        await others[0].close()
        await visitor.say(visitor.room, "eight are enough")
