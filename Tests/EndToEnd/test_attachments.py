"""Files: sniffed rather than believed, reached by an unguessable link, and unable to run script."""
import hashlib
import socket

import pytest

from hubtest.files import HTML, PDF, SVG, absolute, png


@pytest.fixture
async def rest(shared_hub, people):
    visitor = await people.visitor()
    return shared_hub.rest(visitor.token)


def fetch(hub, url, **options):
    return hub.rest().session.get(absolute(hub, url), timeout=10, **options)


async def test_the_type_is_sniffed(shared_hub, rest):
    for name, content, type in (("a.txt", png(2, 2), "image/png"), ("b.png", PDF, "application/pdf")):
        uploaded = rest.upload(name, content).json()
        assert uploaded["type"] == type
        assert uploaded["size"] == len(content)
        fetched = fetch(shared_hub, uploaded["url"])
        assert (fetched.content, fetched.headers["Content-Type"].split(";")[0]) == (content, type)


async def test_pictures_show_and_documents_download(shared_hub, rest):
    picture = fetch(shared_hub, rest.upload("a.png", png(2, 2)).json()["url"])
    document = fetch(shared_hub, rest.upload("a.pdf", PDF).json()["url"])
    assert not picture.headers.get("Content-Disposition", "inline").startswith("attachment")
    assert document.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name, content", [
    ("innocent.png", HTML), ("page.html", HTML), ("drawing.svg", SVG), ("drawing.png", SVG),
    ("half.png", png(2, 2) + HTML), ("script.js", b"alert(1)"), ("note.txt", b"plain words"),
])
async def test_nothing_runs_script(shared_hub, rest, name, content):
    answer = rest.upload(name, content)
    if answer.status_code == 415:
        return
    assert answer.status_code == 201, answer.text
    fetched = fetch(shared_hub, answer.json()["url"])
    type = fetched.headers["Content-Type"].split(";")[0]
    assert type not in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "text/javascript",
                        "application/javascript")
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    policy = fetched.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    if not type.startswith(("image/", "audio/", "video/")):
        assert fetched.headers["Content-Disposition"].startswith("attachment")


async def test_the_link_is_a_capability(shared_hub, rest):
    uploaded = rest.upload("a.png", png(2, 2)).json()
    assert uploaded["id"].startswith("f_") and uploaded["id"] in uploaded["url"]
    assert fetch(shared_hub, uploaded["url"]).status_code == 200
    other = uploaded["id"][:-1] + ("0" if uploaded["id"][-1] != "0" else "1")
    assert fetch(shared_hub, uploaded["url"].replace(uploaded["id"], other)).status_code == 404


async def test_no_path_leads_out_of_the_store(shared_hub, rest):
    uploaded = rest.upload("../../../../etc/passwd", png(2, 2)).json()
    assert "/" not in uploaded["name"] and ".." not in uploaded["url"]
    identifier = uploaded["id"]
    for path in ("../../hub.sqlite", "..%2f..%2fhub.sqlite", "%2e%2e/%2e%2e/secrets.env", f"{identifier}/../../hub.sqlite",
                 f"{identifier}/..%2f..%2fhub.sqlite", "..\\..\\hub.sqlite", f"{identifier}%00/x"):
        answer = raw_get(shared_hub, f"/api/v1/attachments/{path}")
        assert b"SQLite format" not in answer and b"ENCRYPTION_SECRET" not in answer, path


def raw_get(hub, path):
    """A GET whose path no client library tidies up; returns all bytes of the answer."""
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return answer


async def test_names_cannot_add_headers(shared_hub, rest):
    uploaded = rest.upload('a"\r\nSet-Cookie: x=1\r\n.pdf', PDF)
    if uploaded.status_code == 201:
        fetched = fetch(shared_hub, uploaded.json()["url"])
        assert "Set-Cookie" not in fetched.headers
    else:
        assert uploaded.status_code == 400


async def test_uploading_needs_a_token(shared_hub):
    assert shared_hub.rest().upload("a.png", png(2, 2)).status_code == 401


async def test_too_large_is_refused_without_reading_it_all(rest):
    def endless():
        while True:
            yield b"a" * 65536

    # The hub may close before the client has said everything; then the client sees a broken pipe and no answer.
    try:
        status = rest.upload("big.txt", endless()).status_code
    except OSError:
        status = 413
    assert status == 413


@pytest.mark.parametrize("framing, part", [
    ("Content-Length: 100", b"half of it"), ("Transfer-Encoding: chunked", b"a\r\nhalf of it\r\n"),
])
async def test_half_an_upload_is_no_upload(shared_hub, people, framing, part):
    token = (await people.visitor()).token
    with socket.create_connection(("127.0.0.1", shared_hub.port), timeout=10) as connection:
        connection.sendall(f"POST /api/v1/attachments?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                           f"Authorization: Bearer {token}\r\n{framing}\r\n\r\n".encode() + part)
        # The sender says that it has said everything, and goes on listening.
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while received := connection.recv(65536):
            answer += received
    assert not answer.startswith(b"HTTP/1.1 2")
    wanted = hashlib.sha256(b"half of it").hexdigest()[2:]
    assert not [path for path in (shared_hub.data).rglob("*") if wanted in path.name]


async def test_pages_carry_security_headers(shared_hub):
    for path in ("/", "/staff"):
        answer = fetch(shared_hub, path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/html")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Referrer-Policy" in answer.headers
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        scripts = policy.get("script-src", policy.get("default-src", ""))
        assert scripts and "'unsafe-inline'" not in scripts and "*" not in scripts.split()
    assert "frame-ancestors" in policy or "X-Frame-Options" in answer.headers


async def test_pages_do_not_leave_their_folder(shared_hub):
    for path in ("/../Package.swift", "/..%2fPackage.swift", "/%2e%2e/Package.swift", "/assets/../../Package.swift",
                 "/web/..%2f..%2fPackage.swift"):
        assert b"swift-tools-version" not in raw_get(shared_hub, path), path
