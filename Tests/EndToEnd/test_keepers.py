"""Keys that somebody else keeps: AWS KMS and Vault, moving to them and back while codes are read."""
import subprocess
import threading
import uuid

import pytest
import requests

from hubtest.hub import BINARY
from hubtest.keepers import KMS, Vault
from hubtest.network import Network
from hubtest.waiting import wait_for

# Every import has a data key of its own.
IMPORTS = 40
# Bytes in which some of their keys are wrapped anew, and far from all.
A_PART = 8_000


@pytest.fixture(params=[KMS, Vault], ids=["kms", "vault"])
def keeper(request):
    keeper = request.param()
    yield keeper
    keeper.close()


def stock(hub, texts):
    """The ids of the codes, each from an import of its own."""
    rest = hub.admin.rest()
    made = rest.post("/products", {"name_ar": "بطاقة", "sku": uuid.uuid4().hex, "price": 5000, "stock_policy": "codes"})
    product = made.json()["id"]
    for text in texts:
        bring(rest, product, text)
    sold = rest.post("/codes/allocate", {"product": product, "count": len(texts), "order": "o-1", "sell": True})
    assert sold.status_code == 200, sold.text
    return product, [item["id"] for item in sold.json()["items"]]


def bring(rest, product, text):
    answer = rest.call("POST", "/codes/imports", params={"product": product}, data=f"code\r\n{text}\r\n".encode(),
                       headers={"Content-Type": "text/csv"})
    assert answer.status_code < 300, answer.text


def revealed(hub, ids):
    rest = hub.admin.rest()
    return {rest.post(f"/codes/{one}/reveal").json()["code"] for one in ids}


def standing(hub):
    """How many envelopes lie under keys of which beginning."""
    counts = {}
    for line in hub.cli("keys", "status").splitlines():
        name, state, count = line.split("\t")[:3]
        if state != "aws-kms" and state != "vault-transit":
            counts[name.split(":")[0]] = counts.get(name.split(":")[0], 0) + int(count)
    return counts


