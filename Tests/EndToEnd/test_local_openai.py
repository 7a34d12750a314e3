"""The local language model itself: what tests of the assistant rely on."""
import base64
import json
import math
import struct
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from hubtest.openai import EMBEDDING_MODEL, MODEL, Answer, OpenAI, called, events, tool, user
from hubtest.waiting import wait_for

TEXT = "مرحبًا بك 😀 هذه إجابة طويلة بعض الشيء.\nSecond line, \"quoted\".\u2028End."
TOOLS = [tool("search_products", query="string"), tool("search_articles", query="string"),
         tool("order_status", order="string"), tool("hand_over", reason="string")]


@pytest.fixture(scope="module")
def server():
    server = OpenAI()
    yield server
    server.close()


@pytest.fixture
def openai(server):
    server.reset()
    return server


def test_it_lists_its_models_to_who_has_the_key(openai):
    answer = openai.call("GET", "models")
    assert [each["id"] for each in answer.json()["data"]] == [MODEL, EMBEDDING_MODEL]
    assert answer.headers["x-request-id"].startswith("req_") and answer.headers["x-ratelimit-remaining-requests"]
    refused = openai.call("GET", "models", key="other")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "invalid_api_key")
    assert openai.chat("x", key="other").status_code == 401
    unknown = openai.chat("x", model="gpt")
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (404, "model_not_found")


def test_an_answer_comes_whole_or_streamed(openai):
    openai.says(TEXT)
    whole = openai.chat("x").json()
    assert whole["choices"][0]["message"]["content"] == TEXT and whole["choices"][0]["finish_reason"] == "stop"
    plain = openai.stream("x")
    assert (plain.text, plain.reason, plain.usage, plain.is_complete) == (TEXT, "stop", None, True)
    counted = openai.stream("x", stream_options={"include_usage": True})
    assert counted.usage == whole["usage"]
    with openai.open("x", stream_options={"include_usage": True}) as response:
        data = events(response.content)
    assert json.loads(data[-2])["choices"] == [] and data[-1] == "[DONE]"


@pytest.mark.parametrize("delivery", [
    {"line_ending": "crlf"}, {"line_ending": "cr"}, {"comments": True}, {"obfuscation": True}, {"split_data": True},
    {"space": False}, {"other_fields": True}, {"last_blank_line": False}, {"chunk": 1}, {"chunk": 7},
    {"chunk": 3, "line_ending": "crlf", "comments": True, "split_data": True}], ids=str)
def test_every_freedom_of_the_format_is_taken(openai, delivery):
    openai.says(TEXT, **delivery)
    answer = openai.stream("x")
    assert answer.text == TEXT and answer.is_complete


def test_framing_is_what_was_asked_for(openai):
    def body(**delivery):
        openai.says(TEXT, **delivery)
        with openai.open("x") as response:
            return response.content
    assert b"\r" not in body() and body().endswith(b"data: [DONE]\n\n")
    crlf = body(line_ending="crlf")
    assert crlf.count(b"\r\n") == crlf.count(b"\n")
    cr = body(line_ending="cr")
    assert b"\n" not in cr and cr.endswith(b"data: [DONE]\r\r")
    assert body(comments=True).startswith(b": ") and b"obfuscation" in body(obfuscation=True)
    assert body(last_blank_line=False).endswith(b"[DONE]\n") and body(space=False).startswith(b"data:{")
    assert TEXT[:5].encode() in body(), "text is sent as UTF-8"
    openai.says(TEXT, chunk=1)
    with openai.open("x") as response:
        assert {len(chunk) for chunk in response.raw.read_chunked()} == {1}


