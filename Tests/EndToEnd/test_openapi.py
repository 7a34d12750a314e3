"""The API keeps what its own description says: openapi.json is valid, and schemathesis finds nothing."""
import json
import os
import pathlib
import subprocess
import sys

import pytest
import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

from hubtest import meta, shop
from hubtest.factory import HubFactory

HERE = pathlib.Path(__file__).parent

# Signing out ends the session that the run lives on; refreshing with what is no token ends nothing, and is tried.
LEFT_OUT = ["signOut"]

# Services whose webhooks are refused for their signatures, and not because nobody is connected. Nothing answers there.
NOWHERE = "http://127.0.0.1:9"
CONNECTED = {
    "sms": {"account_sid": "AC" + "0" * 32, "auth_token": "12345", "from_number": "+15005550006", "api_url": NOWHERE},
    "email": {
        "api_key": "SG.key", "from_email": "shop@example.com", "api_url": NOWHERE,
        "webhook_public_key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe"
                              "62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g=="},
}


@pytest.fixture(scope="module")
def office(tmp_path_factory, binary):
    """One hub for the whole file; SQLite, because what is tested stands before the store."""
    factory = HubFactory(tmp_path_factory, None)
    settings = {"HUB_REQUESTS_PER_MIN": "1000000", "HUB_MAX_POLL_WAIT_MS": "1000"} | meta.SETTINGS
    hub = factory("sqlite", settings=settings | {"OUTBOUND_ALLOW": "127.0.0.1:9"})
    hub.settings["PUBLIC_URL"] = hub.url
    hub.start()
    for kind, values in CONNECTED.items():
        assert hub.admin.rest().put(f"/integrations/{kind}", json={"values": values}).status_code == 200
    hub.restart()
    hub.known_ids = shop.fill(hub)
    yield hub
    factory.close()


def test_the_description_is_valid(office):
    answer = requests.get(f"{office.url}/api/v1/openapi.json", timeout=10)
    assert answer.status_code == 200
    OpenAPIV31SpecValidator(answer.json()).validate()
    tag = answer.headers["ETag"]
    again = requests.get(f"{office.url}/api/v1/openapi.json", headers={"If-None-Match": tag}, timeout=10)
    assert again.status_code == 304


# The agent is refused by much, so what each member may hold is tried as the administrator alone.
@pytest.mark.parametrize("role, phases", [("admin", "coverage,fuzzing,stateful"), ("agent", "fuzzing,stateful")])
@pytest.mark.timeout(1260)
def test_schemathesis_finds_nothing(office, role, phases, tmp_path):
    """All checks, over every operation, with invented data that fits the description and data that does not."""
    account = office.admin if role == "admin" else office.account("agent", 1)
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "--config-file", HERE / "schemathesis.toml", "run",
         f"{office.url}/api/v1/openapi.json", "--header", f"Authorization: Bearer {account.token()}",
         "--checks", "all", "--phases", phases, "--no-color",
         *[f"--exclude-operation-id={name}" for name in LEFT_OUT]],
        cwd=tmp_path,
        env=os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py"),
                          "HUB_KNOWN_IDS": json.dumps(office.known_ids)},
        capture_output=True, text=True, timeout=1200,
    )
    assert done.returncode == 0, done.stdout[-20000:] + done.stderr[-2000:]
