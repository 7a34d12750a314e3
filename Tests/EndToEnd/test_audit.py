"""The audit log: what staff read of it, and that nobody changes it unseen."""
import csv
import io
import json
import sqlite3
import time

import pytest

from hubtest.database import psql
from hubtest.waiting import wait_for


def make_product(hub, sku, **options):
    return hub.admin.rest().post("/products", {"name_ar": "بطاقة", "sku": sku, "price": 100}, **options)


def alter(hub, *statements):
    """Does what no hub does to its database."""
    if hub.database == "postgres":
        psql(hub.database_url, ";".join(statements))
        return
    connection = sqlite3.connect(hub.data / "hub.sqlite", timeout=10)
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def drop_triggers(hub):
    if hub.database == "postgres":
        alter(hub, "drop trigger audit_logs_append_only on audit_logs")
    else:
        alter(hub, "drop trigger audit_logs_no_update", "drop trigger audit_logs_no_delete")


def test_a_change_is_found_by_what_it_was_done_to(hub):
    product = make_product(hub, "A").json()
    answer = hub.admin.rest().call("PATCH", f"/products/{product['id']}", json={"price": 700})
    rows = hub.admin.rest().get("/logs", params={"subject": product["id"]}).json()["items"]
    assert [row["action"] for row in rows] == ["product.changed", "product.created"]
    changed = rows[0]
    assert changed["before"] == {"price": 100} and changed["after"] == {"price": 700}
    assert changed["actor_id"] == hub.admin.id and changed["address"] == "127.0.0.1"
    assert changed["request_id"] == answer.headers["X-Request-ID"]
    assert hub.admin.rest().get(f"/logs/{changed['seq']}").json() == changed


def test_an_export_holds_every_row_and_is_written_down(hub):
    for number in range(20):
        make_product(hub, f"S{number}")
    answer = hub.admin.rest().get("/logs/export", params={"action": "product."})
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row["after"]["sku"] for row in rows] == [f"S{number}" for number in range(20)]
    table = hub.admin.rest().get("/logs/export", params={"format": "csv", "action": "product."})
    table = list(csv.DictReader(io.StringIO(table.content.decode("utf-8"))))
    assert [row["hash"] for row in table] == [row["hash"] for row in rows]
    exports = hub.admin.rest().get("/logs", params={"action": "logs.exported"}).json()["items"]
    assert len(exports) == 2 and exports[0]["actor_id"] == hub.admin.id


def test_verify_says_that_the_log_is_whole_and_where_it_ends(hub):
    make_product(hub, "A")
    said = hub.cli("audit", "verify")
    rows = hub.admin.rest().get("/logs").json()["items"]
    assert f"{len(rows)} rows" in said and f"{rows[0]['seq']}:{rows[0]['hash']}" in said
    # A hash that was noted stays true when more is written.
    make_product(hub, "B")
    mark = said.split()[-1]
    assert "whole" in hub.cli("audit", "verify", "--noted", mark)
    refused = hub.run("audit", "verify", "--noted", mark[:-1] + ("0" if mark[-1] != "0" else "1"))
    assert refused.returncode == 1 and "noted" in refused.stderr


@pytest.mark.parametrize("statement, said", [
    ("update audit_logs set after_json = '{}' where seq = {seq}", "row {seq} is not as it was written"),
    ("delete from audit_logs where seq = {seq}", "row {seq} is missing"),
])
def test_verify_finds_the_first_broken_row(hub, statement, said):
    for sku in "ABC":
        make_product(hub, sku)
    seq = hub.admin.rest().get("/logs", params={"action": "product."}).json()["items"][1]["seq"]
    statement = statement.replace("{seq}", str(seq))
    with pytest.raises((RuntimeError, sqlite3.IntegrityError), match="append-only"):
        alter(hub, statement)
    assert hub.run("audit", "verify").returncode == 0
    drop_triggers(hub)
    alter(hub, statement)
    broken = hub.run("audit", "verify")
    assert broken.returncode == 1 and said.replace("{seq}", str(seq)) in broken.stderr, broken.stderr


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_an_idempotency_key_ends(make_hub, database):
    hub = make_hub(database, settings={"HUB_IDEMPOTENCY_S": "3"}).start()
    key = {"Idempotency-Key": "one"}
    hub.admin.token()
    began = time.monotonic()
    first = make_product(hub, "A", headers=key)
    again = make_product(hub, "A", headers=key)
    # On a machine that was busy for so long it is forgotten already.
    if time.monotonic() - began < 3:
        assert again.status_code == 201 and again.json() == first.json()
    # When the key is forgotten the request is a new one, whose sku is taken.
    wait_for(lambda: make_product(hub, "A", headers=key).status_code == 409, 20, "the key is forgotten")