def test_calls_come_in_fragments_side_by_side(openai):
    calls = [{"name": "search_products", "arguments": {"query": "بطاقة {user}"}},
             {"name": "search_articles", "arguments": {"query": "refund"}}]
    rule = {"answer": {"text": "لحظة", "tool_calls": calls}}
    openai.script(rule)
    answer = openai.stream("ستيم", tools=TOOLS)
    assert answer.text == "لحظة" and answer.reason == "tool_calls"
    assert [call["name"] for call in answer.calls.values()] == ["search_products", "search_articles"]
    assert json.loads(answer.calls[0]["arguments"]) == {"query": "بطاقة ستيم"}
    assert answer.order[:4] == [0, 1, 0, 1] and len({call["id"] for call in answer.calls.values()}) == 2
    whole = openai.chat("ستيم", tools=TOOLS).json()["choices"][0]["message"]["tool_calls"]
    assert [call["function"]["arguments"] for call in whole] == [call["arguments"] for call in answer.calls.values()]
    for delivery in [{"interleaved": False}, {"whole_tool_calls": True}, {"repeated_names": True}]:
        openai.script(rule | {"delivery": delivery})
        again = openai.stream("ستيم", tools=TOOLS)
        assert [call["arguments"] for call in again.calls.values()] == \
            [call["arguments"] for call in answer.calls.values()]
    alone = openai.stream("x", tools=TOOLS, parallel_tool_calls=False)
    assert len(alone.calls) == 1


def test_refusals_limits_and_forced_calls(openai):
    openai.script({"answer": {"refusal": "لا أستطيع ذلك"}})
    assert openai.stream("x").refusal == "لا أستطيع ذلك"
    assert openai.chat("x").json()["choices"][0]["message"]["content"] is None
    openai.says("one two three four five")
    short = openai.stream("x", max_completion_tokens=2)
    assert (short.text, short.reason) == ("one two", "length")
    forced = openai.stream("x", tools=TOOLS, tool_choice={"type": "function", "function": {"name": "hand_over"}})
    assert (forced.calls[0]["name"], forced.reason) == ("hand_over", "stop")
    assert openai.stream("x", tools=TOOLS, tool_choice="required").reason == "tool_calls"


def test_the_assistant_of_a_shop(openai):
    def asks(text):
        return [(call["name"], json.loads(call["arguments"])) for call in openai.stream(text, tools=TOOLS).calls.values()]
    assert "وعليكم السلام" in openai.stream("السلام عليكم", tools=TOOLS).text
    assert "Hello" in openai.stream("Hello", tools=TOOLS).text
    assert asks("كم سعر بطاقة آيتونز 100؟") == [("search_products", {"query": "آيتونز 100"})]
    assert asks("وين طلبي A-10234") == [("order_status", {"order": "A-10234"})]
    assert asks("أبغى موظّف")[0][0] == asks("I want a human")[0][0] == "hand_over"
    assert asks("what is your refund policy")[0][0] == "search_articles"
    both = asks("كم سعر بطاقة ستيم وما سياسة الاسترجاع؟")
    assert [name for name, _ in both] == ["search_products", "search_articles"] and both[0][1] == {"query": "ستيم"}
    assert openai.stream("كم سعر ستيم").calls == {}, "nothing is called that is not offered"
    found = called("search_products", {"products": [{"title": "ستيم 50", "price": "49.50"}]})
    assert "ستيم 50: 49.50 ريال" in openai.stream([user("كم سعر ستيم"), *found], tools=TOOLS).text
    nothing = called("search_products", [])
    assert "لم أجد" in openai.stream([user("كم سعر ستيم"), *nothing], tools=TOOLS).text
    order = called("order_status", {"order": {"number": "17", "status": "delivered"}})
    assert openai.stream([user("my order 17"), *order], tools=TOOLS).text == "Your order 17: delivered."
    for word, start in [("Write a summary", "ملخص"), ("اقترح رد", "أهلًا"), ("Translate", "How much")]:
        system = {"role": "system", "content": word}
        assert openai.stream([system, user("كم سعر بطاقة ستيم؟")]).text.startswith(start)


