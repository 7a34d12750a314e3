"""Deliveries as Meta sends them: JSON with escaped non-ASCII, signed over its bytes."""
import hashlib
import hmac
import itertools
import json
import re

import requests

from .hub import ROOT

SECRET, VERIFY = "app-secret", "verify-token"
NUMBER = "106540352242922"
SETTINGS = {"WA_APP_SECRET": SECRET, "WA_VERIFY_TOKEN": VERIFY}


class Meta:
    """The other side of a hub's webhook."""

    def __init__(self, hub):
        self.hub = hub
        self.numbers = itertools.count(1)

    @property
    def url(self):
        return f"{self.hub.url}/api/v1/whatsapp/webhook"

    def text(self, body, sender="966501234567", at=1_750_000_000, **members):
        """A message; its id is new."""
        return {"from": sender, "id": f"wamid.{next(self.numbers):024}=", "timestamp": str(at), "type": "text",
                "text": {"body": body}} | members

    def status(self, message, state, at=1_750_000_100):
        return {"id": message["id"], "status": state, "timestamp": str(at), "recipient_id": message.get("to")}

    def body(self, field="messages", name="سارة", **lists):
        """The bytes of a delivery with these lists: `messages`, `statuses`, `message_echoes`."""
        senders = {message.get("from") for message in lists.get("messages", [])} - {None}
        contacts = [{"profile": {"name": name}, "wa_id": sender} for sender in sorted(senders)]
        value = {"messaging_product": "whatsapp", "metadata": {"phone_number_id": NUMBER}} | lists
        if contacts:
            value["contacts"] = contacts
        change = {"field": field, "value": value}
        delivery = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        return json.dumps(delivery, ensure_ascii=True).encode()

    @staticmethod
    def sign(body, secret=SECRET):
        return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()

    def post(self, body, signature=None):
        """Delivers bytes and returns the status of the answer."""
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature or self.sign(body)}
        return requests.post(self.url, data=body, headers=headers, timeout=30).status_code

    def deliver(self, **lists):
        return self.post(self.body(**lists))


def examples():
    """Meta's own examples of messages, by kind: those that the unit tests read, as their bytes stand there."""
    text = (ROOT / "Tests" / "DomainTests" / "WhatsApp" / "MetaExamples.swift").read_text()
    return dict(re.findall(r'"(\w+)": #"""\n\s*(\{.*\})\n\s*"""#', text))
