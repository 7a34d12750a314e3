"""How pages come to a browser: small, kept for ever, and whole, judged from outside."""
import base64
import gzip
import hashlib
import json
import re
from urllib.parse import urljoin

import pytest
import requests

PAGES = ["/", "/staff", "/settings", "/docs", "/password", "/continue"]
# Those whose modules load others while they run.
WITH_MAP = {"/staff", "/settings", "/continue"}
MAP = re.compile(r'<script type="importmap">(.*?)</script>\n')
TAG = re.compile(r"<(?:script|link)\s[^>]*>")
IMPORT = re.compile(r"""^(?:import|export)\b[^"';]*"(\.[^"]+)";|\bimport\("(\.[^"]+)"\)""", re.MULTILINE)


@pytest.fixture(scope="module")
def hub(shared_hub):
    return shared_hub


def attribute(tag, name):
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found and found[1]


def loads(page):
    """Address and digest of all that a page loads."""
    tags = TAG.findall(MAP.sub("", page))
    return {attribute(tag, "src") or attribute(tag, "href"): attribute(tag, "integrity") for tag in tags}


def vouched(page):
    """Address and digest of all that its modules may load later."""
    maps = MAP.findall(page)
    assert len(maps) <= 1
    return json.loads(maps[0])["integrity"] if maps else {}


def modules(hub, entries):
    """The answers for these modules and all that they may ever load, by their addresses."""
    found, waiting = {}, list(entries)
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = requests.get(hub.url + address, timeout=10)
            waiting += [urljoin(address, static or late) for static, late in IMPORT.findall(found[address].text)]
    return found


def integrity(content):
    return "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()


def raw(hub, path, **headers):
    answer = requests.get(hub.url + path, headers={"Accept-Encoding": "gzip"} | headers, stream=True, timeout=10)
    return answer, answer.raw.read()


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_loads_is_kept_and_has_the_digest_that_it_names(hub, path):
    answer = requests.get(hub.url + path, timeout=10)
    assert answer.headers["Cache-Control"] == "no-cache"
    without = MAP.sub("", answer.text)
    assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|<style|\sstyle=", without), "nothing else stands in the page"
    found = loads(answer.text)
    assert len(found) > 5
    for address, digest in found.items():
        if address == "/widget.js":
            continue
        assert re.match(r"/~[0-9a-f]{16}/", address), address
        file, packed = raw(hub, address)
        assert file.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        text = gzip.decompress(packed) if file.headers.get("Content-Encoding") == "gzip" else packed
        plain = requests.get(hub.url + address, headers={"Accept-Encoding": "identity"}, timeout=10)
        assert plain.content == text and len(packed) <= len(text)
        if digest is None:
            assert address.endswith(".svg")
        else:
            assert digest == integrity(text)


@pytest.mark.parametrize("path", PAGES)
def test_a_policy_allows_what_stands_in_its_page_and_no_more(hub, path):
    answer = requests.get(hub.url + path, timeout=10)
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    maps = MAP.findall(answer.text)
    assert bool(maps) == (path in WITH_MAP)
    allowed = ["'self'", *(f"'{integrity(text.encode())}'" for text in maps)]
    assert policy["script-src"] == " ".join(allowed)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_every_module_that_a_page_may_ever_load_has_its_digest(hub, path):
    page = requests.get(hub.url + path, timeout=10).text
    named, later = loads(page), vouched(page)
    assert list(later) == sorted(later) and not later.keys() & named.keys()
    if later:
        first = re.search(r'<script type="module"|<link rel="modulepreload"', page).start()
        assert MAP.search(page).end() <= first, "browsers take it only before the first module"
    digests = named | later
    reached = modules(hub, [address for address in named if address.endswith(".js") and address != "/widget.js"])
    for address, answer in reached.items():
        assert digests[address] == integrity(answer.content), address
    assert later.keys() <= reached.keys(), "nothing that no module loads"


def test_pages_are_sent_packed(hub):
    for path in PAGES:
        answer, packed = raw(hub, path)
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(packed) < 12 * 1024, path


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_every_module_that_it_starts_with(hub, path):
    page = requests.get(hub.url + path, timeout=10).text
    named = {address for address in loads(page) if address.endswith(".js")}
    for address in named - {"/widget.js"}:
        text = requests.get(hub.url + address, timeout=10).text
        for static, late in IMPORT.findall(text):
            target = urljoin(address, static or late)
            assert requests.get(hub.url + target, timeout=10).status_code == 200, f"{address} loads {target}"
            if static:
                assert target in named, f"{address} imports {target}"


def test_the_widget_stands_at_one_address_for_ever(hub):
    answer = requests.get(f"{hub.url}/widget.js", timeout=10)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    target = urljoin("/widget.js", re.fullmatch(r'import "(.+)";\n', answer.text)[1])
    versioned = requests.get(hub.url + target, timeout=10)
    assert versioned.headers["Cache-Control"].endswith("immutable")
    assert versioned.headers["Access-Control-Allow-Origin"] == "*"
    assert "Launcher" in versioned.text


def test_the_client_library_stands_at_one_address_for_ever(hub):
    reached = modules(hub, ["/sdk/hub.js"])
    for answer in reached.values():
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-cache"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert len(reached) > 10 and all(address.startswith("/sdk/") for address in reached), "it needs nothing else"


def test_another_version_is_not_there(hub):
    page = requests.get(f"{hub.url}/staff", timeout=10).text
    address = next(each for each in loads(page) if each.endswith("main.js"))
    older = re.sub(r"~[0-9a-f]{16}", "~0123456789abcdef", address)
    assert requests.get(hub.url + older, timeout=10).status_code == 404
    assert requests.get(f"{hub.url}{address}.map", timeout=10).status_code == 404


def test_two_hubs_of_one_build_name_the_same_version(hub, make_hub):
    other = make_hub().start()
    first, second = (requests.get(f"{each.url}/staff", timeout=10).text for each in (hub, other))
    assert first == second
