"""What one client has seen of one room, kept as the protocol asks of every client."""


class RoomLog:
    """Raises as soon as the hub repeats, skips or changes an event."""

    def __init__(self, room):
        self.room = room
        self.events = []
        self.start = 0
        self.is_live = False
        self.head = 0

    @property
    def last(self):
        return self.events[-1]["seq"] if self.events else self.start

    def seqs(self):
        return [event["seq"] for event in self.events]

    def mids(self):
        return [event["mid"] for event in self.events if event["ev"] == "msg"]

    def texts(self):
        return [event["body"].get("text") for event in self.events if event["ev"] == "msg"]

    def event(self, seq):
        return self.events[seq - self.start - 1]

    def joined(self, after, reply):
        """Takes in a join reply that was asked for with `after`."""
        if after == "now":
            after = reply["head"] - len(reply["events"])
        if after > self.last or after < self.start:
            self.events, self.start = [], after
        expected = after
        for event in reply["events"]:
            expected += 1
            assert event["seq"] == expected, f"{self.room}: joined after {after}, got {event['seq']} for {expected}"
            assert event["room"] == self.room, event
            if event["seq"] <= self.last:
                assert event == self.event(event["seq"]), f"{self.room}: {event['seq']} has changed"
            else:
                self.events.append(event)
        assert reply["head"] >= expected, reply
        if reply["live"]:
            assert self.last == reply["head"], f"{self.room}: live at {reply['head']}, but known up to {self.last}"
        self.is_live = reply["live"]
        self.head = reply["head"]

    def pushed(self, event):
        assert self.is_live, f"{self.room} is not live, but was pushed {event}"
        assert event["seq"] == self.last + 1, f"{self.room}: pushed {event['seq']} after {self.last}"
        self.events.append(event)
        self.head = event["seq"]
