"""The local WhatsApp, `hub-fakes whatsapp`, as a process of its own."""
import requests

from .fake import Fake

TOKEN, APP_SECRET, VERIFY_TOKEN, PHONE = "EAAG-test", "app-secret", "verify-token", "106540352242922"
BUSINESS = "102290129340398"
# Whom the fake knows from its start: one with a number, and one who hides it.
HIND, HIND_NUMBER, FAHAD = "SA.1000000000000001", "966511111111", "SA.1000000000000002"


class WhatsApp(Fake):
    def __init__(self, webhook):
        super().__init__("whatsapp", "--webhook", webhook, "--token", TOKEN, "--app-secret", APP_SECRET,
                         "--verify-token", VERIFY_TOKEN, "--phone-id", PHONE)

    def settings(self):
        """What a hub must be told to use it."""
        return {"WA_TOKEN": TOKEN, "WA_PHONE_ID": PHONE, "WA_BUSINESS_ID": BUSINESS, "WA_API_URL": self.url,
                "WA_APP_SECRET": APP_SECRET, "WA_VERIFY_TOKEN": VERIFY_TOKEN}

    # ---- what people and time do

    def set(self, **settings):
        self.control("settings", settings)

    def fault(self, part, **kind):
        self.control("faults", {"part": part} | kind)

    def writes(self, text, sender=HIND):
        """A customer writes; the id of the message."""
        return self.control("messages", {"from": sender, "text": text})["id"]

    def log(self):
        return self.read("log")

    # ---- what a business does

    def graph(self, method, path, body=None, token=TOKEN, **options):
        headers = {"Authorization": f"Bearer {token}"}
        return requests.request(method, f"{self.url}/v23.0/{path}", json=body, headers=headers, timeout=30, **options)

    def send(self, text, to=HIND_NUMBER, **more):
        body = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": text}} | more
        return self.graph("POST", f"{PHONE}/messages", body)
