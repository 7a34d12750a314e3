"""A hub with an empty shop, the settings before it, and what the tests of customers need."""
import pytest

from hubtest.crm_page import Board, STAGES, change, items, make
from hubtest.settings_page import SettingsPage


@pytest.fixture
def hub(make_hub):
    # What `shop.fill` makes includes a webhook at an address of this machine.
    return make_hub(settings={"OUTBOUND_ALLOW": "127.0.0.1"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()


@pytest.fixture
def buyer(hub):
    return make(hub, "/crm/contacts", {"name": "ليلى الحربي"})


@pytest.fixture
def pipeline(hub):
    [first] = items(hub, "/crm/pipelines")
    body = {"name_ar": "المبيعات", "stages": [{"name_ar": name} for name in STAGES]}
    return change(hub, f"/crm/pipelines/{first['id']}", body)


@pytest.fixture
def stages(pipeline):
    return [stage["id"] for stage in pipeline["stages"]]


@pytest.fixture
def board(page):
    return Board(page)


@pytest.fixture
def card(hub):
    """A product that is sold as codes, with three of them."""
    product = make(hub, "/products", {"name_ar": "بطاقة ٥٠", "sku": "CARD-50", "price": 5000, "stock_policy": "codes"})
    answer = hub.admin.rest().call("POST", "/codes/imports", params={"product": product["id"]},
                                   data="code\nAAAA-1111-SECRET\nBBBB-2222-SECRET\nCCCC-3333-SECRET\n",
                                   headers={"Content-Type": "text/csv"})
    assert answer.status_code == 201, answer.text
    return product
