"""docs/asyncapi.yaml is a sound AsyncAPI 3 document and says what docs/protocol.md says."""
import re

import jsonschema
import pytest

from hubtest.contract import DOCUMENT, contract, document, follow, resolve

PROTOCOL = DOCUMENT.with_name("protocol.md").read_text(encoding="utf-8")

# Named by the protocol, and built by later work.
LATER_EVENTS = {"transfer"}


def nodes(node, path="#"):
    yield path, node
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from nodes(child, f"{path}/{key}")


def references():
    return [(path, node["$ref"]) for path, node in nodes(document()) if isinstance(node, dict) and "$ref" in node]


def table(heading):
    """The first column of the table below a heading of the protocol: every `word` in it."""
    section = PROTOCOL.split(f"### {heading}\n")[1].split("\n### ")[0]
    rows = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `")]
    return {word for row in rows for word in re.findall(r"`(\w+)`", row)}


def test_has_the_form_of_asyncapi_3():
    top = document()
    assert top["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= top["info"].keys()
    assert top.keys() <= {"asyncapi", "id", "info", "servers", "defaultContentType", "channels", "operations",
                          "components"}
    for channel in top["channels"].values():
        assert channel["address"].startswith("/") and channel["messages"]
        for server in channel["servers"]:
            assert server["$ref"].startswith("#/servers/")
    for name, message in top["components"]["messages"].items():
        assert message["name"] == name
        assert follow(message["payload"])["type"] == "object"


def test_every_reference_resolves():
    for path, target in references():
        assert resolve(target) is not None, path


def test_nothing_is_left_over():
    used = {target for _, target in references()}
    for kind in ("messages", "schemas"):
        for name in document()["components"][kind]:
            assert f"#/components/{kind}/{name}" in used, name


def test_operations_use_messages_of_their_own_channel():
    for name, operation in document()["operations"].items():
        assert operation["action"] in ("send", "receive"), name
        channel = operation["channel"]["$ref"]
        assert channel in ("#/channels/visitor", "#/channels/staff"), name
        listed = list(operation["messages"])
        if operation["action"] == "receive":
            assert operation["reply"]["channel"]["$ref"] == channel, name
            listed += operation["reply"]["messages"]
        for message in listed:
            assert message["$ref"].startswith(f"{channel}/messages/"), name


def test_every_message_of_a_channel_is_used_by_an_operation():
    used = {target for path, target in references() if path.startswith("#/operations/")}
    for channel, description in document()["channels"].items():
        for message in description["messages"]:
            assert f"#/channels/{channel}/messages/{message}" in used


def test_schemas_are_json_schema():
    for name, schema in document()["components"]["schemas"].items():
        for draft in (jsonschema.Draft7Validator, jsonschema.Draft202012Validator):
            draft.check_schema(schema)
        for path, node in nodes(schema, name):
            if isinstance(node, dict) and node.get("type") == "object" and "properties" in node:
                missing = set(node.get("required", [])) - node["properties"].keys()
                assert not missing, f"{path} requires {missing} and does not describe it"


def test_what_the_hub_sends_lists_all_of_its_fields():
    for name, schema in document()["components"]["schemas"].items():
        if name.endswith(("Event", "Reply", "Join")) and not name.endswith("LogEvent"):
            assert schema["additionalProperties"] is False, name


def test_has_every_operation_of_the_protocol():
    assert contract("staff").commands.keys() == table("Client operations")
    for_staff = {"inbox", "assign", "state", "search", "accept", "decline", "transfer", "help"}
    assert contract("visitor").commands.keys() == table("Client operations") - for_staff


def test_has_every_event_of_the_protocol():
    assert contract("staff").events.keys() == table("Server events") - LATER_EVENTS | {"hello"}
    for_staff = {"conv", "room", "token", "member", "label", "clock", "offer", "offer_end", "help", "mention"}
    assert contract("visitor").events.keys() == table("Server events") - LATER_EVENTS - for_staff | {"hello"}


def test_has_every_error_code_of_the_protocol():
    listed = re.search(r"^Error codes: `([^`]+)`", PROTOCOL, re.MULTILINE).group(1).split()
    assert document()["components"]["schemas"]["ErrorCode"]["enum"] == listed


MESSAGE = {
    "ev": "msg", "room": "r_1", "seq": 1, "at": "2026-11-21T08:00:00.000Z", "mid": "k1", "kind": "text",
    "by": {"kind": "staff", "id": "agent", "name": "نورة"}, "body": {"text": "أهلا"},
}


def test_accepts_the_example():
    contract("visitor").check_event(MESSAGE)
    contract("staff").check_event(MESSAGE | {"anchor": 0, "by": {"kind": "staff", "id": "u_1", "name": "نورة"}})


@pytest.mark.parametrize("wrong", [
    {"anchor": 3},
    {"by": {"kind": "staff", "id": "u_1", "name": "نورة"}},
    {"by": {"kind": "staff", "id": "agent", "name": "نورة", "email": "n@example.com"}},
    {"kind": "file"},
    {"body": {"text": ""}},
    {"seq": 0},
    {"at": "2026-11-21T08:00:00Z"},
    {"extra": 1},
], ids=str)
def test_refuses_what_a_visitor_must_never_see(wrong):
    with pytest.raises(AssertionError, match="not by the contract"):
        contract("visitor").check_event(MESSAGE | wrong)
