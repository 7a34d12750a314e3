"""Too many connections, too slow ones, and those that come through a proxy."""
import asyncio
import contextlib
import os
import resource
import socket
import time

import pytest
import requests
from websockets.exceptions import InvalidStatus

from hubtest.client import Client, new_mid
from hubtest.limits import DEFAULTS
from hubtest.people import People
from hubtest.waiting import eventually, wait_for

PROXIED = {"TRUSTED_PROXIES": "127.0.0.1,10.0.0.0/8"}


def dial(hub):
    return socket.create_connection(("127.0.0.1", hub.port), timeout=10)


def received(client):
    """All that comes until the other side closes."""
    content = b""
    with contextlib.suppress(ConnectionResetError):
        while part := client.recv(65536):
            content += part
    return content


def asked(hub, path="/health"):
    """The answer to a request on a connection of its own, or nothing."""
    with dial(hub) as client:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return received(client).decode()


async def forwarded(hub, hops):
    """A visitor's socket as a proxy opens it."""
    return await Client.open(hub, "visitor", additional_headers=[("X-Forwarded-For", each) for each in hops])


async def welcome(hub, hops=()):
    """A visitor's socket, as soon as there is room: what was closed before may be counted for a moment longer."""
    async def enters():
        try:
            return await forwarded(hub, hops)
        except InvalidStatus as refused:
            assert refused.response.status_code in (429, 503), refused
            return None
    return await eventually(enters, 20, "room for one more")


async def refusal_of(opening):
    with pytest.raises(InvalidStatus) as refused:
        await opening
    return refused.value.response


async def closed(clients):
    for client in clients:
        await client.close()


# ---- of one address

async def test_an_address_has_so_many_connections(make_hub):
    # Those who say nothing stay as long as the test.
    hub = make_hub(settings={"HUB_MAX_CONNECTIONS_PER_ADDRESS": "6", "HUB_HANDSHAKE_TIMEOUT_MS": "60000"}).start()
    await eventually(lambda: asked(hub).startswith("HTTP/1.1 200"), 10, "no connection is left of the start")
    sockets = [await Client.open(hub, kind) for kind in ("visitor", "staff")]
    silent = [dial(hub) for _ in range(2)]
    kept_alive = [requests.Session() for _ in range(2)]
    for session in kept_alive:
        # The last question may be counted for a moment longer.
        await eventually(lambda: session.get(hub.url + "/health", timeout=10).status_code == 200, 20, "room for it")

    answer = await refusal_of(Client.open(hub, "visitor"))
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
    told = await asyncio.to_thread(asked, hub)
    assert told.startswith("HTTP/1.1 429 ") and "Retry-After: " in told and '"code":"rate_limited"' in told
    await eventually(lambda: "TRUSTED_PROXIES" in hub.log_text(), 10, "a line of the log")

    more = [dial(hub) for _ in range(20)]
    assert b"" in [await asyncio.to_thread(received, client) for client in more[12:]], "nothing was closed at once"
    for client in more + silent:
        client.close()
    await eventually(lambda: asked(hub).startswith("HTTP/1.1 200"), 20, "room again")
    await sockets[0].until(lambda: sockets[0].seen("hello"), "the old socket lives")
    await closed(sockets)


async def test_behind_a_proxy_the_client_counts(make_hub):
    hub = make_hub(settings=PROXIED | {"HUB_MAX_CONNECTIONS_PER_ADDRESS": "2"}).start()
    crowds = {
        "203.0.113.1": [["203.0.113.1"], ["198.51.100.7, 203.0.113.1"], ["6.6.6.6", "203.0.113.1, 10.1.2.3"],
                        ["nonsense, 203.0.113.1:4711"]],
        "2001:db8:1:2::/64": [["2001:db8:1:2::1"], ["2001:db8:1:2:ffff::9"], ["[2001:db8:1:2::5]:443, 10.0.0.1"]],
    }
    clients = []
    for hops in crowds.values():
        clients += [await forwarded(hub, each) for each in hops[:2]]
        for each in hops[2:]:
            assert (await refusal_of(forwarded(hub, each))).status_code == 429
    # Neither other addresses nor the proxy itself are full.
    clients += [await forwarded(hub, [each]) for each in ("203.0.113.2", "2001:db8:1:3::1")]
    assert asked(hub).startswith("HTTP/1.1 200")
    await clients[0].close()

    clients.append(await welcome(hub, ["203.0.113.1"]))
    await closed(clients)


async def test_the_word_of_a_stranger_counts_for_nothing(make_hub):
    hub = make_hub(settings={"TRUSTED_PROXIES": "10.0.0.0/8", "HUB_MAX_CONNECTIONS_PER_ADDRESS": "3"}).start()
    clients = [await welcome(hub, [f"203.0.113.{number}"]) for number in range(3)]
    assert (await refusal_of(forwarded(hub, ["203.0.113.9"]))).status_code == 429
    await closed(clients)


@pytest.mark.parametrize("trusted, limited", [(PROXIED, False), ({}, True)])
def test_sign_in_counts_the_client_only_behind_a_trusted_proxy(make_hub, trusted, limited):
    hub = make_hub(limits=DEFAULTS, settings=trusted | {
        "HUB_ADDRESS_LOGIN_BURST": "3", "HUB_ADDRESS_LOGINS_PER_MIN": "1"}).start()

    def attempt(number, hops):
        return hub.rest().post("/auth/login", {"email": f"nobody{number}@example.com", "password": "wrong password"},
                               headers={"X-Forwarded-For": hops}).status_code

    apart = [attempt(number, f"203.0.113.{number}, 10.0.0.1") for number in range(5)]
    assert (429 in apart) is limited, apart
    if not limited:
        # What stands before the first stranger was written by that stranger.
        forged = [attempt(10 + number, f"6.6.6.{number}, 203.0.113.77, 10.0.0.1") for number in range(5)]
        assert forged[:3] == [401] * 3 and 429 in forged[3:], forged