def test_a_script_answers_by_turn_tool_and_times(openai):
    openai.script(
        {"when": {"turn": 1, "text": "أَهلاً"}, "answer": {"text": "first"}},
        {"when": {"after_tool": "lookup", "result": "blue"}, "answer": {"text": "{tool.lookup.0.name|\"?\"}!"}},
        {"when": {"regex": r"no (\d+)"}, "answer": {"text": "{match.1}"}},
        {"when": {"tools": ["hand_over"]}, "answer": {"text": "once"}, "times": 1},
        {"answer": {"text": "else"}})
    assert openai.stream("اهلا بك").text == "first"
    assert openai.stream([user("اهلا"), {"role": "assistant", "content": "x"}, user("اهلا")]).text == "else"
    assert openai.stream([user("x"), *called("lookup", {"items": [{"name": "blue"}]})]).text == "blue!"
    assert openai.stream("the NO 42").text == "42"
    assert [openai.stream("x", tools=TOOLS).text for _ in range(2)] == ["once", "else"]
    refused = requests.post(f"{openai.url}/fake/script", json={"rules": [{"wenn": {}}]}, timeout=10)
    assert refused.status_code == 400 and "wenn" in refused.text


@pytest.mark.parametrize("change, param", [
    ({"messages": []}, "messages"),
    ({"messages": [{"role": "boss", "content": "x"}]}, "messages[0].role"),
    ({"messages": [user("x"), called("a", 1)[0]]}, "messages"),
    ({"messages": [user("x"), *called("a", 1), called("a", 1)[1]]}, "messages[3].tool_call_id"),
    ({"messages": [user("x"), called("a", 1)[1]]}, "messages[1].role"),
    ({"max_completion_tokens": 0}, "max_completion_tokens"),
    ({"tools": [tool("two words")]}, "tools[0].function.name"),
    ({"tools": []}, "tools"),
    ({"tool_choice": "auto"}, "tool_choice"),
    ({"stream_options": {"include_usage": True}}, "stream_options"),
    ({"temperature": 3}, "temperature"),
    ({"max_output": 1}, "max_output")], ids=lambda each: each if isinstance(each, str) else None)
def test_a_wrong_request_is_refused_with_its_place(openai, change, param):
    answer = openai.chat("x", **change)
    error = answer.json()["error"]
    assert (answer.status_code, error["type"], error["param"]) == (400, "invalid_request_error", param)
    assert openai.last()["status"] == 400


def test_servers_that_know_less(openai):
    openai.set(rejected_fields=["stream_options", "developer"], context_tokens=50)
    with openai.open("x", stream_options={"include_usage": True}) as refused:
        assert refused.status_code == 400 and refused.json()["error"]["param"] == "stream_options"
    assert openai.stream("x").is_complete
    assert openai.chat([{"role": "developer", "content": "x"}]).json()["error"]["param"] == "messages[0].role"
    assert openai.chat("long " * 60).json()["error"]["code"] == "context_length_exceeded"


def test_vectors_are_near_for_common_words(openai):
    texts = ["بطاقة آيتونز أمريكي", "البطاقه ايتونز", "سياسة الاسترجاع"]
    answer = openai.embed(texts, dimensions=256).json()
    card, same, other = [each["embedding"] for each in answer["data"]]
    assert [each["index"] for each in answer["data"]] == [0, 1, 2] and len(card) == 256
    assert math.isclose(math.fsum(x * x for x in card), 1, rel_tol=1e-5)

    def cosine(one, two):
        return math.fsum(a * b for a, b in zip(one, two))
    assert cosine(card, same) > 0.5 > cosine(card, other) + 0.2
    packed = openai.embed(texts[0], dimensions=256, encoding_format="base64").json()["data"][0]["embedding"]
    assert list(struct.unpack("<256f", base64.b64decode(packed))) == pytest.approx(card)
    assert len(openai.embed("x").json()["data"][0]["embedding"]) == 1536
    for wrong in [{"input": ""}, {"input": []}, {"input": ["x", ""]}]:
        refused = openai.embed("x", **wrong)
        assert refused.status_code == 400 and refused.json()["error"]["param"] == "input"
    assert openai.embed("x", dimensions=0).json()["error"]["param"] == "dimensions"


