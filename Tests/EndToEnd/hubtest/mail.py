"""The local mail server, `hub-fakes mail`, as a process of its own, under TLS."""
import email
import email.policy
import re

from .certificates import Authority
from .fake import Fake
from .hub import free_port
from .waiting import wait_for

MAILBOX, TOKEN = "help@shop.example", "mailbox-token"


class Mail(Fake):
    def __init__(self, folder):
        self.authority = Authority(folder)
        self.smtp_port = free_port()
        certificate = self.authority.issue("mail")
        super().__init__("mail", "--smtp-port", self.smtp_port, "--mailbox", f"{MAILBOX}={TOKEN}", "--certificate",
                         certificate.chain, "--key", certificate.key)

    def settings(self):
        """What a hub must be told to use it."""
        return {"SMTP_URL": f"smtp://127.0.0.1:{self.smtp_port}", "EMAIL_TOKENS": f"{MAILBOX}={TOKEN}",
                "SMTP_CA_FILE": str(self.authority.certificate)}

    def fault(self, stage, **kind):
        self.control("faults", {"stage": stage} | kind)

    def received(self):
        return [ReceivedMail(mail) for mail in self.read("mails")["mails"]]

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
