"""A shop's page that embeds the widget by one line, and notes when it came to that line."""
import http.server
import threading

PAGE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>متجر</title>
<link rel="icon" href="data:,"></head><body><main><h1>متجر</h1></main>
<script>{watch}</script>
<script type="module" src="{hub}/widget.js"></script></body></html>"""

# Looks once in every frame, so that what it says was drawn at the latest: the frame after the one that has it.
# Whoever opens the chat does it in the very frame that shows the button; it was shut in the view before.
WATCH = """
    sessionStorage.clear();
    window.times = { tag: performance.now() };
    const shows = (root, selector) => [...(root?.querySelectorAll(selector) ?? [])].some((each) => each.getClientRects().length > 0);
    const stages = [
        ['button', (root) => shows(root, '.launcher'), (root) => root.querySelector('.launcher').click()],
        ['composer', (root) => shows(root, '.composer-text')],
        ['message', (root) => (window.known ? shows(root, '.message') : shows(root, '.welcome p') && root.querySelector('.welcome p').textContent)],
    ];
    const look = () => {
        const [[name, isThere, then]] = stages;
        const root = document.querySelector('twocards-chat')?.shadowRoot;
        if (!root || !isThere(root)) return requestAnimationFrame(look);
        stages.shift();
        requestAnimationFrame(() => {
            window.times[name] = performance.now();
            then?.(root);
            if (stages.length > 0) look();
        });
    };
    window.known = Object.keys(localStorage).some((key) => key.endsWith(':visitor'));
    look();
"""


class Shop:
    def __init__(self):
        shop = self
        self.hub = None

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = PAGE.format(hub=shop.hub.url, watch=WATCH).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
