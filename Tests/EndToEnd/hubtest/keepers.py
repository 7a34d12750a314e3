"""Those who keep keys in place of the hub: AWS KMS by moto, and Vault by `hub-fakes vault`."""
import logging

import boto3
from moto.server import ThreadedMotoServer

from .fake import Fake
from .hub import free_port

REGION = "me-central-1"


class Requests(logging.Handler):
    """Counts what moto's server says it was asked."""

    def __init__(self):
        super().__init__()
        self.count = 0

    def emit(self, record):
        self.count += 1


class KMS:
    """One key in a KMS of this process; moto looks at no signature."""

    SECRETS = ["fake-aws-secret-access-key", "fake-aws-session-token"]

    def __init__(self):
        self.requests = Requests()
        log = logging.getLogger("werkzeug")
        log.handlers, log.propagate = [self.requests], False
        log.setLevel(logging.INFO)
        self.port = free_port()
        self._serve()
        client = boto3.client("kms", endpoint_url=self.url, region_name=REGION, aws_access_key_id="AKIDFAKE",
                              aws_secret_access_key=self.SECRETS[0])
        self.key = client.create_key()["KeyMetadata"]["Arn"]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def _serve(self):
        self.server = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.server.start()

    def settings(self):
        return {"KEYS_PROVIDER": "aws-kms", "AWS_KMS_KEY": self.key, "AWS_KMS_URL": self.url,
                "AWS_ACCESS_KEY_ID": "AKIDFAKE", "AWS_SECRET_ACCESS_KEY": self.SECRETS[0],
                "AWS_SESSION_TOKEN": self.SECRETS[1]}

    def reached_by(self, network):
        """What leads over a network instead."""
        return {"AWS_KMS_URL": network.url}

    name = "aws-kms:arn:aws:kms:"

    def asked(self):
        return self.requests.count

    def away(self):
        self.server.stop()

    def back(self):
        self._serve()

    def close(self):
        self.server.stop()


class Vault(Fake):
    SECRETS = ["fake-vault-token"]
    name = "vault-transit:transit/twocards:v"

    def __init__(self):
        super().__init__("vault", "--namespace", "shop")

    def settings(self):
        return {"KEYS_PROVIDER": "vault-transit", "VAULT_ADDR": self.url, "VAULT_TOKEN": self.SECRETS[0],
                "VAULT_NAMESPACE": "shop", "VAULT_TRANSIT_KEY": "twocards"}

    def reached_by(self, network):
        """What leads over a network instead."""
        return {"VAULT_ADDR": network.url}

    def asked(self):
        return len(self.read("log")["requests"])

    def away(self):
        self.control("seal")

    def back(self):
        self.control("unseal")
