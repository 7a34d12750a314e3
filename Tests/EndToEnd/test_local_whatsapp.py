"""The local WhatsApp itself: what tests of the hub rely on."""
import hashlib
import hmac
import http.server
import json
import re
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from hubtest.waiting import wait_for
from hubtest.whatsapp import APP_SECRET, FAHAD, HIND, PHONE, VERIFY_TOKEN, WhatsApp


class Webhook:
    """A business that checks signatures and keeps what it gets; `status` is what it answers."""

    def __init__(self):
        self.bodies, self.refused, self.status = [], 0, 200
        webhook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                query = parse_qs(urlsplit(self.path).query)
                good = query["hub.verify_token"] == [VERIFY_TOKEN] and query["hub.mode"] == ["subscribe"]
                self.answer(200 if good else 403, query["hub.challenge"][0] if good else "")

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                expected = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
                if self.headers["X-Hub-Signature-256"] != f"sha256={expected}":
                    webhook.refused += 1
                    return self.answer(403)
                webhook.bodies.append(body)
                return self.answer(webhook.status)

            def answer(self, status, text=""):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"

    def values(self):
        return [change["value"] for body in list(self.bodies) for entry in json.loads(body)["entry"]
                for change in entry["changes"]]

    def texts(self):
        return [message["text"]["body"] for value in self.values() for message in value.get("messages", [])]

    def statuses(self):
        return [status["status"] for value in self.values() for status in value.get("statuses", [])]


@pytest.fixture
def webhook():
    webhook = Webhook()
    yield webhook
    webhook.server.shutdown()
    webhook.server.server_close()


@pytest.fixture
def whatsapp(webhook):
    whatsapp = WhatsApp(webhook.url)
    whatsapp.set(status_delay_ms=20, retry_delay_ms=20)
    yield whatsapp
    whatsapp.close()


def test_it_verifies_and_signs_what_it_escaped(whatsapp, webhook):
    assert whatsapp.control("verify") == {"verified": True}
    identity = whatsapp.writes("مرحبا 😀")
    wait_for(lambda: webhook.bodies, 10, "the message")
    assert rb"\u0645\u0631\u062d\u0628\u0627 \ud83d\ude00" in webhook.bodies[0] and webhook.bodies[0].isascii()
    message = webhook.values()[0]["messages"][0]
    assert message["id"] == identity and re.fullmatch(r"\d+", message["timestamp"])
    assert webhook.values()[0]["metadata"]["phone_number_id"] == PHONE
    whatsapp.writes("بلا رقم", FAHAD)
    wait_for(lambda: len(webhook.bodies) == 2, 10, "the second message")
    assert "from" not in webhook.values()[1]["messages"][0]


def test_it_delivers_at_least_once_and_in_any_order(whatsapp, webhook):
    whatsapp.set(shuffle_ms=2000, repetitions=1, batch=3, lost_answers=2)
    texts = [f"رسالة {number}" for number in range(20)]
    for text in texts:
        whatsapp.writes(text)
    wait_for(lambda: len(webhook.texts()) >= 42, 20, "everything twice, and more")
    assert set(webhook.texts()) == set(texts) and webhook.texts()[:20] != texts
    assert max(len(json.loads(body)["entry"][0]["changes"]) for body in webhook.bodies) == 3


def test_it_comes_again_until_it_hears_200(whatsapp, webhook):
    webhook.status = 503
    whatsapp.writes("مرحبا")
    wait_for(lambda: len(webhook.bodies) >= 3, 20, "two repetitions")
    webhook.status = 200
    wait_for(lambda: whatsapp.log()["webhook"].get("200") == 1, 60, "the end of it")
    whatsapp.set(wrong_signature=True, max_attempts=1)
    whatsapp.writes("مزور")
    wait_for(lambda: webhook.refused == 1, 10, "a wrong signature")


def test_statuses_follow_a_message(whatsapp, webhook):
    assert whatsapp.send("مبكر").json()["error"]["code"] == 131047
    whatsapp.writes("مرحبا")
    whatsapp.set(status_comes_first=True)
    answer = whatsapp.send("أهلًا", biz_opaque_callback_data="m_1")
    assert answer.status_code == 200 and answer.headers["facebook-api-version"] == "v23.0"
    # They are told one after the other, and come in any order.
    wait_for(lambda: sorted(webhook.statuses()) == ["delivered", "read", "sent"], 20, "three statuses")
    sent = webhook.values()[1]["statuses"][0]
    assert sent["biz_opaque_callback_data"] == "m_1" and sent["id"] == answer.json()["messages"][0]["id"]
    whatsapp.set(skips_delivered=True)
    whatsapp.send("ثانية")
    wait_for(lambda: sorted(webhook.statuses()[3:]) == ["read", "sent"], 20, "two statuses")


def test_files_have_addresses_that_end(whatsapp):
    files = {"file": ("a.png", b"\x89PNG bytes", "image/png"), "type": (None, "image/png"),
             "messaging_product": (None, "whatsapp")}
    headers = {"Authorization": "Bearer EAAG-test"}
    made = requests.post(f"{whatsapp.url}/v23.0/{PHONE}/media", files=files, headers=headers, timeout=10)
    identity = made.json()["id"]
    told = whatsapp.graph("GET", identity).json()
    assert told["sha256"] == hashlib.sha256(b"\x89PNG bytes").hexdigest() and told["mime_type"] == "image/png"
    assert requests.get(told["url"], timeout=10).status_code == 401
    assert requests.get(told["url"], headers=headers, timeout=10).content == b"\x89PNG bytes"
    whatsapp.set(media_url_s=0)
    stale = whatsapp.graph("GET", identity).json()["url"]
    assert requests.get(stale, headers=headers, timeout=10).status_code == 404
    assert whatsapp.graph("DELETE", identity).json() == {"success": True}
    assert whatsapp.graph("GET", identity).status_code == 400


def test_faults_meet_as_many_requests_as_asked(whatsapp):
    whatsapp.writes("مرحبا")
    whatsapp.fault("messages", error_code=130429, http=429, retry_after=2)
    answer = whatsapp.send("x")
    assert (answer.status_code, answer.json()["error"]["code"], answer.headers["Retry-After"]) == (429, 130429, "2")
    whatsapp.fault("messages", http=503, times=2)
    assert [whatsapp.send("x").status_code for _ in range(3)] == [503, 503, 200]
    # The worst one: it was sent, and nobody was told.
    before = len(whatsapp.log()["messages"])
    whatsapp.fault("messages", lost=True)
    assert whatsapp.send("ضائع").status_code == 502
    assert len(whatsapp.log()["messages"]) == before + 1
    whatsapp.set(token_expired=True)
    assert whatsapp.send("x").json()["error"]["code"] == 190
    assert whatsapp.graph("GET", PHONE, token="other").json()["error"]["error_subcode"] == 467


def test_reading_and_the_page_of_the_phone(whatsapp):
    identity = whatsapp.writes("مرحبا", HIND)
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": identity}
    assert whatsapp.graph("POST", f"{PHONE}/messages", body).json() == {"success": True}
    assert [message["read"] for message in whatsapp.log()["messages"]] == [True]
    page = requests.get(whatsapp.url, timeout=10)
    assert 'dir="rtl"' in page.text