@pytest.mark.parametrize("kind, more, status, code", [
    ("invalid_key", {}, 401, "invalid_api_key"), ("rate_limit", {}, 429, "rate_limit_exceeded"),
    ("insufficient_quota", {}, 429, "insufficient_quota"), ("server_error", {}, 500, None),
    ("server_error", {"http": 504}, 504, None), ("overloaded", {}, 503, "server_is_overloaded"),
    ("context_length", {}, 400, "context_length_exceeded"), ("numeric_code", {}, 503, 503)])
def test_errors_on_demand(openai, kind, more, status, code):
    openai.fault(kind, times=2, **more)
    answers = [openai.chat("x"), openai.chat("x", stream=True), openai.chat("x")]
    assert [answer.status_code for answer in answers] == [status, status, 200]
    assert answers[0].json()["error"]["code"] == code and "retry-after" not in answers[0].headers


def test_retry_after_comes_when_asked_for(openai):
    openai.fault("rate_limit", retry_after=2.5, retry_after_ms=2500)
    openai.fault("rate_limit", retry_after="Wed, 21 Oct 2026 07:28:00 GMT")
    one, two = openai.chat("x"), openai.chat("x")
    assert (one.headers["retry-after"], one.headers["retry-after-ms"]) == ("2.5", "2500")
    assert two.headers["retry-after"].endswith("GMT")
    openai.set(requests_per_minute=2)
    answers = [openai.chat("x") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["retry-after-ms"]) <= 30000
    assert answers[2].headers["x-ratelimit-remaining-requests"] == "0"


