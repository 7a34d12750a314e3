"""TLS of the hub's own: everything behind it, certificates that are replaced, and what goes wrong."""
import asyncio
import contextlib
import signal
import socket
import ssl
import time

import pytest
import requests

from hubtest.certificates import Authority, openssl
from hubtest.files import PDF
from hubtest.people import People
from hubtest.waiting import eventually, wait_for
from test_config import refusal


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def certificate(authority, request):
    return authority.issue(request.node.name.replace("/", "_"))


@pytest.fixture
def secure_hub(make_hub, certificate):
    return make_hub().secure(certificate).start()


def greeted(hub, **protocols):
    """A finished handshake: the socket of a client that trusts the authority of the tests."""
    context = hub.certificate.client(**protocols)
    if "alpn" in protocols:
        context.set_alpn_protocols(protocols["alpn"])
    plain = socket.create_connection(("127.0.0.1", hub.port), timeout=10)
    return context.wrap_socket(plain, server_hostname="127.0.0.1")


def served(hub):
    """The certificate that a new connection gets, in DER."""
    with greeted(hub) as client:
        return client.getpeercert(binary_form=True)


# ---- everything behind it

async def test_sockets_rest_streams_and_files(secure_hub):
    hub = secure_hub
    # It serves a moment before it says so.
    for line in (f"Staff page        {hub.url}/staff", f"Visitors' socket  {hub.ws_url}/api/v1/chat/ws/public"):
        await eventually(lambda: line in hub.log_text(), 10, line)
    async with People(hub) as people:
        for compression in (None, "deflate"):
            visitor, agent = await people.visitor(compression=compression), await people.staff(compression=compression)
            await agent.follow(visitor.room)
            for number in range(50):
                await visitor.say(visitor.room, f"message {number} " + "لا " * 200)
            await agent.until_seq(visitor.room, 50)
            await visitor.until_seq(visitor.room, 50)
            assert agent.log(visitor.room).texts() == visitor.log(visitor.room).texts()

        rest = hub.rest(visitor.token)
        stream = rest.stream(visitor.room, after=49)
        assert (await asyncio.to_thread(next, stream))[0] == 50
        big = PDF + b"x" * 3_000_000
        uploaded = await asyncio.to_thread(rest.upload, "big.pdf", big)
        assert uploaded.status_code == 201, uploaded.text
        url = uploaded.json()["url"]
        address = url if url.startswith("http") else hub.url + url
        assert (await asyncio.to_thread(rest.session.get, address, timeout=30)).content == big


async def test_sockets_are_drained(secure_hub):
    async with People(secure_hub) as people:
        clients = [await people.visitor() for _ in range(5)]
        secure_hub.process.send_signal(signal.SIGTERM)
        for client in clients:
            await client.until(lambda: client.seen("drain"), "its slot")
        assert {await client.closed(within=25) for client in clients} == {4200}
        assert await asyncio.to_thread(secure_hub.process.wait, 30) == 0


def test_protocols(secure_hub):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        with greeted(secure_hub, minimum_version=version, maximum_version=version) as client:
            assert client.version() == version.name.replace("_", ".")
    with pytest.raises(OSError), pytest.warns(DeprecationWarning):
        greeted(secure_hub, minimum_version=ssl.TLSVersion.TLSv1, maximum_version=ssl.TLSVersion.TLSv1_1)
    context = secure_hub.certificate.client()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", secure_hub.port), timeout=10) as plain:
        with context.wrap_socket(plain, server_hostname="127.0.0.1") as client:
            assert client.selected_alpn_protocol() == "http/1.1"


@pytest.mark.parametrize("path", ["/health", "/api/v1/chat/ws/public"])
def test_plain_http_is_told_what_to_do(secure_hub, path):
    answer = requests.get(f"http://127.0.0.1:{secure_hub.port}{path}", timeout=10)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"].startswith("text/plain") and "https://" in answer.text


def test_other_noise_is_closed(secure_hub):
    with socket.create_connection(("127.0.0.1", secure_hub.port), timeout=10) as client:
        client.sendall(b"\x00\x01\x02")
        assert received(client) == b""
    with socket.create_connection(("127.0.0.1", secure_hub.port), timeout=10) as client:
        client.sendall(b"\x16\x03\x01\x00\x05nonsense")
        received(client)
    assert secure_hub.status("/health") == 200


