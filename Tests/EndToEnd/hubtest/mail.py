"""The local mail server, `hub-fakes mail`, as a process of its own, under TLS."""
import email
import email.policy
import re
import subprocess

import requests

from .certificates import Authority
from .hub import ROOT, free_port
from .waiting import wait_for

BINARY = ROOT / ".build" / "debug" / "hub-fakes"
MAILBOX, TOKEN = "help@shop.example", "mailbox-token"


class Mail:
    def __init__(self, folder):
        self.authority = Authority(folder)
        certificate = self.authority.issue("mail")
        self.port, self.smtp_port = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [BINARY, "mail", "--port", str(self.port), "--smtp-port", str(self.smtp_port), "--mailbox",
             f"{MAILBOX}={TOKEN}", "--certificate", certificate.chain, "--key", certificate.key])
        wait_for(self.is_there, 20, "the local mail server answers")

    def is_there(self):
        try:
            return requests.get(f"{self.url}/fake/mails", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def close(self):
        self.process.terminate()
        self.process.wait(10)

    def settings(self):
        """What a hub must be told to use it."""
        return {"SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}", "EMAIL_TOKENS": f"{MAILBOX}={TOKEN}",
                "SMTP_CA_FILE": str(self.authority.certificate)}

    def fault(self, stage, **kind):
        answer = requests.post(f"{self.url}/fake/faults", json={"stage": stage} | kind, timeout=30)
        assert answer.status_code == 200, answer.text

    def received(self):
        mails = requests.get(f"{self.url}/fake/mails", timeout=30).json()["mails"]
        return [ReceivedMail(mail) for mail in mails]

    def wait(self, count, within=20):
        wait_for(lambda: len(self.received()) >= count, within, f"{count} mails")
        return self.received()


class ReceivedMail:
    def __init__(self, mail):
        self.sender, self.recipients, self.user, self.secured = mail["from"], mail["to"], mail.get("user"), mail["secured"]
        self.message = email.message_from_bytes(mail["data"].encode(), policy=email.policy.default)

    def part(self, kind):
        return self.message.get_body((kind,)).get_content()

    @property
    def text(self):
        return self.part("plain")

    @property
    def link(self):
        """The token in the link back."""
        return re.search(r"/continue\?lang=\w+#(\S+)", self.text).group(1)