def test_bodies_that_are_no_errors(openai):
    for kind in ["html", "bare_string", "error_string", "detail", "empty"]:
        openai.fault(kind)
    answers = [openai.chat("x") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [502, 500, 500, 422, 200]
    assert answers[0].text.startswith("<html>") and isinstance(answers[1].json(), str)
    assert isinstance(answers[2].json()["error"], str) and "detail" in answers[3].json() and answers[4].text == ""
    openai.fault("html", on="embeddings")
    openai.fault("server_error", on="models")
    assert (openai.embed("x").status_code, openai.call("GET", "models").status_code) == (502, 500)


def read(openai, **more):
    """The bytes of a streamed answer, and whether the connection was cut."""
    body = b""
    try:
        with openai.open("x", **more) as response:
            for chunk in response.iter_content(None):
                body += chunk
    except requests.exceptions.RequestException:
        return body, True
    return body, False


def test_streams_that_end_too_early(openai):
    openai.says(TEXT)
    openai.fault("truncated", after_bytes=400)
    body, is_cut = read(openai)
    assert not is_cut and len(body) == 400 and not Answer(body[:body.rindex(b"data:")]).is_complete
    openai.fault("truncated")
    body, is_cut = read(openai)
    assert not is_cut and Answer(body).text == TEXT and Answer(body).reason is None
    openai.fault("unfinished")
    body, is_cut = read(openai)
    assert not is_cut and events(body)[-1] == "[DONE]" and Answer(body).reason is None
    for kind in ["cut", "reset"]:
        openai.fault(kind, after_bytes=300)
        body, is_cut = read(openai)
        assert is_cut and len(body) == 300
        wait_for(lambda: openai.last()["end"] == kind, 20, "the end in the log")
        assert openai.last()["sent_bytes"] == 300
    openai.fault("truncated")
    with pytest.raises(ValueError):
        openai.chat("x").json()


def test_streams_that_break_in_the_middle(openai):
    openai.says(TEXT)
    openai.fault("malformed", after_events=3)
    data = events(read(openai)[0])
    assert json.loads(data[2])
    with pytest.raises(ValueError):
        json.loads(data[3])
    openai.fault("stream_error", after_events=3, code="slow_down")
    answer = Answer(read(openai)[0])
    assert answer.errors[0]["code"] == "slow_down" and answer.text and not answer.is_complete
    openai.fault("comments_only", ms=200)
    body, is_cut = read(openai)
    assert body.startswith(b":") and events(body) == [] and not is_cut
    openai.fault("split_utf8")
    openai.fault("crlf")
    assert Answer(read(openai)[0]).text == Answer(read(openai)[0]).text == TEXT


def test_streams_that_stall(openai):
    openai.says(TEXT)
    openai.fault("silence", ms=400)
    start = time.monotonic()
    with openai.open("x"):
        assert time.monotonic() - start >= 0.4, "the head waits as well"
    openai.fault("stall", after_bytes=500, ms=3000)
    start, times = time.monotonic(), []
    with openai.open("x") as response:
        body = b""
        for chunk in response.raw.stream(65536):
            body += chunk
            times.append((len(body), time.monotonic() - start))
    assert max(moment for length, moment in times if length <= 500) < 2.5
    assert min(moment for length, moment in times if length > 500) >= 3 and Answer(body).is_complete


def test_what_a_model_gets_wrong(openai):
    openai.script({"answer": {"tool_calls": [{"name": "hand_over", "arguments": {"reason": "x"}}]}})
    for kind in ["invalid_arguments", "undeclared_argument", "unknown_tool"]:
        openai.fault(kind)
    calls = [openai.stream("x", tools=TOOLS).calls[0] for _ in range(4)]
    with pytest.raises(ValueError):
        json.loads(calls[0]["arguments"])
    assert set(json.loads(calls[1]["arguments"])) == {"reason", "never_declared"}
    assert calls[2]["name"] not in [each["function"]["name"] for each in TOOLS]
    assert (calls[3]["name"], calls[3]["arguments"]) == ("hand_over", '{"reason":"x"}')


def test_it_streams_in_its_pace_and_notices_who_goes(openai):
    openai.says("كلمة " * 2000, tokens_per_second=30)
    start = time.monotonic()
    response = openai.open("x")
    body = b""
    for chunk in response.iter_content(None):
        body += chunk
        if body.count(b"data:") > 15:
            break
    # All of it would take more than a minute.
    assert 0.3 < time.monotonic() - start < 30
    gone = time.time()
    response.close()
    wait_for(lambda: openai.last()["end"] == "cancelled", 20, "the client is missed")
    entry = openai.last()
    assert entry["ended_at"] - gone < 20 and len(body) <= entry["sent_bytes"] < entry["planned_bytes"]
    # Nobody waits for a model that thinks.
    openai.fault("silence", ms=60000)
    with pytest.raises(requests.exceptions.ReadTimeout):
        openai.call("POST", "chat/completions", {"model": MODEL, "messages": [user("x")]}, timeout=2)
    wait_for(lambda: [each["end"] for each in openai.log()["requests"]] == ["cancelled"] * 2, 20,
             "the client is missed before the first byte")
    assert openai.last()["sent_bytes"] == 0


def test_the_log_tells_everything_but_the_key(openai):
    openai.says("x " * 20, tokens_per_second=8)
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(openai.stream, ["one", "two", "three", "four", "five"]))
    wait_for(lambda: openai.log()["streams"] == 0, 20, "they are over for the server as well")
    log = openai.log()
    assert log["most_streams"] == 5
    assert {each["body"]["messages"][0]["content"] for each in log["requests"]} == {"one", "two", "three", "four", "five"}
    assert {(each["end"], each["status"]) for each in log["requests"]} == {("finished", 200)}
    openai.chat("x", key="a-secret-of-somebody")
    assert "a-secret-of-somebody" not in json.dumps(openai.log())
    assert 'dir="rtl"' in requests.get(openai.url, timeout=10).text
    openai.reset()
    assert openai.log()["requests"] == []
