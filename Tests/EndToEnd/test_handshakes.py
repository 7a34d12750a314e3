"""Opening handshakes, right and wrong, byte by byte over real sockets (RFC 6455 section 4, RFC 7692 section 7.1)."""
import asyncio
import concurrent.futures
import contextlib
import os
import time

import pytest
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

from hubtest.people import People
from hubtest.waiting import wait_for
from hubtest.wire import KEY, VISITOR_PATH, Answer, Wire, handshake

STAFF_PATH = "/api/v1/chat/ws"


def injected(text):
    """A handshake with a field of one's own making at its end."""
    return handshake()[:-2] + text + b"\r\n\r\n"


# Name -> the status it is answered with, and the request.
REFUSED = {
    "no key": (400, handshake({"Sec-WebSocket-Key": None})),
    "empty key": (400, handshake({"Sec-WebSocket-Key": ""})),
    "short key": (400, handshake({"Sec-WebSocket-Key": "AAAA"})),
    "long key": (400, handshake({"Sec-WebSocket-Key": "A" * 44})),
    "key that is no base64": (400, handshake({"Sec-WebSocket-Key": "!" * 24})),
    "two keys": (400, injected(b"Sec-WebSocket-Key: " + KEY.encode())),
    "no host": (400, handshake({"Host": None})),
    "two hosts": (400, injected(b"Host: evil.example")),
    "body": (400, handshake({"Content-Length": "5"}) + b"hello"),
    "chunked body": (400, handshake({"Transfer-Encoding": "chunked"}) + b"0\r\n\r\n"),
    "method": (405, handshake(method="POST")),
    "no version": (426, handshake({"Sec-WebSocket-Version": None})),
    "old version": (426, handshake({"Sec-WebSocket-Version": "8"})),
    "later version": (426, handshake({"Sec-WebSocket-Version": "14"})),
    "no upgrade": (426, handshake({"Upgrade": None})),
    "other upgrade": (426, handshake({"Upgrade": "h2c"})),
    "no connection": (426, handshake({"Connection": None})),
    "connection that stays": (426, handshake({"Connection": "keep-alive"})),
    "plain request": (426, f"GET {VISITOR_PATH} HTTP/1.1\r\nHost: a\r\n\r\n".encode()),
    "old HTTP": (505, handshake(version="HTTP/1.0")),
    "foreign origin": (403, handshake({"Origin": "https://evil.example"})),
    "long target": (414, handshake(path=VISITOR_PATH + "?" + "a" * 20_000)),
    "long head": (431, handshake({"Cookie": "a" * 20_000})),
    "many fields": (431, handshake({f"X-{number}": "a" for number in range(100)})),
    "head without end": (431, handshake()[:-2] + b"X-A: b\r\n" * 5000),
    "bare LF": (400, handshake().replace(b"\r\n", b"\n")),
    "LF in a value": (400, injected(b"X-A: b\nSet-Cookie: c=d")),
    "CR in a value": (400, injected(b"X-A: b\rSet-Cookie: c=d")),
    "NUL in a value": (400, injected(b"X-A: b\0c")),
    "folded line": (400, injected(b"X-A: b\r\n Host: evil.example")),
    "space before the colon": (400, injected(b"Host : evil.example")),
    "no colon": (400, injected(b"X-A")),
    "no name": (400, injected(b": b")),
    "control character in the target": (400, handshake(path=VISITOR_PATH + "?a\x01b")),
    "space in the target": (400, handshake(path=VISITOR_PATH + "?a b")),
    "no such HTTP": (400, handshake(version="HTTP/3.7")),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_a_wrong_handshake_gets_a_problem_and_the_end(shared_hub, fault):
    status, request = REFUSED[fault]
    for path in (VISITOR_PATH, STAFF_PATH):
        with Wire(shared_hub) as wire:
            wire.send(request.replace(VISITOR_PATH.encode(), path.encode(), 1))
            answer = Answer(wire.read_to_end())
            assert answer.status == status
            answer.problem()
            assert "close" in answer["connection"] and answer["set-cookie"] is None
            if status == 426:
                assert answer["sec-websocket-version"] == "13" and answer["upgrade"] == "websocket"
            if status == 405:
                assert answer["allow"] == "GET"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD", "OPTIONS", "get"])
def test_no_other_method_opens_a_socket(shared_hub, method):
    with Wire(shared_hub) as wire:
        wire.send(handshake(method=method))
        assert Answer(wire.read_to_end()).status == 405


def test_nothing_of_the_request_comes_back(shared_hub):
    """Neither what is offered nor what is encoded may add a field to the answer."""
    with Wire(shared_hub) as wire:
        wire.send(handshake({"Sec-WebSocket-Protocol": "evil, Set-Cookie", "Sec-WebSocket-Extensions": "evil; a=b"},
                            path=VISITOR_PATH + "?a=%0d%0aSet-Cookie:%20c=d"))
        answer = wire.answer()
    assert answer.status == 101
    assert {name for name, _ in answer.fields} == {"upgrade", "connection", "sec-websocket-accept"}


def test_a_handshake_in_two_packets_with_the_first_frame_behind_it(shared_hub):
    request = handshake()
    for cut in (1, 10, len(request) // 2, len(request) - 1):
        with Wire(shared_hub) as wire:
            wire.send(request[:cut])
            time.sleep(0.02)
            wire.send(request[cut:] + b"\x89\x82\0\0\0\0hi")
            received = b""
            while b"\x8a\x02hi" not in received:
                chunk = wire.socket.recv(65536)
                assert chunk, received
                received += chunk
            assert received.startswith(b"HTTP/1.1 101 ")


# ---- kept connections

HEALTH = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
H2C = b"GET /health HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n"


def test_a_handshake_behind_other_requests_ends_the_connection_unanswered(shared_hub):
    """A proxy that keeps connections repeats it on a new one."""
    with Wire(shared_hub) as wire:
        for _ in range(3):
            wire.send(HEALTH)
            assert wire.answer().status == 200
        wire.send(handshake())
        assert wire.read_to_end() == b""


@pytest.mark.parametrize("before", [0, 1])
def test_an_offer_of_another_protocol_is_ignored_and_the_connection_ends(shared_hub, before):
    with Wire(shared_hub) as wire:
        for _ in range(before):
            wire.send(HEALTH)
            assert wire.answer().status == 200
        wire.send(H2C)
        answer = Answer(wire.read_to_end())
        assert answer.status == 200 and answer["connection"] == "close"
        assert answer.rest == b'{"status":"ok"}'


def test_a_tunnel_is_refused_and_the_connection_ends(shared_hub):
    with Wire(shared_hub) as wire:
        wire.send(b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n")
        answer = Answer(wire.read_to_end())
        assert answer.status >= 400 and answer["connection"] == "close"


# ---- permessage-deflate

FORGET = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
# Offer -> what is agreed to; None is to go on without compression.
OFFERS = {
    "permessage-deflate": FORGET,
    "permessage-deflate; server_no_context_takeover": FORGET,
    "permessage-deflate; client_no_context_takeover": FORGET,
    "permessage-deflate; client_max_window_bits": FORGET,
    "permessage-deflate; client_max_window_bits=8": FORGET,
    "permessage-deflate; server_max_window_bits=9": FORGET + "; server_max_window_bits=9",
    "permessage-deflate; server_max_window_bits=15": FORGET + "; server_max_window_bits=15",
    "permessage-deflate; server_max_window_bits=8": None,
    "permessage-deflate; server_max_window_bits=8, permessage-deflate": FORGET,
    "permessage-deflate; server_max_window_bits": None,
    "permessage-deflate; server_max_window_bits=16": None,
    "permessage-deflate; client_max_window_bits=7": None,
    "permessage-deflate; server_no_context_takeover=1": None,
    "permessage-deflate; client_no_context_takeover; client_no_context_takeover": None,
    "permessage-deflate; unknown": None,
    "permessage-deflate; unknown, permessage-deflate": FORGET,
    "x-webkit-deflate-frame": None,
    "permessage-deflate;": None,
}


@pytest.mark.parametrize("offer", OFFERS)
def test_an_offer_of_compression_is_answered_as_the_rfc_says(shared_hub, offer):
    with Wire(shared_hub) as wire:
        assert wire.upgrade(offer)["sec-websocket-extensions"] == OFFERS[offer]


@pytest.mark.parametrize("parameters", [
    {}, {"server_no_context_takeover": True}, {"client_no_context_takeover": True}, {"client_max_window_bits": True},
    {"client_max_window_bits": 9}, {"server_max_window_bits": 9}, {"server_max_window_bits": 12},
    {"server_no_context_takeover": True, "client_no_context_takeover": True, "server_max_window_bits": 10,
     "client_max_window_bits": 10},
], ids=lambda parameters: " ".join(f"{name}={value}" for name, value in parameters.items()) or "plain offer")
async def test_a_library_talks_compressed_with_every_parameter(people, parameters):
    """The library refuses an answer that does not fit its offer, and inflates with the window that was agreed."""
    visitor = await people.visitor(compression=None, extensions=[ClientPerMessageDeflateFactory(**parameters)])
    assert [extension.name for extension in visitor.socket.protocol.extensions] == ["permessage-deflate"]
    texts = [f"{number} السلام عليكم " * 100 for number in range(5)]
    for text in texts:
        await visitor.say(visitor.room, text)
    await visitor.until_seq(visitor.room, len(texts))
    assert visitor.log(visitor.room).texts() == texts


async def test_a_window_of_eight_bits_is_declined_and_the_socket_works_without(people):
    visitor = await people.visitor(compression=None, extensions=[ClientPerMessageDeflateFactory(server_max_window_bits=8)])
    assert visitor.socket.protocol.extensions == []
    await visitor.say(visitor.room, "plain " * 100)


# ---- slow and silent clients

HURRIED = {"HUB_HANDSHAKE_TIMEOUT_MS": "1000"}


@pytest.mark.parametrize("beginning", [b"", b"G", handshake()[:20], handshake()[:-1]],
                         ids=["nothing", "one byte", "half a line", "all but a byte"])
def test_whoever_does_not_finish_a_handshake_is_let_go(make_hub, beginning):
    hub = make_hub(settings=HURRIED).start()
    with Wire(hub) as wire:
        begun = time.monotonic()
        wire.send(beginning)
        answer = Answer(wire.read_to_end())
        assert answer.status == 408 and answer.problem()
        # A hub that is told nothing else waits for ten seconds.
        assert 0.5 < time.monotonic() - begun < 10


@pytest.mark.parametrize("before", [0, 1])
def test_so_is_whoever_does_not_finish_another_request(make_hub, before):
    hub = make_hub(settings=HURRIED).start()
    with Wire(hub) as wire:
        for _ in range(before):
            wire.send(HEALTH)
            assert wire.answer().status == 200
        begun = time.monotonic()
        assert not wire.drip(HEALTH[:-2] + b"X-A: " + b"a" * 1000, pause=0.05), "the hub took 50 s of head"
        assert time.monotonic() - begun < 10
    with Wire(hub) as wire:
        wire.send(HEALTH[:-2])
        answer = Answer(wire.read_to_end())
        assert answer.status == 408 and answer.problem()


def test_slow_bytes_do_not_move_the_deadline(make_hub):
    hub = make_hub(settings=HURRIED).start()
    with Wire(hub) as wire:
        begun = time.monotonic()
        assert not wire.drip(handshake({"Cookie": "a" * 1000}), pause=0.05), "the hub took 50 s of head"
        assert time.monotonic() - begun < 10


def open_sockets(hub):
    """Descriptors of the hub that are sockets; its databases open files as they like."""
    count = 0
    for entry in os.scandir(f"/proc/{hub.process.pid}/fd"):
        with contextlib.suppress(FileNotFoundError):
            count += os.readlink(entry).startswith("socket:")
    return count


def statuses_of(wires):
    with concurrent.futures.ThreadPoolExecutor(50) as pool:
        return set(pool.map(lambda wire: Answer(wire.read_to_end()).status, wires))


async def test_a_thousand_half_open_connections_of_one_address_harm_nobody(make_hub):
    """Visitors come and talk meanwhile, and all of it is given back after the deadline."""
    hub = make_hub(settings={"HUB_HANDSHAKE_TIMEOUT_MS": "10000"}).start()
    async with People(hub) as people:
        witness = await people.visitor("Witness")
        before = open_sockets(hub)
        wires = [Wire(hub, within=60) for _ in range(1000)]
        try:
            for number, wire in enumerate(wires):
                wire.send(handshake()[:number % 60])
            wait_for(lambda: open_sockets(hub) >= before + 1000, 10, "all connections are accepted")
            newcomer = await people.visitor("Newcomer")
            await newcomer.say(newcomer.room, "here")
            await witness.say(witness.room, "still here")
            assert open_sockets(hub) >= before + 1000, "nobody had to wait for their end"
            statuses = await asyncio.to_thread(statuses_of, wires)
            assert statuses == {408}
        finally:
            for wire in wires:
                wire.socket.close()
        wait_for(lambda: open_sockets(hub) <= before + 2, 20, "their descriptors are free again")
        await witness.say(witness.room, "and still here")
