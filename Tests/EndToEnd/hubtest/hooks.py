"""A system of the shop's own that takes deliveries, also on a bad day, and checks them with code of its own."""
import base64
import contextlib
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time

from .waiting import wait_for


def signature(secret, name, timestamp, body):
    """As Standard Webhooks 1.0 describes it."""
    key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    assert 24 <= len(key) <= 64
    code = hmac.new(key, f"{name}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(code).decode()


class Taken:
    """One request that arrived."""

    def __init__(self, request, body):
        self.headers = {name.lower(): value for name, value in request.headers.items()}
        self.raw = body
        self.path = request.path
        self.at = time.time()

    @property
    def id(self):
        return self.headers["webhook-id"]

    @property
    def body(self):
        return json.loads(self.raw)

    @property
    def type(self):
        return self.body["type"]

    def signatures(self):
        return self.headers["webhook-signature"].split(" ")

    def verify(self, secret, within=60):
        """Fails unless it is signed with the secret, and lately."""
        timestamp = self.headers["webhook-timestamp"]
        assert abs(self.at - int(timestamp)) < within
        assert signature(secret, self.id, timestamp, self.raw) in self.signatures()


class Receiver:
    """`mood` is a status, or hang, close, garbage, redirect, huge or slow; `script` holds moods of the next requests."""

    def __init__(self, certificate=None):
        self.mood, self.script, self.headers = 200, [], {}
        self.taken, self.stolen = [], []
        self.closing = threading.Event()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                with contextlib.suppress(OSError):
                    receiver.answer(self)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        # A refused handshake is what some tests want.
        self.server.handle_error = lambda *_: None
        scheme = "http"
        if certificate is not None:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.chain, certificate.key)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self.server.server_port
        self.url = f"{scheme}://127.0.0.1:{self.port}/hook?key=planted-in-the-address"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        if request.path.startswith("/stolen"):
            self.stolen.append(body)
            return self.reply(request, 200)
        self.taken.append(Taken(request, body))
        mood = self.script.pop(0) if self.script else self.mood
        request.close_connection = True
        if mood == "hang":
            self.closing.wait(60)
        elif mood == "garbage":
            request.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        elif mood == "redirect":
            self.reply(request, 307, {"Location": f"http://127.0.0.1:{self.port}/stolen"})
        elif mood == "huge":
            self.reply(request, 200, text="x" * 1_000_000)
        elif mood == "slow":
            time.sleep(0.3)
            self.reply(request, 200)
        elif mood != "close":
            self.reply(request, mood, self.headers)
        return None

    @staticmethod
    def reply(request, status, headers=None, text="planted-in-the-answer"):
        request.send_response(status)
        for name, value in (headers or {}).items():
            request.send_header(name, value)
        if status != 204:
            request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        if status != 204:
            request.wfile.write(text.encode())

    def of(self, kind):
        return [each for each in list(self.taken) if each.type == kind]

    def wait(self, count, kind=None, within=40):
        """All requests of a type, once there are so many."""
        def arrived():
            found = list(self.taken) if kind is None else self.of(kind)
            return found if len(found) >= count else None

        return wait_for(arrived, within, f"{count} deliveries of {kind or 'any type'}: {self.taken}")
