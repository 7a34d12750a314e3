"""Local stand-ins for the outside services, answering as their documentation says, or as they do on a bad day."""
import contextlib
import http.server
import json
import socket
import threading
import time
from urllib.parse import parse_qs, urlsplit

# What each service answers when all is well.
TOKENS = {"zid": "zid-authorization", "manager": "zid-manager", "openai": "sk-test", "whatsapp": "EAAG-test"}
STORE, PHONE, MODEL = "4242", "106540352242922", "gpt-test"


class Services:
    """One port for Zid, OpenAI and WhatsApp. `mood` is ok, a status, hang, redirect, html or huge."""

    def __init__(self):
        self.mood = "ok"
        self.requests = []
        self.stolen = []
        self.closing = threading.Event()
        services = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                services.answer(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    def settings(self):
        return {
            "ZID_TOKEN": TOKENS["zid"], "ZID_MANAGER_TOKEN": TOKENS["manager"], "ZID_STORE_ID": STORE,
            "ZID_API_URL": f"{self.url}/zid/v1",
            "OPENAI_API_KEY": TOKENS["openai"], "OPENAI_BASE_URL": f"{self.url}/openai/v1", "OPENAI_MODEL": MODEL,
            "WA_TOKEN": TOKENS["whatsapp"], "WA_PHONE_ID": PHONE, "WA_API_URL": f"{self.url}/graph/v23.0",
            "WA_APP_SECRET": "app-secret", "WA_VERIFY_TOKEN": "verify-token",
        }

    def answer(self, request):
        address = urlsplit(request.path)
        service = address.path.split("/")[1]
        if service == "zid" and request.headers["Store-Id"]:
            # The hub looks at the store by itself. It is empty, and nobody counts that.
            store = {"id": int(STORE), "currency": "SAR"}
            return reply(request, 200, {"user": {"store": store}, "results": [], "next": None, "orders": []})
        self.requests.append(address.path)
        if service == "elsewhere":
            self.stolen.append(dict(request.headers))
            return reply(request, 200, {})
        if self.mood == "hang":
            self.closing.wait(30)
            return None
        if self.mood == "redirect":
            return reply(request, 302, {}, {"Location": f"{self.url}/elsewhere"})
        if self.mood == "html":
            return reply(request, 200, "<html>maintenance</html>")
        if self.mood == "huge":
            return reply(request, 200, json.dumps({"data": ["x" * 1000] * 1000}))
        return getattr(self, service)(request, address)

    def zid(self, request, address):
        assert address.path == "/zid/v1/managers/account/profile"
        if self.mood == 429:
            return reply(request, 429, {"message": "Too Many Attempts."})
        if isinstance(self.mood, int):
            return reply(request, self.mood, {"status": "error", "message": {"description": "no"}})
        if request.headers["Authorization"] != f"Bearer {TOKENS['zid']}" or (
                request.headers["X-Manager-Token"] != TOKENS["manager"]):
            return reply(request, 401, {"message": "Unauthenticated."})
        store = {"id": int(STORE), "title": "متجر", "currency": {"code": "SAR"}}
        return reply(request, 200, {"user": {"id": 1, "email": "o@shop.example", "store": store}})

    def openai(self, request, address):
        assert address.path == "/openai/v1/models"
        if isinstance(self.mood, int):
            error = {"message": "Incorrect API key provided: sk-te**st", "type": "invalid_request_error"}
            return reply(request, self.mood, {"error": error})
        if request.headers["Authorization"] != f"Bearer {TOKENS['openai']}":
            return reply(request, 401, {"error": {"message": "Incorrect API key", "code": "invalid_api_key"}})
        return reply(request, 200, {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": "x"}]})

    def graph(self, request, address):
        assert address.path == f"/graph/v23.0/{PHONE}", address.path
        assert "quality_rating" in parse_qs(address.query)["fields"][0]
        codes = {401: 190, 403: 10, 404: 803, 429: 4, 500: 2}
        if isinstance(self.mood, int):
            error = {"message": "(#%d) no" % codes[self.mood], "type": "OAuthException", "code": codes[self.mood],
                     "fbtrace_id": "A"}
            return reply(request, self.mood, {"error": error})
        if request.headers["Authorization"] != f"Bearer {TOKENS['whatsapp']}":
            return reply(request, 401, {"error": {"message": "Invalid OAuth access token", "code": 190}})
        number = {"id": PHONE, "display_phone_number": "+966 50 000 0000", "verified_name": "متجر",
                  "quality_rating": "GREEN"}
        return reply(request, 200, number, {"facebook-api-version": "v23.0"})


def reply(request, status, body, headers=None):
    text = body if isinstance(body, str) else json.dumps(body)
    data = text.encode("utf-8")
    request.send_response(status)
    request.send_header("Content-Type", "text/html" if text.startswith("<") else "application/json")
    request.send_header("Content-Length", str(len(data)))
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    request.end_headers()
    with contextlib.suppress(OSError):
        request.wfile.write(data)


class MailServer:
    """Speaks the first words of SMTP (RFC 5321), or something else."""

    def __init__(self, greeting=b"220 mail.example ESMTP\r\n"):
        self.greeting = greeting
        self.heard = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://user:mail-password@127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def settings(self):
        return {"SMTP_URL": self.url, "EMAIL_TOKENS": "help@shop.example=mailbox-token"}

    def serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.talk, args=(connection,), daemon=True).start()

    def talk(self, connection):
        with connection, contextlib.suppress(OSError):
            if self.greeting is None:
                time.sleep(30)
                return
            connection.sendall(self.greeting)
            for line in connection.makefile("rb"):
                self.heard.append(line)
                if line.startswith(b"EHLO"):
                    connection.sendall(b"250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n")
                elif line.startswith(b"QUIT"):
                    connection.sendall(b"221 bye\r\n")
                    return

    def close(self):
        # Or the thread that waits for a connection would still get one.
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