def received(client):
    """All that comes until the other side closes."""
    content = b""
    with contextlib.suppress(ConnectionResetError):
        while part := client.recv(65536):
            content += part
    return content


@pytest.mark.parametrize("opening", [b"", b"\x16\x03\x01"])
def test_handshake_and_head_share_one_deadline(make_hub, certificate, opening):
    hub = make_hub(settings={"HUB_HANDSHAKE_TIMEOUT_MS": "1500"}).secure(certificate).start()
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as client:
        client.sendall(opening)
        received(client)
    # A hub that is told nothing else waits for ten seconds.
    assert 1 < time.monotonic() - started < 10
    started = time.monotonic()
    with greeted(hub) as client:
        client.sendall(b"GET /api/v1/chat/ws HTTP/1.1\r\n")
        assert received(client).startswith(b"HTTP/1.1 408 ")
    assert 1 < time.monotonic() - started < 10


# ---- another certificate

async def test_a_new_certificate_is_taken_over_on_sighup(secure_hub, authority, certificate):
    hub, newer = secure_hub, authority.issue("newer", host="newer.test")
    old = certificate.der
    assert served(hub) == old
    async with People(hub) as people:
        visitor = await people.visitor()
        newer.install(certificate)
        hub.process.send_signal(signal.SIGHUP)
        await eventually(lambda: served(hub) == newer.der, 10, "the new certificate")
        assert newer.der != old
        await eventually(lambda: "newer.test" in hub.log_text(), 10, "a line about the new one")
        assert "tls.until" in hub.log_text()
        assert "PRIVATE KEY" not in hub.log_text()
        await visitor.say(visitor.room, "the old socket lives")
        other = await people.visitor(token=visitor.token)
        await other.follow(visitor.room)
        assert other.log(visitor.room).texts() == ["the old socket lives"]

        certificate.key.write_text("nonsense", encoding="utf-8")
        hub.process.send_signal(signal.SIGHUP)
        await eventually(lambda: "the old one stays" in hub.log_text(), 10, "a line about the bad file")
        assert "TLS_KEY" in hub.log_text() and "nonsense" not in hub.log_text()
        assert served(hub) == newer.der
        await visitor.say(visitor.room, "and still")


# ---- wrong files

def test_wrong_files_stop_the_start(make_hub, authority, certificate, tmp_path):
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("nonsense\n", encoding="utf-8")
    locked = tmp_path / "locked.key"
    openssl("pkey", "-in", certificate.key, "-aes128", "-passout", "pass:secret", "-out", locked, folder=tmp_path)
    stranger = authority.issue("stranger")
    for name, path, named in [
        ("TLS_CERT", tmp_path / "none.pem", "does not exist"), ("TLS_KEY", tmp_path / "none.key", "does not exist"),
        ("TLS_CERT", tmp_path, "cannot be read"), ("TLS_CERT", nonsense, "no certificate"),
        ("TLS_KEY", nonsense, "no private key"), ("TLS_KEY", certificate.chain, "no private key"),
        ("TLS_KEY", stranger.key, "does not belong"), ("TLS_KEY", locked, "passphrase"), ("TLS_KEY", None, "missing"),
    ]:
        hub = make_hub().secure(certificate)
        hub.settings[name] = path and str(path)
        line = refusal(hub)
        assert line.startswith(name) and named in line, line


def test_an_expired_certificate_is_a_warning(make_hub, authority):
    hub = make_hub().secure(authority.issue("expired", days=-1))
    hub.launch()
    wait_for(lambda: "Staff page" in hub.log_text(), 30, "a start")
    assert "expired" in hub.log_text() and hub.is_running
    done = hub.run("doctor")
    assert done.returncode == 1 and "✗ Certificate: for hub.test, 127.0.0.1, expired on" in done.stdout


def test_doctor_counts_the_days(secure_hub, authority):
    done = secure_hub.run("doctor")
    assert done.returncode == 0, done.stdout
    assert "✓ Certificate: for hub.test, 127.0.0.1, 89 days left" in done.stdout
    assert "✓ Port: a hub serves at" in done.stdout
    soon = authority.issue("soon", days=5)
    done = secure_hub.run("doctor", settings={"TLS_CERT": str(soon.chain), "TLS_KEY": str(soon.key)})
    assert done.returncode == 1 and "4 day(s) left. Renew it" in done.stdout
