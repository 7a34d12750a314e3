"""Every outside service on every kind of day: what its test says, and that no secret of it gets anywhere.

The secrets that are stored here are recognisable. At the end all that the hub has written is searched for them: its
log, its database with the audit log and the history of tests, and everything that it answered.
"""
import contextlib
import http.server
import json
import sqlite3
import ssl
import subprocess
import threading
import time
import uuid

import pytest

from hubtest.certificates import Authority
from hubtest.hub import free_port
from hubtest.integrations import NAMES, integration
from hubtest.mail import Mail
from hubtest.openai import MODEL, OpenAI
from hubtest.services_fake import ServicesFake
from hubtest.whatsapp import BUSINESS, PHONE, WhatsApp

TIMEOUT_MS = 1500
# What comes so late came in no time at all, also on a busy machine.
FOR_EVER_MS = 25_000
# Days, with what a test says of them.
DAYS = {"ok": "ok", "wrong": "bad_credential", "gone": "unreachable", "slow": "unreachable", "hurried": "limited",
        "garbage": "unreachable", "untrusted": "unreachable"}
# The name of each field that holds an address, and those that hold secrets. Of the mail server of the environment the
# hub is told at its start.
ADDRESSES = {"sms": ["api_url"], "email": ["api_url"], "google_calendar": ["token_url", "api_url"], "slack": ["webhook_url"],
             "seha": ["api_url"], "tatman": ["api_url"], "zid": ["api_url"], "whatsapp": ["api_url"],
             "openai": ["base_url"]}
SECRETS = {"sms": ["auth_token"], "email": ["api_key"], "google_calendar": ["client_secret", "refresh_token"],
           "slack": ["webhook_url"], "seha": ["api_key"], "tatman": ["api_key"],
           "zid": ["authorization_token", "manager_token", "client_secret", "refresh_token", "webhook_id",
                   "webhook_password"],
           "whatsapp": ["access_token", "app_secret", "verify_token"], "openai": ["api_key"]}
# How the local services call the secrets that they look at.
LOCKS = {"auth_token": "auth_token", "client_secret": "client_secret", "refresh_token": "refresh_token",
         "authorization_token": "zid_authorization", "manager_token": "zid_manager"}


class World:
    """The services, what they take, and all secrets that were ever told to the hub."""

    def __init__(self, folder):
        self.authority = Authority(folder / "tls")
        self.services, self.openai, self.mail = ServicesFake(), OpenAI(), Mail(folder / "mail")
        self.phone = WhatsApp("http://127.0.0.1:9/")
        self.untrusted = Untrusted(self.authority.issue("services"))
        self.planted = []

    def close(self):
        for each in (self.services, self.openai, self.mail, self.phone, self.untrusted):
            each.close()

    def settings(self):
        return self.mail.settings() | {"OUTBOUND_ALLOW": "127.0.0.1", "HUB_STATUS_TIMEOUT_MS": str(TIMEOUT_MS)}

    def secret(self):
        self.planted.append(f"PLANTED{uuid.uuid4().hex}")
        return self.planted[-1]

    def values(self, kind):
        """All values of a service with fresh secrets, which the service takes."""
        if kind == "whatsapp":
            known = {"phone_number_id": PHONE, "business_account_id": BUSINESS, "api_url": self.phone.url}
        elif kind == "openai":
            known = {"model": MODEL, "base_url": f"{self.openai.url}/v1"}
        else:
            known = self.services.config(NAMES[kind])
        values = known | {field: self.secret() for field in SECRETS[kind]}
        if kind == "slack":
            path = f"/services/T00000000/B00000000/{values['webhook_url']}"
            self.services.set(slack_path=path)
            return values | {"webhook_url": self.services.url + path}
        if kind == "whatsapp":
            self.phone.set(token=values["access_token"])
        elif kind == "openai":
            self.openai.set(key=values["api_key"])
        elif kind in ("seha", "tatman"):
            self.services.set(health_key=values["api_key"])
        elif kind == "email":
            self.services.set(api_key=values["api_key"])
        else:
            self.services.set(**{LOCKS[field]: values[field] for field in SECRETS[kind] if field in LOCKS})
        return values

    def on_a(self, day, kind, values):
        """Makes it such a day; the values to be stored."""
        if day == "wrong":
            field = SECRETS[kind][0]
            if kind == "slack":
                return values | {field: values[field].rsplit("/", 1)[0] + "/" + self.secret()}
            return values | {field: self.secret()}
        if day in ("gone", "untrusted"):
            base = self.untrusted.url if day == "untrusted" else f"http://127.0.0.1:{free_port()}"
            return values | {field: base + "/" + values[field].split("/", 3)[-1] for field in ADDRESSES[kind]}
        if day != "ok":
            self.fault(day, kind)
        return values

    def fault(self, day, kind):
        if kind == "whatsapp":
            self.phone.fault("number", **{"slow": {"hang_ms": FOR_EVER_MS}, "hurried": {"http": 429},
                                          "garbage": {"http": 200}}[day])
        elif kind == "openai":
            self.openai.fault(on="models", **{
                "slow": {"kind": "silence", "ms": FOR_EVER_MS}, "hurried": {"kind": "rate_limit"},
                "garbage": {"kind": "body", "body": "\x01{not json"}}[day])
        else:
            name = "google_token" if kind == "google_calendar" else NAMES[kind]
            # Of Seha and Tatman nothing is known but a status; a page is what cannot be theirs.
            garbage = "html" if kind in ("seha", "tatman") else "garbage"
            self.services.fault(name, **{"slow": {"kind": "slow", "delay_ms": FOR_EVER_MS},
                                         "hurried": {"kind": "status", "status": 429, "retry_after": 3},
                                         "garbage": {"kind": garbage}}[day])


