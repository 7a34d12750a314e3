"""A page on an origin of its own, as that of a shop which embeds the widget."""
import http.server
import threading


class ShopPage:
    """Serves one page at `url`. `content()` makes it anew for each view; `hub` is there for it."""

    hub = None

    def __init__(self):
        shop = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                content = shop.content().encode() if self.path.split("?")[0] == "/" else b""
                self.send_response(200 if content else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def content(self):
        raise NotImplementedError

    def close(self):
        self._server.shutdown()
        self._server.server_close()
