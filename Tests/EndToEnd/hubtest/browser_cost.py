"""What a page costs its browser: counts, and the processor's own clock, which a busy machine does not falsify."""


class Cost:
    """What the main thread of a window's page has done since, or between two looks.

    `TaskDuration` and its parts are seconds of that thread's processor time, not of the wall
    (https://chromedevtools.github.io/devtools-protocol/tot/Performance/#method-setTimeDomain).
    """

    def __init__(self, window):
        self._window = window
        window.driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        self._before = self._read()

    def since(self):
        """What was added to each figure since the last call."""
        now = self._read()
        added = {name: value - self._before.get(name, 0) for name, value in now.items()}
        self._before = now
        return added

    def _read(self):
        metrics = self._window.driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
        return {each["name"]: each["value"] for each in metrics}


def loaded(window, origin):
    """The resources that came from an origin: how many, their bytes over the wire without heads, and each of them."""
    entries = window.driver.execute_script(
        "return performance.getEntriesByType('resource')"
        ".filter((each) => each.name.startsWith(arguments[0])).map((each) => [each.name, each.encodedBodySize])", origin)
    return len(entries), sum(size for _, size in entries), entries