class Untrusted:
    """Answers everything with 200, under a certificate that nobody trusts."""

    def __init__(self, certificate):
        heard = self.heard = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                heard.append(dict(self.headers))
                self.send_response(200)
                self.end_headers()

            do_POST = do_GET

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate.chain, certificate.key)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # Who turns away while shaking hands must not hold up the next one.
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.server.daemon_threads = True
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Watched:
    """A hub of which every answer is kept."""

    def __init__(self, hub, world):
        self.hub, self.world, self.answers = hub, world, []

    def call(self, method, path, **options):
        answer = self.hub.admin.rest().call(method, path, timeout=60, **options)
        self.answers.append(answer.text + json.dumps(dict(answer.headers)))
        return answer

    def get(self, path, **options):
        answer = self.call("GET", path, **options)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def store(self, kind, values):
        """Nothing but its tests asks the service: it is turned off."""
        answer = self.call("PUT", f"/integrations/{kind}", json={"values": values, "enabled": False})
        assert answer.status_code == 200, answer.text

    def test(self, kind, **more):
        began = time.monotonic()
        answer = self.call("POST", "/integrations/test", json={"integration_type": kind} | more)
        assert answer.status_code == 200, answer.text
        assert time.monotonic() - began < FOR_EVER_MS / 1000 - 5, "it is over in its time"
        return answer.json()

    def looks_everywhere(self):
        """All that the hub has written or said."""
        for path in ["/integrations", "/system/status", "/alerts"]:
            self.get(path)
        for kind in SECRETS:
            self.get(f"/integrations/{kind}/tests")
        for _ in self.pages("/logs"):
            pass
        self.hub.stop()
        return "".join(self.answers) + self.hub.log_text() + dump(self.hub)

    def pages(self, path):
        cursor = None
        while True:
            page = self.get(path, params={"limit": 100} | ({"cursor": cursor} if cursor else {}))
            yield page
            cursor = page.get("next")
            if not cursor:
                return


def dump(hub):
    if hub.database_url:
        return subprocess.run(["pg_dump", hub.database_url], capture_output=True, text=True, check=True).stdout
    with contextlib.closing(sqlite3.connect(hub.data / "hub.sqlite")) as database:
        return "".join(database.iterdump())


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("world"))
    yield world
    world.close()


@pytest.fixture(scope="module")
def watched(shared_hub, world):
    shared_hub.settings |= world.settings()
    shared_hub.restart()
    watched = Watched(shared_hub, world)
    yield watched
    written = watched.looks_everywhere()
    assert "integration_secrets" in written and "integration.tested" in written and len(world.planted) > 100
    assert [secret for secret in world.planted if secret in written] == []
    assert world.untrusted.heard == [], "nothing is said to whom nobody vouches for"


