"""The local language model, `hub-fakes openai`, as a process of its own."""
import json
import re

import requests

from .fake import Fake

KEY, MODEL, EMBEDDING_MODEL = "sk-test", "fake-chat", "fake-embedding"


def tool(name, **properties):
    """A tool as a request offers it; properties are names with their JSON types."""
    schema = {"type": "object", "properties": {key: {"type": kind} for key, kind in properties.items()},
              "required": list(properties)}
    return {"type": "function", "function": {"name": name, "parameters": schema}}


def user(text):
    return {"role": "user", "content": text}


def called(name, result, identity="call_1"):
    """What a conversation holds after a tool was called."""
    call = {"id": identity, "type": "function", "function": {"name": name, "arguments": "{}"}}
    return [{"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": identity, "content": json.dumps(result, ensure_ascii=False)}]


def events(body):
    """The data of the events in a stream's bytes, by the rules of server-sent events."""
    found, lines = [], []
    for line in re.split("\r\n|\n|\r", body.decode()) + [""]:
        if line.startswith("data:"):
            lines.append(line[5:].removeprefix(" "))
        elif line == "" and lines:
            found.append("\n".join(lines))
            lines = []
    return found


def answers_first(hub):
    """Sets up that the assistant meets new conversations, without waiting for more of what a customer writes."""
    rest = hub.admin.rest()
    for name, value in {"answers_first": True, "patience_ms": 50}.items():
        answer = rest.call("PATCH", f"/settings/assistant.{name}", json={"value": value})
        assert answer.status_code == 200, answer.text


class Answer:
    """A streamed answer put together; `is_complete` says that a finish reason and `[DONE]` came."""

    def __init__(self, body):
        self.text, self.refusal, self.calls, self.reason, self.usage, self.errors = "", "", {}, None, None, []
        self.order = []
        data = events(body)
        self.is_complete = data[-1:] == ["[DONE]"]
        for chunk in map(json.loads, [each for each in data if each != "[DONE]"]):
            if "error" in chunk:
                self.errors.append(chunk["error"])
                continue
            self.usage = chunk.get("usage") or self.usage
            for choice in chunk["choices"]:
                self.take(choice["delta"])
                self.reason = choice["finish_reason"] or self.reason
        self.is_complete = self.is_complete and self.reason is not None

    def take(self, delta):
        self.text += delta.get("content") or ""
        self.refusal += delta.get("refusal") or ""
        for fragment in delta.get("tool_calls", []):
            call = self.calls.setdefault(fragment["index"], {"id": None, "name": None, "arguments": ""})
            self.order.append(fragment["index"])
            call["id"] = call["id"] or fragment.get("id")
            call["name"] = call["name"] or fragment["function"].get("name")
            call["arguments"] += fragment["function"]["arguments"]


class OpenAI(Fake):
    def __init__(self, tokens_per_second=0):
        super().__init__("openai", "--key", KEY, "--model", MODEL, "--embedding-model", EMBEDDING_MODEL,
                         "--tokens-per-second", tokens_per_second)

    def settings(self):
        """What a client must be told to use it."""
        return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{self.url}/v1", "OPENAI_MODEL": MODEL}

    # ---- what tests do

    def set(self, **settings):
        self.control("settings", settings)

    def fault(self, kind, **more):
        self.control("faults", {"kind": kind} | more)

    def script(self, *rules, keep=False):
        self.control("script", {"rules": list(rules), "keep": keep})

    def says(self, text, **delivery):
        """Whatever is asked, this is the answer."""
        self.script({"answer": {"text": text}, "delivery": delivery})

    def reset(self):
        self.control("reset")

    def log(self):
        return self.read("log")

    def last(self):
        """The last request of the log."""
        return self.log()["requests"][-1]

    # ---- what a client does

    def call(self, method, path, body=None, key=KEY, **options):
        headers = {"Authorization": f"Bearer {key}"}
        options = {"timeout": 30} | options
        return requests.request(method, f"{self.url}/v1/{path}", json=body, headers=headers, **options)

    @staticmethod
    def body(said, more):
        """A request; `said` is the messages, or what the user wrote."""
        return {"model": MODEL, "messages": [user(said)] if isinstance(said, str) else said} | more

    def chat(self, said, key=KEY, **more):
        """A completion in one piece."""
        return self.call("POST", "chat/completions", self.body(said, more), key)

    def open(self, said, **more):
        """A streamed completion whose body is still to be read."""
        return self.call("POST", "chat/completions", self.body(said, {"stream": True} | more), stream=True)

    def stream(self, said, **more):
        """A streamed completion, put together."""
        with self.open(said, **more) as response:
            assert response.status_code == 200, response.text
            assert response.headers["content-type"].startswith("text/event-stream")
            return Answer(b"".join(response.iter_content(None)))

    def embed(self, texts, **more):
        return self.call("POST", "embeddings", {"model": EMBEDDING_MODEL, "input": texts} | more)
