"""Somebody between a browser and its hub who changes what comes by."""
import http.client
import http.server
import threading
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Tampering:
    """Carries HTTP to a hub, and changes one byte of the comment at the head of each module that is named in `names`.

    The module would do what it does, were it not for whoever compares its bytes. `changed` has the names of those that
    were changed.
    """

    def __init__(self, url):
        self.names = set()
        self.changed = set()
        between = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                between.carry(self)

            do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

            def log_message(self, *_):
                pass

        self._hub = urlsplit(url).netloc
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def carry(self, request):
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        far = http.client.HTTPConnection(self._hub, timeout=60)
        try:
            # As it is, so that its words can be read.
            far.request(request.command, request.path, body or None, headers | {"Accept-Encoding": "identity"})
            answer = far.getresponse()
            found = self._tampered(request.path, answer.read())
        finally:
            far.close()
        request.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                request.send_header(name, value)
        if answer.status not in (204, 304):
            request.send_header("Content-Length", str(len(found)))
        request.end_headers()
        request.wfile.write(found)

    def _tampered(self, path, text):
        name = next((each for each in self.names if path.endswith(f"/{each}")), None)
        if name is None:
            return text
        assert text.startswith(b"/** ") or text.startswith(b"/**\n"), f"{name} begins with a comment"
        self.changed.add(name)
        return text.replace(b"/**", b"/*!", 1)
