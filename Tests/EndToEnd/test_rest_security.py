"""Hostile requests to the resources: each is refused with the right code, and nothing has changed afterwards."""
import base64
import json
import socket
import uuid
from urllib.parse import quote

import pytest

from hubtest.factory import HubFactory
from hubtest.limits import BUSY_OFFICE

INJECTIONS = [
    "' OR '1'='1",
    "'; DROP TABLE products; --",
    '" OR ""="',
    "1); DELETE FROM products; --",
    "' UNION SELECT password_hash FROM users --",
    "%' OR 1=1 --",
    "\\'; SELECT pg_sleep(10); --",
    "$1",
    "?1",
    "NEAR(a b) OR *",
    '"unbalanced',
    "%00",
]

UNKNOWN = "p_00000000000000000000000000"


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shop(request, tmp_path_factory, binary):
    """A hub with one product, and its administrator."""
    factory = HubFactory(tmp_path_factory, request)
    hub = factory(request.param, limits=BUSY_OFFICE | {"HUB_REQUESTS_PER_MIN": "100000"}).start()
    yield Shop(hub)
    factory.close()


class Shop:
    def __init__(self, hub):
        self.hub = hub
        self.rest = hub.admin.rest()
        self.product = self.make(sku="GUARDED").json()
        self.path = f"/products/{self.product['id']}"

    def make(self, **members):
        body = {"name_ar": "بطاقة", "sku": uuid.uuid4().hex, "price": 1000} | members
        return self.rest.post("/products", body)

    def state(self):
        """All that could have changed."""
        return self.rest.get("/products?limit=200&sort=sku").json()["items"]

    def raw(self, method, path, body=b"", headers=None):
        headers = {"Content-Type": "application/json"} | (headers or {})
        return self.rest.call(method, path, data=body, headers=headers)


@pytest.fixture(autouse=True)
def unharmed(shop):
    """Whatever a test sends, the products are the same afterwards and the hub serves."""
    before = shop.state()
    yield
    assert shop.state() == before
    assert shop.hub.status("/ready") == 200


# ---- SQL

@pytest.mark.parametrize("text", INJECTIONS)
def test_sql_in_an_address_is_only_text(shop, text):
    for name in ("q", "category", "sku", "zid_id"):
        answer = shop.rest.get("/products", params={name: text})
        assert answer.status_code == 200, (name, answer.text)
        assert answer.json() == {"items": [], "next": None}, name
    for name in ("sort", "cursor", "limit", "state", "stock_policy", "low_stock", text):
        answer = shop.rest.get("/products", params={name: text})
        assert answer.status_code == 422 and answer.json()["code"] == "invalid", (name, answer.text)
    path = f"/products/{quote(text, safe='')}"
    assert shop.rest.get(path).status_code == 404
    assert shop.rest.call("PATCH", path, json={"price": 1}).status_code == 404
    assert shop.rest.delete(path).status_code == 404


@pytest.mark.parametrize("text", [text for text in INJECTIONS if text != "%00"])
def test_sql_in_a_body_is_only_text(shop, text):
    made = shop.make(name_ar=text, category=text, description_ar=text)
    assert made.status_code == 201 and made.json()["category"] == text
    assert shop.rest.get("/products", params={"category": text}).json()["items"] == [made.json()]
    assert shop.rest.delete(f"/products/{made.json()['id']}").status_code == 204


def test_a_forged_cursor_is_refused(shop):
    for _ in range(3):
        made = shop.make()
    first = shop.rest.get("/products?limit=1&sort=sku").json()
    order, value, identity = json.loads(base64.urlsafe_b64decode(first["next"] + "=" * (-len(first["next"]) % 4)))

    def cursor(*parts):
        return base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()

    # A position is only compared with: one that never was is as good as one that was.
    for position in ("' OR 1=1 --", "", "\u0001"):
        answer = shop.rest.get("/products", params={"sort": "sku", "cursor": cursor(order, position, identity)})
        assert answer.status_code == 200, answer.text
    for forged in (cursor("-sku", value, identity), cursor(order, value), cursor(order, {"a": 1}, identity),
                   cursor(order, value, 5), cursor(order, None, identity), "!", "e30", "W10", "A" * 1001):
        answer = shop.rest.get("/products", params={"sort": "sku", "cursor": forged})
        assert answer.status_code == 422, (forged, answer.text)
    for item in shop.state():
        if item["sku"] != "GUARDED":
            assert shop.rest.delete(f"/products/{item['id']}").status_code == 204
    assert made.status_code == 201


# ---- members that are not the sender's

@pytest.mark.parametrize("member", [
    {"id": UNKNOWN}, {"role": "admin"}, {"version": 99}, {"created_at": "2020-01-01T00:00:00Z"},
    {"updated_at": "2020-01-01T00:00:00Z"}, {"low_stock": True}, {"__proto__": {"role": "admin"}}, {"search": "x"},
    {"Price": 1}, {"name_ar ": "x"},
])
def test_no_member_is_set_that_is_not_described(shop, member):
    name = next(iter(member))
    for answer in (shop.make(**member), shop.rest.call("PATCH", shop.path, json={"price": 1} | member)):
        assert answer.status_code == 422, answer.text
        assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(f"#/{name}", "unknown")]


# ---- addresses

@pytest.mark.parametrize("path", [
    "/products/..%2f..%2f..%2fetc%2fpasswd", "/products/%2e%2e", "/products/..", "/products/p_%00",
    "/products/" + "a" * 4000, "/products/%ff%fe", "/products/p_00000000000000000000000000%20",
])
def test_no_path_leads_elsewhere(shop, path):
    answer = raw_request(shop.hub, "GET", f"/api/v1{path}", {"Authorization": shop.rest.session.headers["Authorization"]})
    assert answer in (400, 401, 404, 414, 431), answer


