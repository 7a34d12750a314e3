"""What a browser's threads did, task by task, as its own trace tells."""
import contextlib
import json

import requests
from websockets.sync.client import connect

LONG_TASK_S = 0.05
"""From here on a task of the main thread is a long one (https://www.w3.org/TR/longtasks-1/)."""

# What the performance panel of the browser itself records the tasks of threads with.
CATEGORIES = ("disabled-by-default-devtools.timeline", "__metadata")


class Trace:
    def __init__(self):
        self.events = []

    @property
    def tasks(self):
        """Seconds of the processor that each task of the pages' main threads took, longest first.

        They are of the thread's own clock: a busy machine lengthens the wall's, not these.
        """
        mains = {
            (event["pid"], event["tid"])
            for event in self.events
            if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
        }
        durations = (
            event.get("tdur", 0) / 1e6
            for event in self.events
            if event["name"] == "RunTask" and event["ph"] == "X" and (event["pid"], event["tid"]) in mains
        )
        return sorted(durations, reverse=True)

    @property
    def blocked(self):
        """Seconds in which a person would have waited for long tasks (https://web.dev/articles/tbt)."""
        return sum(seconds - LONG_TASK_S for seconds in self.tasks if seconds > LONG_TASK_S)


@contextlib.contextmanager
def traced(window):
    """Records all that the browser of a window does meanwhile: `with traced(window) as trace`; `trace.tasks` afterwards.

    https://chromedevtools.github.io/devtools-protocol/tot/Tracing/
    """
    address = window.driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
    version = requests.get(f"http://{address}/json/version", timeout=30).json()
    trace = Trace()
    with connect(version["webSocketDebuggerUrl"], max_size=None, compression=None, legacy=False) as socket:

        def receive():
            return json.loads(socket.recv(timeout=60))

        def call(method, parameters):
            socket.send(json.dumps({"id": 1, "method": method, "params": parameters}))
            while "id" not in (message := receive()):
                pass
            assert "error" not in message, message

        call("Tracing.start", {"traceConfig": {"includedCategories": CATEGORIES, "excludedCategories": ["*"]}})
        yield trace
        call("Tracing.end", {})
        while (message := receive())["method"] != "Tracing.tracingComplete":
            trace.events += message["params"].get("value", ())
        assert not message["params"]["dataLossOccurred"], "the browser has the whole trace"
