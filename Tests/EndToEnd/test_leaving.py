"""Clients that go away, or ask for more, while an answer is still being written to them: the hub goes on."""
import asyncio
import socket
import struct
from urllib.parse import urlsplit

import pytest

from hubtest.openai import OpenAI
from hubtest.people import People
from hubtest.waiting import wait_for


@pytest.fixture
def model():
    model = OpenAI()
    model.says("كلمة " * 600, chunk=8, tokens_per_second=20)
    yield model
    model.close()


@pytest.fixture
def hub(make_hub, model):
    return make_hub(settings=model.settings()).start()


def answering(hub, request, *, token, body=b"", length=None):
    """A connection on which the hub has begun to answer a request with a stream of events."""
    head = [request + " HTTP/1.1", "Host: hub", f"Authorization: Bearer {token}", "Accept: text/event-stream",
            "Content-Type: application/json", f"Content-Length: {len(body) if length is None else length}"]
    address = urlsplit(hub.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=20)
    connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
    answer = b""
    while b": here" not in answer:
        piece = connection.recv(4096)
        assert piece, answer
        answer += piece
    return connection


def resets(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def closes(connection):
    connection.close()


def says_no_more(connection):
    connection.shutdown(socket.SHUT_WR)


def asks_for_more(connection):
    connection.sendall(b"GET /health HTTP/1.1\r\nHost: hub\r\n\r\n" * 2)


@pytest.mark.parametrize("leaves", [resets, closes, says_no_more, asks_for_more])
async def test_who_leaves_an_answer_takes_nothing_along(hub, leaves):
    async with People(hub) as people:
        visitor = await people.visitor()
        await asyncio.to_thread(leave, hub, visitor, leaves)
    assert not hub.fault


def leave(hub, visitor, leaves):
    question = '{"messages":[{"role":"user","text":"حدثني"}]}'.encode()
    events = f"GET /api/v1/rooms/{visitor.room}/events?after=0"
    for _ in range(3):
        leaves(answering(hub, "POST /api/v1/ai/test", token=hub.admin.token(), body=question))
        leaves(answering(hub, events, token=visitor.token))
        # It says that more is to come, and goes before it does.
        leaves(answering(hub, events, token=visitor.token, length=9))
    wait_for(lambda: hub.status("/ready") == 200, 20, "it is there for everybody else")
