"""The local WhatsApp, `hub-fakes whatsapp`, as a process of its own."""
import subprocess

import requests

from .hub import ROOT, free_port
from .waiting import wait_for

BINARY = ROOT / ".build" / "debug" / "hub-fakes"
TOKEN, APP_SECRET, VERIFY_TOKEN, PHONE = "EAAG-test", "app-secret", "verify-token", "106540352242922"
BUSINESS = "102290129340398"
# Whom the fake knows from its start: one with a number, and one who hides it.
HIND, HIND_NUMBER, FAHAD = "SA.1000000000000001", "966511111111", "SA.1000000000000002"


class WhatsApp:
    def __init__(self, webhook):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [BINARY, "whatsapp", "--port", str(self.port), "--webhook", webhook, "--token", TOKEN, "--app-secret",
             APP_SECRET, "--verify-token", VERIFY_TOKEN, "--phone-id", PHONE])
        wait_for(self.is_there, 20, "the local WhatsApp answers")

    def is_there(self):
        try:
            return requests.get(f"{self.url}/fake/log", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def close(self):
        self.process.terminate()
        self.process.wait(10)

    def settings(self):
        """What a hub must be told to use it."""
        return {"WA_TOKEN": TOKEN, "WA_PHONE_ID": PHONE, "WA_BUSINESS_ID": BUSINESS, "WA_API_URL": self.url, "WA_APP_SECRET": APP_SECRET,
                "WA_VERIFY_TOKEN": VERIFY_TOKEN}

    # ---- what people and time do

    def control(self, path, body=None):
        answer = requests.post(f"{self.url}/fake/{path}", json=body or {}, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def set(self, **settings):
        self.control("settings", settings)

    def fault(self, part, **kind):
        self.control("faults", {"part": part} | kind)

    def writes(self, text, sender=HIND):
        """A customer writes; the id of the message."""
        return self.control("messages", {"from": sender, "text": text})["id"]

    def log(self):
        return requests.get(f"{self.url}/fake/log", timeout=30).json()

    # ---- what a business does

    def graph(self, method, path, body=None, token=TOKEN, **options):
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(method, f"{self.url}/v23.0/{path}", json=body, headers=headers, timeout=30, **options)

    def send(self, text, to=HIND_NUMBER, **more):
        body = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}} | more
        return self.graph("POST", f"{PHONE}/messages", body)