# ---- in all

async def test_the_hub_has_so_many_connections(make_hub):
    hub = make_hub(settings={"HUB_MAX_CONNECTIONS": "4", "HUB_HANDSHAKE_TIMEOUT_MS": "1500"}).start()
    await eventually(lambda: asked(hub).startswith("HTTP/1.1 200"), 10, "no connection is left of the start")
    async with People(hub) as people:
        first = await people.visitor()
        clients = [await welcome(hub) for _ in range(3)]
        answer = await refusal_of(Client.open(hub, "staff"))
        assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
        assert asked(hub).startswith("HTTP/1.1 200"), "a probe must not find a full hub dead"
        flood = [dial(hub) for _ in range(40)]
        assert b"" in [await asyncio.to_thread(received, client) for client in flood[20:]], "nothing was closed at once"
        await first.say(first.room, "who is in stays in")
        for client in flood:
            client.close()
        await closed(clients)
        await eventually(lambda: asked(hub).startswith("HTTP/1.1 200"), 20, "room again")


# ---- slow ones

SHORT_HEAD = {"HUB_HANDSHAKE_TIMEOUT_MS": "1500"}
# How long a hub waits that is told nothing else.
USUAL_HEAD_S = 10


@pytest.mark.parametrize("line", ["GET /health HTTP/1.1", "GET /api/v1/chat/ws HTTP/1.1", "POST /api/v1/auth/login HTTP/1.1"])
def test_a_head_that_drips_is_cut_off(make_hub, line):
    hub = make_hub(settings=SHORT_HEAD).start()
    started = time.monotonic()
    with dial(hub) as client:
        assert drip(client, line.encode() + b"\r\nHost: x\r\n").startswith(b"HTTP/1.1 408 ")
    assert 1 < time.monotonic() - started < USUAL_HEAD_S


def test_the_next_head_on_the_same_connection_is_cut_off_too(make_hub):
    hub = make_hub(settings=SHORT_HEAD).start()
    with dial(hub) as client:
        for _ in range(2):
            client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            wait_for(lambda: b'"status":"ok"' in client.recv(65536), 20, "an answer")
        # Nobody hurries between two requests.
        client.settimeout(2.5)
        with pytest.raises(TimeoutError):
            client.recv(1)
        client.settimeout(10)
        client.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        wait_for(lambda: b'"status":"ok"' in client.recv(65536), 20, "an answer")
        started = time.monotonic()
        assert drip(client, b"GET /health HTTP/1.1\r\n").startswith(b"HTTP/1.1 408 ")
        assert 1 < time.monotonic() - started < USUAL_HEAD_S


def test_a_body_that_drips_is_cut_off(make_hub):
    hub = make_hub(settings={"HUB_UPLOAD_TIMEOUT_MS": "1500"}).start()
    started = time.monotonic()
    with dial(hub) as client:
        client.sendall(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                       b"Content-Length: 5000\r\n\r\n{")
        drip(client, b"")
    assert 1 < time.monotonic() - started


def drip(client, start):
    """Sends a byte now and then until the other side has closed, which it has to; returns what it said."""
    client.settimeout(0.1)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        client.sendall(start)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                return client.recv(65536)
            except TimeoutError:
                client.sendall(b"x")
        raise AssertionError("the connection was never closed")
    return b""


# ---- too few files

def files_of(hub):
    return len(os.listdir(f"/proc/{hub.process.pid}/fd"))


async def test_a_hub_that_is_out_of_files_goes_on(make_hub):
    hub = make_hub().start()
    async with People(hub) as people:
        visitor, agent = await people.visitor(), await people.staff()
        await agent.follow(visitor.room)
        limit = files_of(hub) + 5
        resource.prlimit(hub.process.pid, resource.RLIMIT_NOFILE, (limit, limit))
        crowd = [dial(hub) for _ in range(40)]
        await eventually(lambda: "too many open files in this process (EMFILE)" in hub.log_text(), 20, "a line")
        assert files_of(hub) >= limit - 1

        before, started = hub.processor_seconds(), time.monotonic()
        for number in range(20):
            await visitor.persist("send", room=visitor.room, mid=new_mid(), kind="text",
                                  body={"text": f"still here {number}"})
            await agent.until_seq(visitor.room, number + 1)
            await asyncio.sleep(0.1)
        busy = (hub.processor_seconds() - before) / (time.monotonic() - started)
        assert busy < 0.5, f"{busy:.0%} of a processor while nothing can be accepted"
        assert hub.log_text().count("no connection can be accepted") <= 2

        for client in crowd:
            client.close()
        await eventually(lambda: hub.status("/ready") == 200, 30, "new connections are accepted again")
        late = await people.visitor()
        await late.say(late.room, "welcome")


async def test_few_files_mean_few_connections(make_hub):
    hub = make_hub()
    hub.prefix = ["sh", "-c", 'ulimit -n 128; exec "$0" "$@"']
    hub.start()
    assert "the limit on open files is too low for HUB_MAX_CONNECTIONS" in hub.log_text()
    clients = []
    try:
        refused = None
        for _ in range(128):
            try:
                clients.append(await Client.open(hub, "visitor"))
            except InvalidStatus as error:
                refused = error.response.status_code
                break
        assert refused == 503 and 30 < len(clients) < 64, (refused, len(clients))
        assert asked(hub, "/ready").startswith("HTTP/1.1 200")
    finally:
        await closed(clients)
    doctor = hub.run("doctor")
    assert "Open files: " in doctor.stdout
