"""The shop of `make demo`: what scripts/demo-fill makes of an empty hub, and that it does so once."""
import json
import os
import pathlib
import subprocess

import pytest

from hubtest.database import DATABASES
from hubtest.waiting import wait_for
from hubtest.whatsapp import WhatsApp

ROOT = pathlib.Path(__file__).parents[2]
SHOP = ROOT / "scripts" / "demo-shop"
# What is made of each folder.
PLACES = {"products": "/products", "labels": "/labels", "canned-replies": "/canned-replies", "articles": "/ai/articles",
          "orders": "/orders", "leads": "/crm/leads", "deals": "/crm/deals", "callbacks": "/callbacks",
          "goals": "/progress-goals", "programs": "/training-programs"}


@pytest.fixture(params=DATABASES)
def hub(request, make_hub):
    hub = make_hub(request.param)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    hub.settings |= phone.settings()
    hub.phone = phone
    yield hub.start()
    phone.close()


def fill(hub, **environment):
    account = {"ADMIN_EMAIL": hub.admin.email, "ADMIN_PASSWORD": hub.admin.password}
    return subprocess.run([ROOT / "scripts" / "demo-fill", hub.url, hub.phone.url], capture_output=True, text=True,
                          timeout=180, env=os.environ | account | environment)


def test_an_empty_hub_becomes_a_shop_once(hub):
    for _ in range(2):
        done = fill(hub)
        assert done.returncode == 0, done.stderr
        assert hub.admin.password not in done.stdout + done.stderr
    rest = hub.admin.rest()
    counts = {path: len(rest.get(f"{path}?limit=200").json()["items"])
              for path in [*PLACES.values(), "/codes"]}
    files = {path: len(list((SHOP / folder).glob("*.json"))) for folder, path in PLACES.items()}
    assert counts == files | {"/codes": 20 * files["/products"]}
    products = rest.get("/products?limit=200").json()["items"]
    assert all(product["state"] == "active" for product in products)
    sold = sum(json.loads(file.read_text())["count"] for file in (SHOP / "allocations").glob("*.json"))
    assert sum(product["stock"] for product in products) == 20 * len(products) - sold

    def known():
        contacts = rest.get("/crm/contacts?limit=200").json()["items"]
        return contacts if all(len(each["identities"]) == 2 for each in contacts) else None

    for order in rest.get("/orders").json()["items"]:
        owed = order["codes"]["wanted"] - order["codes"]["delivered"]
        assert owed == (0 if order["payment"] == "paid" else 1), "only what is not paid waits"

    contacts = wait_for(known, 30, "those who write are the contacts of the shop")
    assert len(contacts) == len(list((SHOP / "customers").glob("*.json"))), "nobody is there twice"


def test_a_wrong_password_is_told(hub):
    done = fill(hub, ADMIN_PASSWORD='wrong "one"')
    assert done.returncode != 0 and hub.admin.email in done.stderr
    assert hub.admin.rest().get("/products").json()["items"] == []