def score(tests):
    """By the documentation: the newest twenty, each nine tenths of the one after it."""
    worth = {"ok": 1, "limited": 0.5}
    counted = [test["outcome"] for test in tests if test["outcome"] != "not_configured"][:20]
    weights = [0.9 ** place for place in range(len(counted))]
    return 100 * sum(worth.get(each, 0) * weight for each, weight in zip(counted, weights)) / sum(weights)


def expect(watched, kind, outcome, run):
    """Runs a test, and looks whether it left its traces."""
    before = watched.get(f"/integrations/{kind}/tests")
    found = run()
    assert found["outcome"] == outcome and found["ok"] == (outcome == "ok"), found
    assert found["message"] and found["message_en"] and found["latency_ms"] < FOR_EVER_MS - 5000
    after = watched.get(f"/integrations/{kind}/tests")
    assert after[0] == found and after[1:] == before[:len(after) - 1] and len(after) == min(len(before) + 1, 100)
    now = watched.get(f"/integrations/{kind}")
    assert abs(now["health_score"] - score(after)) <= 1 and now["last_test"] == found
    if outcome != "ok":
        assert outcome in now["health_reasons"] and now["health_score"] < 100
    return found


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("kind", SECRETS)
def test_every_service_on_every_day(watched, world, kind, day):
    values = world.on_a(day, kind, world.values(kind))
    watched.store(kind, values)
    expect(watched, kind, DAYS[day], lambda: watched.test(kind))
    # The same values, before they are kept.
    if day == "wrong":
        expect(watched, kind, DAYS[day], lambda: watched.test(kind, config=values))


# What a mail server does, for the days of the others. Its passwords are not tried by a test.
MAIL_DAYS = {"ok": (None, "ok"), "gone": ({"stage": "connect", "drop": True}, "unreachable"),
             "slow": ({"stage": "hello", "hang": True}, "unreachable"),
             "hurried": ({"stage": "connect", "reply": "421 4.7.0 too busy"}, "limited"),
             "garbage": ({"stage": "connect", "reply": "\x01{not smtp"}, "unreachable")}


@pytest.mark.parametrize("day", MAIL_DAYS)
def test_the_mail_server_on_every_day(watched, world, day):
    fault, outcome = MAIL_DAYS[day]
    if fault:
        world.mail.fault(**fault)
    expect(watched, "email", outcome, lambda: watched.test("email", config={}))


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_a_mail_server_that_nobody_vouches_for(make_hub, world, tmp_path, database):
    token = world.secret()
    stranger = Authority(tmp_path / "stranger")
    hub = make_hub(database, settings=world.settings() | {
        "SMTP_CA_FILE": str(stranger.certificate), "EMAIL_TOKENS": f"help@shop.example={token}"}).start()
    found = hub.admin.rest().post("/integrations/test", {"integration_type": "email"}).json()
    assert found["outcome"] == "bad_config" and "SMTP_CA_FILE" in found["message_en"], found
    assert integration(hub, "email")["health_score"] == 0
    gone = f"smtp://shop:{world.secret()}@127.0.0.1:{free_port()}"
    hub.settings["SMTP_URL"] = gone
    hub.restart()
    assert hub.admin.rest().post("/integrations/test", {"integration_type": "email"}).json()["outcome"] == "unreachable"
    hub.stop()
    written = hub.log_text() + dump(hub)
    assert [secret for secret in world.planted if secret in written] == []


def test_what_is_refused_is_not_repeated(watched, world):
    for kind, fields in SECRETS.items():
        if kind == "slack":
            continue
        for field in fields:
            bad = f"{world.secret()} two words"
            refused = watched.call("PUT", f"/integrations/{kind}", json={"values": {field: bad}})
            assert refused.status_code == 422, refused.text
            tried = watched.call("POST", "/integrations/test", json={"integration_type": kind, "config": {field: bad}})
            assert tried.status_code == 422, tried.text
    unknown = watched.call("PUT", "/integrations/sms", json={"values": {"token": world.secret()}})
    assert unknown.status_code == 422
    assert watched.call("PUT", "/integrations/sms", json={"values": world.secret()}).status_code in (400, 422)
    assert watched.call("PUT", "/integrations/sms", data=world.secret().encode()).status_code in (400, 415)
