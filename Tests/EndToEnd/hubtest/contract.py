"""docs/asyncapi.yaml as a judge of what the hub sends."""
import functools
import pathlib

import jsonschema_rs
import yaml

DOCUMENT = pathlib.Path(__file__).resolve().parents[3] / "docs" / "asyncapi.yaml"


@functools.cache
def document():
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


def resolve(reference):
    """What a local reference points to."""
    node = document()
    assert reference.startswith("#/"), reference
    for part in reference[2:].split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def follow(node):
    while "$ref" in node:
        node = resolve(node["$ref"])
    return node


def validator(schema):
    """A validator of one schema of the document, which may refer to the others."""
    return jsonschema_rs.Draft7Validator({"components": document()["components"], "allOf": [schema]})


class Contract:
    """The messages of one channel: `visitor` or `staff`."""

    def __init__(self, channel):
        self.events, self.replies, self.commands = {}, {}, {}
        for message in document()["channels"][channel]["messages"].values():
            payload = follow(message)["payload"]
            event = follow(payload)["properties"].get("ev")
            if event:
                self.events[event["const"]] = validator(payload)
        for operation in document()["operations"].values():
            if operation["action"] != "receive" or operation["channel"]["$ref"] != f"#/channels/{channel}":
                continue
            command = follow(operation["messages"][0])["payload"]
            name = follow(command)["properties"]["op"]["const"]
            self.commands[name] = validator(command)
            self.replies[name] = validator(
                {"oneOf": [follow(reply)["payload"] for reply in operation["reply"]["messages"]]})
        self.error = validator({"$ref": "#/components/schemas/ErrorReply"})

    def check_event(self, event):
        name = event["ev"]
        assert name in self.events, f"the contract knows no such event here: {event}"
        self._judge(self.events[name], event)

    def check_reply(self, op, reply):
        """`op` is what was asked, or None when the hub answers a frame that no request is known for."""
        self._judge(self.replies.get(op, self.error), reply)

    @staticmethod
    def _judge(judge, frame):
        if not judge.is_valid(frame):
            reasons = "; ".join(f"{list(error.instance_path)}: {error.message}" for error in judge.iter_errors(frame))
            raise AssertionError(f"not by the contract: {frame}\n{reasons}")


@functools.cache
def contract(channel):
    return Contract(channel)
