"""A client of the wire protocol that checks every frame it receives."""
import asyncio
import json
import time
import uuid

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from .contract import contract
from .room_log import RoomLog
from .waiting import PATIENCE_S, TooLate

PATHS = {"visitor": "/api/v1/chat/ws/public", "staff": "/api/v1/chat/ws"}
TEMPORARY = {"rate_limited", "busy", "unavailable"}


class Refused(Exception):
    """The hub answered a request with an error."""

    def __init__(self, error):
        super().__init__(f"{error['code']}: {error['msg']}")
        self.code = error["code"]
        self.retry_ms = error.get("retry_ms")
        self.messages = error.get("messages", [])
        self.templates = error.get("templates", [])


class Closed(Exception):
    """The socket closed before the answer came."""


def new_mid():
    return uuid.uuid4().hex


class Client:
    """One socket. Replies are matched to requests, events go to `rooms` (durable) or `ephemeral`."""

    def __init__(self, socket, kind):
        self.socket = socket
        self.kind = kind
        self.contract = contract(kind)
        self.identity = None
        self.rooms = {}
        self.ephemeral = []
        self.frames = []
        self.stray_errors = []
        self._pending = {}
        self._next_id = 0
        self._changed = asyncio.Event()
        self._failure = None
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, hub, kind, **options):
        """Connects and waits for `hello`; `options` go to websockets."""
        settings = {"compression": None, "ping_interval": None, "open_timeout": 20, "max_size": 16 * 1024 * 1024,
                    "proxy": None, "close_timeout": 5}
        if hub.certificate:
            settings["ssl"] = hub.certificate.client()
        socket = await connect(hub.ws_url + PATHS[kind], **(settings | options))
        client = cls(socket, kind)
        await client.until(lambda: client.seen("hello"), "hello")
        return client

    # ---- what came in

    async def _read(self):
        try:
            async for text in self.socket:
                assert isinstance(text, str), "the hub sent a binary frame"
                content = json.loads(text)
                for frame in content if isinstance(content, list) else [content]:
                    self._take(frame)
                self._changed.set()
        except ConnectionClosed:
            pass
        except Exception as failure:  # kept for whoever waits, and for the end of the test
            self._failure = failure
        finally:
            for _, future in self._pending.values():
                if not future.done():
                    future.set_exception(self._failure or Closed(f"close code {self.close_code}"))
            self._pending.clear()
            self._changed.set()

    def _take(self, frame):
        self.frames.append(frame)
        if "re" in frame:
            self._take_reply(frame)
        else:
            self.contract.check_event(frame)
            if "seq" in frame:
                self.log(frame["room"]).pushed(frame)
            else:
                self._take_ephemeral(frame)

    def _take_reply(self, frame):
        request, future = self._pending.pop(frame["re"], (None, None))
        self.contract.check_reply(request and request["op"], frame)
        if request is None:
            self.stray_errors.append(frame["err"])
            return
        if "err" in frame:
            outcome = Refused(frame["err"])
            if not future.done():
                future.set_exception(outcome)
            return
        ok = frame["ok"]
        if request["op"] == "join":
            self.log(ok["room"]).joined(request.get("after", 0), ok)
        elif request["op"] == "auth":
            for room, reply in ok["rooms"].items():
                if "err" not in reply:
                    self.log(room).joined(request.get("rooms", {}).get(room, 0), reply)
        elif request["op"] == "leave":
            self.log(request["room"]).is_live = False
        if not future.done():
            future.set_result(ok)

    def _take_ephemeral(self, event):
        self.ephemeral.append(event)
        if event["ev"] in ("behind", "gone"):
            self.log(event["room"]).is_live = False

    def log(self, room):
        return self.rooms.setdefault(room, RoomLog(room))

    def seen(self, name, **fields):
        """The ephemeral events of a name that have these fields."""
        return [event for event in self.ephemeral
                if event["ev"] == name and all(event.get(key) == value for key, value in fields.items())]

    def check(self):
        """Raises what the reader found wrong."""
        if self._failure:
            raise self._failure

    async def until(self, condition, what, within=PATIENCE_S):
        """Returns the first truthy value of `condition()`, asked again after every frame."""
        deadline = time.monotonic() + within
        while True:
            self._changed.clear()
            self.check()
            value = condition()
            if value:
                return value
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TooLate(f"not within {within} s: {what}; last frames: {self.frames[-5:]}")
            if self._reader.done() and self.close_code is not None:
                raise Closed(f"close code {self.close_code} while waiting for {what}")
            try:
                await asyncio.wait_for(self._changed.wait(), remaining)
            except TimeoutError:
                pass

    async def until_seq(self, room, seq, within=PATIENCE_S):
        """Waits until the log of a room is known up to `seq`."""
        return await self.until(lambda: self.log(room).last >= seq, f"{room} up to {seq}", within)

    # ---- what goes out

    async def send_text(self, text):
        await self.socket.send(text)

    async def post(self, frame):
        await self.socket.send(json.dumps(frame, ensure_ascii=False))

    async def start(self, op, **fields):
        """Sends a request and returns the future of its answer."""
        self._next_id += 1
        request = {"op": op, "id": self._next_id, **fields}
        return await self.start_raw(request, json.dumps(request, ensure_ascii=False))

    async def start_raw(self, request, message):
        """Sends a message as it stands, text or an iterable of fragments, for `request["id"]`."""
        future = asyncio.get_running_loop().create_future()
        # Whoever stops waiting does not want to hear of the error either.
        future.add_done_callback(lambda done: done.cancelled() or done.exception())
        if self._reader.done():
            raise Closed(f"close code {self.close_code}")
        self._pending[request["id"]] = (request, future)
        try:
            await self.socket.send(message)
        except ConnectionClosed:
            self._pending.pop(request["id"], None)
            raise Closed(f"close code {self.close_code}") from None
        return future

    async def request(self, op, *, within=PATIENCE_S, **fields):
        """Sends a request and returns what `ok` holds; raises `Refused` or `Closed`."""
        return await asyncio.wait_for(await self.start(op, **fields), within)

    async def persist(self, op, *, within=60.0, **fields):
        """Like `request`, and tries again after `retry_ms` as long as the hub says that this is sane."""
        deadline = time.monotonic() + within
        while True:
            try:
                return await self.request(op, **fields)
            except Refused as refused:
                if refused.code not in TEMPORARY or time.monotonic() > deadline:
                    raise
                await asyncio.sleep(refused.retry_ms / 1000)

    async def auth(self, **fields):
        self.identity = await self.persist("auth", **fields)
        return self.identity

    async def join(self, room, after=0, **fields):
        return await self.request("join", room=room, after=after, **fields)

    async def follow(self, room, after=None):
        """Joins page by page until the room is live; resumes after what is known unless told otherwise."""
        position = self.log(room).last if after is None else after
        while True:
            reply = await self.persist("join", room=room, after=position)
            if reply["live"]:
                return reply
            position = self.log(room).last

    async def say(self, room, text, *, mid=None, **fields):
        """Sends a text message and returns `{seq, at, dup}`."""
        return await self.request("send", room=room, mid=mid or new_mid(), kind="text", body={"text": text}, **fields)

    async def write(self, op, room, *, mid=None, **fields):
        """Any other write with a fresh `mid`."""
        return await self.request(op, room=room, mid=mid or new_mid(), **fields)

    async def history(self, room, **fields):
        return await self.request("history", room=room, **fields)

    # ---- the end

    @property
    def close_code(self):
        return self.socket.close_code

    async def closed(self, within=PATIENCE_S):
        """Waits for the hub to close, and returns its code."""
        await asyncio.wait_for(asyncio.shield(self._reader), within)
        self.check()
        return self.close_code

    async def close(self):
        await self.socket.close()
        await self._reader

    async def cut(self):
        """Ends the connection as a torn cable would, without a close frame."""
        self.socket.transport.abort()
        await self._reader