def test_parameters_are_read_strictly(shop):
    for query in ("limit=1&limit=2", "color=red", "limit=1e1", "limit=0x10", "limit=-1", "limit=201", "q=%00",
                  "low_stock=1", "limit=", "sort=", "state[]=draft"):
        answer = shop.rest.get(f"/products?{query}")
        assert answer.status_code == 422, (query, answer.text)


# ---- bodies

@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'"x"', b"1", b"{]}", b"{'a':1}", b'{"a":1}}', b"\xff\xfe{}", b'{"a":\x00}', b"NaN",
    b'{"name_ar":"a","name_ar":"b","sku":"D-1","price":1}', b'{"sku":"\\ud800"}', b'{"price":1e999}',
    b'{"a":' * 40 + b"1" + b"}" * 40, b"[" * 100_000,
])
def test_a_body_that_is_no_document_is_refused(shop, body):
    for method, path in (("POST", "/products"), ("PATCH", shop.path)):
        answer = shop.raw(method, path, body)
        assert answer.status_code in (400, 413, 422), (answer.status_code, answer.text)
        assert answer.json()["code"] in ("bad_request", "too_large", "invalid")


@pytest.mark.parametrize("price", ["1", 1.5, -1, 10**15, True, None, [], {}])
def test_an_amount_is_a_whole_number(shop, price):
    assert shop.make(price=price).status_code == 422
    assert shop.rest.call("PATCH", shop.path, json={"price": price}).status_code == 422


def test_a_body_over_the_limit_is_refused(shop):
    large = json.dumps({"name_ar": "a", "sku": "L-1", "price": 1, "description_ar": "a" * 2_000_000}).encode()
    for method, path in (("POST", "/products"), ("PATCH", shop.path)):
        answer = shop.raw(method, path, large)
        assert answer.status_code == 413 and answer.json()["code"] == "too_large"


@pytest.mark.parametrize("kind", [
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml",
    "application/jsonx", "application", "",
])
def test_a_body_of_another_type_is_refused(shop, kind):
    body = b'{"name_ar":"a","sku":"T-1","price":1}'
    for method, path in (("POST", "/products"), ("PATCH", shop.path)):
        assert shop.raw(method, path, body, {"Content-Type": kind}).status_code == 415, kind


def test_only_known_methods_are_taken(shop):
    for method, path in (("PUT", "/products"), ("DELETE", "/products"), ("POST", shop.path), ("PUT", shop.path),
                         ("TRACE", "/products")):
        answer = shop.rest.call(method, path, json={"price": 1})
        assert answer.status_code == 405 and answer.headers["Allow"], (method, path)
    override = shop.rest.call("POST", shop.path, json={}, headers={"X-HTTP-Method-Override": "DELETE"})
    assert override.status_code == 405


# ---- conditions and keys

@pytest.mark.parametrize("tag", ["x", '"x"', '"v"', '"v99"', 'W/"v1"', '"v1', "v1", '"v-1"', '"v1e0"', '"v1", "v2"', ""])
def test_a_condition_that_does_not_hold_refuses(shop, tag):
    for answer in (shop.rest.call("PATCH", shop.path, json={"price": 7}, headers={"If-Match": tag}),
                   shop.rest.delete(shop.path, headers={"If-Match": tag})):
        assert answer.status_code == 412 and answer.json()["code"] == "stale", (tag, answer.text)


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "\u00e9".encode("latin-1")])
def test_a_key_that_is_none_is_refused(shop, key):
    answer = shop.rest.post("/products", {"name_ar": "a", "sku": "K-1", "price": 1}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400, (key, answer.text)
    assert shop.rest.call("PATCH", shop.path, json={"price": 1}, headers={"Idempotency-Key": "k"}).status_code == 400


def test_a_key_belongs_to_one_request_of_one_caller(shop):
    key = uuid.uuid4().hex
    body = {"name_ar": "a", "sku": f"I-{key}", "price": 1}
    first = shop.rest.post("/products", body, headers={"Idempotency-Key": key})
    again = shop.rest.post("/products", body, headers={"Idempotency-Key": key})
    other = shop.rest.post("/products", body | {"price": 2}, headers={"Idempotency-Key": key})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json() and again.headers["Idempotent-Replayed"] == "true"
    assert other.json()["code"] == "idempotency_key_reused"
    foreign = shop.hub.account("supervisor", 1).rest().post("/products", body, headers={"Idempotency-Key": key})
    assert foreign.status_code == 409, "the sku is taken, and the answer is not another's"
    assert shop.rest.delete(f"/products/{first.json()['id']}").status_code == 204


# ---- rights

def test_who_may_not_write_changes_nothing(shop):
    agent = shop.hub.account("agent", 1).rest()
    for refused in (agent.post("/products", {"name_ar": "a", "sku": "R-1", "price": 1}),
                    agent.call("PATCH", shop.path, json={"price": 1}), agent.delete(shop.path)):
        assert refused.status_code == 403 and refused.json()["code"] == "forbidden"
    nobody = shop.hub.rest()
    for refused in (nobody.get("/products"), nobody.delete(shop.path), nobody.post("/products", {})):
        assert refused.status_code == 401 and refused.headers["WWW-Authenticate"] == "Bearer"


# ---- helpers

def raw_request(hub, method, path, headers):
    """The status of a request whose path no client library tidies up."""
    lines = [f"{method} {path} HTTP/1.1", "Host: hub", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with socket.create_connection(("127.0.0.1", hub.port), timeout=10) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))
        answer = connection.makefile("rb").readline()
    return int(answer.split()[1])
