"""The hub's HTTP side for one person."""
import asyncio
import json

import requests

from .openapi import rest_contract


class Rest:
    """Paths are below /api/v1; every answer is judged by what the hub says of itself, and errors by RFC 9457."""

    def __init__(self, url, token=None, *, verify=True):
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.verify = verify
        if token is not None:
            self.session.headers["Authorization"] = f"Bearer {token}"

    def call(self, method, path, *, timeout=30, **options):
        answer = self.session.request(method, f"{self.url}/api/v1{path}", timeout=timeout, **options)
        if answer.status_code >= 400:
            check_problem(answer)
        rest_contract(self.url, self.session.verify).check(answer)
        return answer

    def get(self, path, **options):
        return self.call("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.call("POST", path, json=body, **options)

    def put(self, path, **options):
        return self.call("PUT", path, **options)

    def delete(self, path, **options):
        return self.call("DELETE", path, **options)

    def login(self, email, password):
        return self.post("/auth/login", {"email": email, "password": password})

    def upload(self, name, content, **options):
        return self.call("POST", "/attachments", params={"name": name}, data=content, **options)

    async def later(self, method, path, **options):
        """The same without blocking the event loop, for answers that take their time."""
        return await asyncio.to_thread(self.call, method, path, **options)

    def stream(self, room, *, after=None, last_event_id=None):
        """The room's log as server-sent events: yields `(id, event)`, and never ends by itself."""
        headers = {"Accept": "text/event-stream"}
        if last_event_id is not None:
            headers["Last-Event-ID"] = str(last_event_id)
        params = {} if after is None else {"after": after}
        with self.session.get(f"{self.url}/api/v1/rooms/{room}/events", params=params, headers=headers, stream=True,
                              timeout=30) as answer:
            assert answer.status_code == 200, answer.text
            assert answer.headers["Content-Type"].split(";")[0] == "text/event-stream"
            yield from parse_events(answer.iter_lines(chunk_size=1, decode_unicode=False))


def parse_events(lines):
    """Reads the event-stream format (WHATWG HTML, 9.2.6); comments keep the connection alive."""
    number, data = None, []
    for raw in lines:
        line = raw.decode("utf-8")
        if line == "":
            if data:
                yield number, json.loads("\n".join(data))
            data = []
        elif not line.startswith(":"):
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "id":
                number = int(value)
            elif field == "data":
                data.append(value)


def check_problem(answer):
    assert answer.headers.get("Content-Type", "").split(";")[0] == "application/problem+json", (
        answer.status_code, answer.headers, answer.text[:200])
    problem = answer.json()
    assert {"type", "title", "status", "code", "detail"} <= problem.keys(), problem
    assert problem["status"] == answer.status_code, problem
