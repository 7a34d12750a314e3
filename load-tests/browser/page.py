"""A shop's page that embeds the widget by one line, and notes when it came to that line."""
from hubtest.shop_page import ShopPage

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


class Shop(ShopPage):
    def content(self):
        return PAGE.format(hub=self.hub.url, watch=WATCH)
