"""A socket by hand, for requests and frames that no library would send."""
import json
import socket
import time
import zlib

KEY = "dGhlIHNhbXBsZSBub25jZQ=="
# What the RFC's own example key is answered with (RFC 6455 section 1.3).
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

VISITOR_PATH = "/api/v1/chat/ws/public"


class Answer:
    """The head of an HTTP response, and what came behind it."""

    def __init__(self, raw):
        head, self.rest = raw.split(b"\r\n\r\n", 1)
        line, *fields = head.decode("latin-1").split("\r\n")
        self.status = int(line.split(" ")[1])
        self.fields = [(name.lower(), value.strip()) for name, value in (field.split(":", 1) for field in fields)]

    def __getitem__(self, name):
        """The values of a field, joined as HTTP does; None when it is absent."""
        values = [value for each, value in self.fields if each == name]
        return ", ".join(values) if values else None

    def problem(self):
        """The body, checked to be the problem document that every refusal has to be (RFC 9457)."""
        assert self["content-type"] == "application/problem+json", self.fields
        assert len(self.rest) == int(self["content-length"]), self.rest
        problem = json.loads(self.rest)
        assert problem["status"] == self.status and problem["code"] and problem["detail"], problem
        return problem


class Wire:
    """One TCP connection to a hub. Reading ends with an error after `within` seconds."""

    def __init__(self, hub, within=10):
        self.socket = socket.create_connection(("127.0.0.1", hub.port), timeout=within)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def drip(self, data, pause):
        """Sends byte by byte; returns whether the hub took them all."""
        try:
            for at in range(len(data)):
                self.socket.sendall(data[at:at + 1])
                time.sleep(pause)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def read_to_end(self):
        """Everything until the hub ends its side."""
        received = b""
        while chunk := self._receive():
            received += chunk
        return received

    def _receive(self):
        try:
            return self.socket.recv(65536)
        except ConnectionResetError:
            return b""

    def answer(self):
        """The response with the body that it announces, for a connection that stays open."""
        received = b""
        while not self._is_whole(received):
            chunk = self._receive()
            assert chunk, f"the hub ended the connection after {received!r}"
            received += chunk
        return Answer(received)

    @staticmethod
    def _is_whole(received):
        if b"\r\n\r\n" not in received:
            return False
        answer = Answer(received)
        return len(answer.rest) >= int(answer["content-length"] or 0)

    def upgrade(self, extensions=None):
        """Turns into a WebSocket and returns the 101."""
        self.send(handshake({"Sec-WebSocket-Extensions": extensions}))
        answer = self.answer()
        assert answer.status == 101 and answer["sec-websocket-accept"] == ACCEPT, answer.fields
        return answer

    def close_code(self):
        """Reads until the hub ends its side; the code of its close frame, or None when there was none."""
        received = self.read_to_end()
        at = received.rfind(b"\x88")
        return None if at < 0 else int.from_bytes(received[at + 2:at + 4], "big")


def handshake(changes=None, *, method="GET", path=VISITOR_PATH, version="HTTP/1.1"):
    """An opening handshake; `changes` replaces or adds fields, and leaves out those that are None."""
    fields = {"Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": KEY,
              "Sec-WebSocket-Version": "13"} | (changes or {})
    lines = [f"{method} {path} {version}"] + [f"{name}: {value}" for name, value in fields.items() if value is not None]
    return "\r\n".join([*lines, "", ""]).encode()


def frame(opcode, payload=b"", *, final=True, rsv=0, mask=b"\x37\xfa\x21\x3d", announced=None):
    """A client frame with every bit under control."""
    length = len(payload) if announced is None else announced
    first = final << 7 | rsv << 4 | opcode
    bit = 0 if mask is None else 0x80
    if length < 126:
        head = bytes([first, bit | length])
    elif length < 65536:
        head = bytes([first, bit | 126]) + length.to_bytes(2, "big")
    else:
        head = bytes([first, bit | 127]) + length.to_bytes(8, "big")
    if mask is None:
        return head + payload
    return head + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def deflated(data, window=15):
    """A message as permessage-deflate puts it into frames (RFC 7692 section 7.2.1)."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -window)
    compressed = stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)
    assert compressed.endswith(b"\x00\x00\xff\xff")
    return compressed[:-4]
