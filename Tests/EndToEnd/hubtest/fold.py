"""Snapshots and events by the words of docs/protocol.md, written apart from the hub's own code."""
import copy

CHANGES = {"edit", "del", "react", "status"}
NOTICES = {"assign", "state", "member", "label", "transfer", "clock", "run"}
RANK = {"queued": 0, "sent": 1, "delivered": 2, "read": 3}


class History:
    """Messages with everything applied, and the other durable events, up to `as_of`."""

    def __init__(self, messages=(), notices=(), as_of=0):
        self.messages = {message["seq"]: copy.deepcopy(message) for message in messages}
        self.notices = list(copy.deepcopy(notices))
        self.as_of = as_of

    def __eq__(self, other):
        return (self.messages, self.notices, self.as_of) == (other.messages, other.notices, other.as_of)

    def __repr__(self):
        return f"History(as_of={self.as_of}, messages={list(self.messages.values())}, notices={self.notices})"

    def apply(self, event):
        """Old snapshot + event = new snapshot."""
        assert event["seq"] == self.as_of + 1, f"{event} does not follow {self.as_of}"
        self.as_of = event["seq"]
        name = event["ev"]
        if name == "msg":
            self._add(event)
        elif name in CHANGES:
            getattr(self, f"_{name}")(self.messages[event["target"]], event)
        else:
            assert name in NOTICES, event
            self.notices.append(copy.deepcopy(event))

    def _add(self, event):
        kept = ("seq", "at", "by", "mid", "kind", "body", "reply_to", "anchor")
        message = {key: copy.deepcopy(event[key]) for key in kept if key in event}
        self.messages[event["seq"]] = message | {"reactions": []}

    @staticmethod
    def _edit(message, event):
        message["body"] = copy.deepcopy(event["body"])
        if event["by"]["kind"] != "system":
            message["edited"] = {"seq": event["seq"], "at": event["at"]}

    @staticmethod
    def _del(message, event):
        message["body"] = None
        message["reactions"] = []
        message["deleted"] = {"seq": event["seq"], "at": event["at"], "by": event["by"]}

    @staticmethod
    def _react(message, event):
        reactions = message["reactions"]
        group = next((one for one in reactions if one["emoji"] == event["emoji"]), None)
        here = group is not None and any(same_person(who, event["by"]) for who in group["by"])
        if event["on"] and group is None:
            reactions.append({"emoji": event["emoji"], "by": [event["by"]]})
        elif event["on"] and not here:
            group["by"].append(event["by"])
        elif not event["on"] and here:
            group["by"] = [who for who in group["by"] if not same_person(who, event["by"])]
            message["reactions"] = [one for one in reactions if one["by"]]

    @staticmethod
    def _status(message, event):
        old = message.get("status")
        rises = old is None or event["state"] == "failed" or (
            old["state"] in RANK and RANK[event["state"]] > RANK[old["state"]])
        if rises:
            message["status"] = {key: event[key] for key in ("state", "at", "err") if key in event}


def same_person(one, other):
    return (one["kind"], one["id"]) == (other["kind"], other["id"])


def folded(events, onto=None):
    history = copy.deepcopy(onto) if onto else History()
    for event in events:
        history.apply(event)
    return history