class Reader:
    """Reads codes all the time; what goes wrong is kept."""

    def __init__(self, hub, ids, expected):
        self.hub, self.ids, self.expected = hub, ids, expected
        self.problems, self.rounds, self.over = [], 0, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.over.is_set():
            found = revealed(self.hub, self.ids[:5])
            if not found <= self.expected:
                self.problems.append(found)
            self.rounds += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_codes_move_to_a_keeper_and_back(make_hub, keeper, database):
    hub = make_hub(database, settings={"HUB_REQUESTS_PER_MIN": "1000000"}).start()
    texts = {f"KEEP-{number}-{uuid.uuid4().hex}" for number in range(IMPORTS)}
    product, ids = stock(hub, sorted(texts))
    hub.stop()

    far = "vault-transit" if isinstance(keeper, Vault) else "aws-kms"
    hub.settings |= keeper.settings()
    hub.start()
    assert standing(hub) == {"local": IMPORTS, far: 1}
    assert revealed(hub, ids) == texts
    with Reader(hub, ids, texts) as reader:
        # Killed when a part of the data keys is wrapped anew, it goes on where it was.
        network, before = Network(keeper.port, most=A_PART), keeper.asked()
        killed = subprocess.Popen([BINARY, "keys", "rotate"], cwd=hub.folder,
                                  env=hub.environment() | keeper.reached_by(network),
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert network.is_full.wait(60), "it is under way"
        assert keeper.asked() > before + 3
        killed.kill()
        assert killed.wait(30) < 0
        network.close()
        assert sum(standing(hub).values()) == IMPORTS + 1
        assert " 0 left" in hub.cli("keys", "rotate")
        wait_for(lambda: reader.rounds > 1, 30, "codes are read meanwhile")
    assert reader.problems == []
    assert standing(hub) == {far: IMPORTS + 1, "local": 0}
    assert f"{far}\tanswers" in hub.cli("keys", "status")
    entry = status(hub)
    assert entry["ok"] is True

    # What was opened lately goes on without the keeper; what needs it says so, and nothing is lost.
    hub.restart()
    assert revealed(hub, ids) == texts
    keeper.away()
    assert revealed(hub, ids) == texts
    refused = hub.admin.rest().call("POST", "/codes/imports", params={"product": product}, data=b"code\r\nLATE-1\r\n",
                                    headers={"Content-Type": "text/csv"})
    assert refused.status_code == 503, refused.text
    assert hub.run("keys", "status").returncode == 69 and hub.run("doctor").returncode == 1
    keeper.back()
    bring(hub.admin.rest(), product, "LATE-1")

    hub.stop()
    hub.settings["KEYS_PROVIDER"] = "local"
    hub.start()
    assert " 0 left" in hub.cli("keys", "rotate")
    assert standing(hub)[far] == 0
    hub.stop()
    for name in keeper.settings():
        del hub.settings[name]
    hub.start()
    assert revealed(hub, ids) == texts
    for secret in keeper.SECRETS:
        assert secret not in hub.log_text()


def status(hub):
    return next(each for each in hub.admin.rest().get("/system/status").json() if each["name"] == "keys")


def test_a_start_without_the_keeper_says_so(make_hub, keeper):
    hub = make_hub(settings=keeper.settings()).start()
    hub.stop()
    keeper.away()
    done = hub.run("serve", settings={"HUB_START_TIMEOUT_MS": "1000"})
    assert done.returncode == 69 and "The keeper of the keys" in done.stderr, done.stderr
    keeper.back()
    hub.settings["KEYS_PROVIDER"] = "local"
    for name in ["AWS_KMS_KEY", "VAULT_TRANSIT_KEY"]:
        hub.settings.pop(name, None)
    done = hub.run("serve")
    assert done.returncode == 78 and "KEYS_PROVIDER" in done.stderr and keeper.name in done.stderr, done.stderr


def test_an_old_version_of_the_vault_may_go_when_all_is_wrapped_anew(make_hub):
    vault = Vault()
    try:
        hub = make_hub(settings=vault.settings()).start()
        _, ids = stock(hub, ["VERSION-1"])
        hub.stop()

        def ask(call, body=None):
            headers = {"X-Vault-Token": vault.SECRETS[0], "X-Vault-Namespace": "shop"}
            answer = requests.post(f"{vault.url}/v1/transit/keys/twocards/{call}", json=body or {}, headers=headers)
            assert answer.status_code == 200, answer.text

        ask("rotate")
        lines = hub.cli("keys", "status").splitlines()
        assert [line.split("\t")[1] for line in lines[:3]] == ["active", "retired", "retired"], lines
        assert " 0 left" in hub.cli("keys", "rotate")
        ask("config", {"min_decryption_version": 2})
        hub.start()
        assert revealed(hub, ids) == {"VERSION-1"}
        vault.control("faults", {"status": 429})
        assert "vault-transit\tanswers" in hub.cli("keys", "status")
        vault.control("faults", {"status": 403})
        refused = hub.run("keys", "rotate")
        assert refused.returncode == 69 and "VAULT_TOKEN" in refused.stderr
    finally:
        vault.close()


@pytest.mark.parametrize("settings, name", [
    ({"KEYS_PROVIDER": "aws-kms"}, "AWS_KMS_KEY"),
    ({"AWS_KMS_KEY": "alias/shop"}, "AWS_KMS_KEY"),
    ({"AWS_KMS_KEY": "arn:aws:kms:me-central-1:111122223333:key/1", "AWS_ACCESS_KEY_ID": "x"}, "AWS_SECRET_ACCESS_KEY"),
    ({"KEYS_PROVIDER": "vault-transit"}, "VAULT_TRANSIT_KEY"),
    ({"VAULT_TRANSIT_KEY": "k", "VAULT_ADDR": "http://127.0.0.1:1"}, "VAULT_TOKEN"),
    ({"KEYS_PROVIDER": "gcp"}, "KEYS_PROVIDER"),
])
def test_half_a_keeper_is_refused_at_start(make_hub, settings, name):
    done = make_hub(settings=settings).run("serve")
    assert done.returncode == 78 and done.stderr.startswith(f"{name}: "), done.stderr
