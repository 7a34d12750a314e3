"""Figures of the browsers, and the table that docs/performance.md shows."""
import re

# name: what it is, goal in ms at p99, or None
ROWS = {
    "cold.message": ("widget, first view: from the line in the page to the greeting, with a click at once", 1_000),
    "warm.message": ("widget, further views: from the line in the page to the last message, with a click at once", 1_000),
    "cold.button": ("widget, first view: to the button", None),
    "warm.button": ("widget, further views: to the button", None),
    "cold.composer": ("widget, first view: from the click on the button to the composer", None),
    "warm.composer": ("widget, further views: from the click to the composer", None),
    "staffToVisitor": ("a message of the console, from the click to the visitor's screen", 100),
    "visitorToStaff": ("a message of the visitor, from the click to the console's screen", 100),
    "frame": ("a frame while 10,000 messages are scrolled, 120 px each", None),
}


def figures(values):
    """Nearest ranks, in ms."""
    ranked = sorted(values)

    def at(share):
        return round(ranked[min(len(ranked) - 1, int(share * len(ranked)))], 1)

    return {"count": len(ranked), "p50": at(0.5), "p99": at(0.99), "max": round(ranked[-1], 1)}


def table(result):
    lines = [
        f"Measured {result['date']} on {result['cores']} cores, hub at {result['revision']}, load average "
        f"{result['loadBefore']} before, {result['loadAfter']} after. Beside the messages, "
        f"{result['otherMessagesPerSecond']} others a second came in {result['conversations']} conversations.",
        "",
        "| | count | p50 ms | p99 ms | max ms | goal | verdict |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, (words, goal) in ROWS.items():
        found = result["figures"][name]
        verdict = "–" if goal is None else "met" if found["p99"] <= goal else "missed"
        wish = "–" if goal is None else f"≤ {goal:,}"
        lines.append(f"| {words} | {found['count']} | {found['p50']:,} | {found['p99']:,} | {found['max']:,} | {wish} | {verdict} |")
    lines += ["", f"Of 10,000 messages {result['rowsOfTenThousand']} are in the document; a frame of scrolling takes "
              f"{result['frameCpuMs']} ms of the main thread."]
    return "\n".join(lines)


def document(path, text):
    """Puts the table between its marks."""
    page = path.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- browser -->\n).*?(<!-- end of browser -->)", re.DOTALL)
    assert marks.search(page), f"{path} has no place for it: <!-- browser --> … <!-- end of browser -->"
    path.write_text(marks.sub(lambda found: f"{found[1]}{text}\n{found[2]}", page), encoding="utf-8")
