"""The shop at Zid: products in, stock out, and paid orders whose codes reach the customer once."""
import asyncio
import base64
import concurrent.futures
import os
import secrets
import uuid

import pytest
import requests

from hubtest.integrations import taken_up
from hubtest.mail import Mail
from hubtest.people import People
from hubtest.services_fake import ServicesFake
from hubtest.waiting import wait_for
from hubtest.whatsapp import HIND, HIND_NUMBER, WhatsApp
from hubtest.whatsapp_desk import QUICK as QUICK_PHONE
from hubtest.whatsapp_desk import do, meet

DOOR, USER, PASSWORD = "a-secret-part-of-the-address", "zid", "a-password-of-the-webhook"
EVENTS = ["order.create", "order.status.update", "order.payment_status.update"]
QUICK = QUICK_PHONE | {
    "HUB_OUTBOX_MAIL_PAUSE_MS": "50", "HUB_OUTBOX_MAILS_PER_SECOND": "100", "HUB_REQUESTS_PER_MIN": "1000000",
    "HUB_ZID_REQUESTS_PER_MIN": "6000", "HUB_ZID_PRODUCTS_S": "1", "HUB_ZID_ORDERS_S": "3600", "HUB_ZID_STOCK_S": "1",
    "HUB_DELIVERY_PAUSE_MS": "300", "HUB_DELIVERY_LEASE_MS": "2000", "HUB_WEBHOOK_LEASE_MS": "2000",
    "HUB_CODE_SETTLE_MS": "200",
}
NOBODY = {"id": None, "name": "J*** D***", "email": "t***@.", "mobile": "***00"}


@pytest.fixture
def zid():
    fake = ServicesFake()
    fake.set(zid_per_minute="6000")
    yield fake
    fake.close()


@pytest.fixture
def mail(tmp_path):
    mail = Mail(tmp_path / "mail")
    yield mail
    mail.close()


class Shop:
    """A hub that is connected to Zid, by its page, and maybe a second one beside it."""

    def __init__(self, make_hub, database, zid, **settings):
        shared = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
        self.make_hub, self.zid = make_hub, zid
        self.settings = QUICK | zid.settings() | shared | settings
        self.hub = make_hub(database, settings=self.settings)
        self.hubs = [self.hub]

    def open(self, **values):
        self.hub.start()
        config = self.zid.config("zid") | {
            "webhook_id": DOOR, "webhook_username": USER, "webhook_password": PASSWORD, "stock_owner": "hub"} | values
        answer = self.rest().call("PUT", "/integrations/zid", json={"values": config})
        assert answer.status_code == 200, answer.text
        taken_up("zid", self.hub)
        return self

    def rest(self):
        return self.hub.admin.rest()

    def second(self):
        other = self.make_hub(database_url=self.hub.database_url, settings=self.settings).start()
        self.hubs.append(other)
        return other

    def product(self, codes=0, **more):
        """A product of Zid that is sold as codes here; its id there, and here."""
        id = self.zid.products({"name": {"ar": "بطاقة", "en": "Card"}, "sku": f"S-{uuid.uuid4().hex}", "price": 49.5,
                                "quantity": 5} | more)[0]
        ours = wait_for(lambda: self.ours(id), 20, "the product is here")
        answer = self.rest().call("PATCH", f"/products/{ours['id']}", json={"stock_policy": "codes", "stock": None})
        assert answer.status_code == 200, answer.text
        texts = self.add(ours["id"], codes)
        return id, ours["id"], texts

    def ours(self, id):
        found = self.rest().get("/products", params={"zid_id": id}).json()["items"]
        return found[0] if found else None

    def add(self, product, codes):
        texts = [f"CODE-{secrets.token_hex(8)}" for _ in range(codes)]
        if texts:
            body = "code\r\n" + "".join(f"{text}\r\n" for text in texts)
            answer = self.rest().call("POST", "/codes/imports", params={"product": product}, data=body.encode(),
                                      headers={"Content-Type": "text/csv"})
            assert answer.status_code == 201, answer.text
        return texts

    def tell(self, order, *events, **more):
        urls = [f"{hub.url}/api/v1/zid/webhook/{DOOR}" for hub in self.hubs]
        return self.zid.tell_zid(order, *(events or EVENTS), webhooks=urls,
                                 **({"user": USER, "password": PASSWORD} | more))

    def order(self, id):
        found = self.rest().get("/orders", params={"external_id": id, "source": "zid"}).json()["items"]
        return found[0] if found else None

    def delivered(self, id, count, within=30):
        def done():
            order = self.order(id)
            return order if order and order["codes"]["delivered"] == count else None

        return wait_for(done, within, f"order {id} has {count} codes")

    def sold(self, product):
        return self.rest().get("/codes", params={"product": product, "state": "sold"}).json()["items"]

    def at_rest(self, product, ids, codes):
        """Nothing is under way any more: what is sold is what was delivered, and nothing is held."""
        for id in ids:
            self.delivered(id, codes)
        assert len(self.sold(product)) == len(ids) * codes
        wait_for(lambda: not self.rest().get("/codes", params={"product": product, "state": "reserved"}).json()["items"],
                 20, "no code is held")


@pytest.fixture(params=["sqlite", "postgres"])
def shop(make_hub, request, zid, mail):
    return Shop(make_hub, request.param, zid, **mail.settings()).open()


def codes_in(mails):
    return [line for mail in mails for line in mail.text.splitlines() if line.startswith("CODE-")]


def test_products_come_in_and_stock_goes_out(shop):
    ids = shop.zid.products(*({"name": f"منتج {number}", "sku": f"P-{number}", "price": "19.990000", "quantity": 7}
                              for number in range(120)))
    wait_for(lambda: shop.ours(ids[-1]) and shop.ours(ids[0]), 20, "all products are here")
    ours = shop.ours(ids[0])
    assert (ours["price"], ours["currency"], ours["stock_policy"], ours["stock"]) == (1999, "SAR", "tracked", 7)
    id, product, _ = shop.product(codes=3)

    def shown():
        return shop.zid.log()["zid"]["products"][id]["quantity"]

    wait_for(lambda: shown() == 3, 20, "Zid shows three")
    order = shop.zid.place((id, 2), payment_status="paid")
    shop.tell(order)
    shop.delivered(order, 2)
    wait_for(lambda: shown() == 1, 20, "Zid shows one")


def test_a_paid_order_reaches_its_customer_by_mail(shop, mail):
    id, product, texts = shop.product(codes=3)
    order = shop.zid.place((id, 2))
    assert shop.tell(order, "order.create") == [200]
    ours = wait_for(lambda: shop.order(order), 20, "the order is here")
    assert (ours["state"], ours["payment"], ours["total"], ours["source"]) == ("new", "unpaid", 9900, "zid")
    assert ours["number"] == order and ours["contact"] and ours["codes"]["wanted"] == 2
    assert mail.received() == [] and shop.sold(product) == []
    shop.zid.pay(order)
    shop.tell(order, "order.payment_status.update")
    done = shop.delivered(order, 2)
    assert done["payment"] == "paid" and done["conversation"]
    sent = mail.wait(1)
    assert sent[0].recipients == ["sara@example.net"] and order in sent[0].text
    assert len(codes_in(sent)) == 2 and set(codes_in(sent)) <= set(texts)
    # Told again, in any order and by other events: nothing more leaves.
    shop.tell(order, *reversed(EVENTS), times=3)
    shop.at_rest(product, [order], 2)
    assert len(mail.received()) == 1
    state = {check["name"]: check for check in shop.rest().get("/system/status").json()}
    assert state["zid"]["ok"] and state["zid_orders"]["ok"], state


def test_strangers_are_turned_away_and_polling_finds_what_no_webhook_told(make_hub, zid, mail):
    shop = Shop(make_hub, "sqlite", zid, HUB_ZID_ORDERS_S="1", **mail.settings()).open()
    id, product, _ = shop.product(codes=1)
    url = f"{shop.hub.url}/api/v1/zid/webhook"
    body = {"event": "order.create", "id": 1, "updated_at": "2026-01-01 00:00:00"}
    for path, login, status in [(DOOR, (USER, "wrong"), 401), (DOOR, ("wrong", PASSWORD), 401), (DOOR, None, 401),
                                ("x" * len(DOOR), (USER, PASSWORD), 404), (DOOR, (USER, PASSWORD), 200)]:
        assert requests.post(f"{url}/{path}", json=body, auth=login, timeout=10).status_code == status
    order = zid.place((id, 1), payment_status="paid")
    shop.delivered(order, 1)
    assert len(mail.wait(1)) == 1
    for secret in [PASSWORD, DOOR, "fake-zid-manager", "fake-zid-authorization"]:
        assert secret not in shop.hub.log_text()


@pytest.mark.parametrize("end", [{"status": "canceled"}, {"status": "refunded", "payment_status": "refunded"}])
def test_a_short_order_waits_and_staff_are_told_once(shop, mail, end):
    id, product, _ = shop.product(codes=1)
    first, second = (shop.zid.place((id, 2), payment_status="paid") for _ in range(2))
    shop.tell(first)
    shop.tell(second)
    for order in (first, second):
        wait_for(lambda: notes(shop, order), 30, "staff are told")
        wait_for(lambda: shop.order(order)["codes"]["waits_for"] == "not_enough", 20, "and its page says why")
    state = {check["name"]: check for check in shop.rest().get("/system/status").json()}
    assert not state["zid_orders"]["ok"] and "2" in state["zid_orders"]["message_en"], state
    shop.zid.change(second, **end)
    shop.tell(second, "order.status.update")
    wait_for(lambda: shop.order(second)["state"] == end["status"], 20, "the order ended")
    shop.add(product, 5)
    shop.at_rest(product, [first], 2)
    assert shop.order(first)["codes"]["waits_for"] is None
    assert shop.order(second)["codes"] == {"wanted": 2, "reserved": 0, "delivered": 0, "waits_for": None}
    assert len(mail.wait(1)) == 1 and len(notes(shop, first)) == 1


def notes(shop, order):
    """What staff were told in the side rooms of open conversations."""
    async def told():
        async with People(shop.hub) as people:
            agent = await people.staff()
            lines = (await agent.request("inbox", limit=50))["conversations"]
            for line in lines:
                await agent.follow(line["side"])
                await agent.until_seq(line["side"], line["side_head"])
            return [event for line in lines for event in agent.log(line["side"]).events
                    if order in str(event.get("body"))]

    return asyncio.run(told())


def test_a_customer_whom_a_marketplace_hides_is_told_of(shop, mail):
    id, product, _ = shop.product(codes=1)
    order = shop.zid.place((id, 1), payment_status="paid", is_marketplace_order=True, customer=NOBODY)
    shop.tell(order)
    wait_for(lambda: notes(shop, order), 30, "staff are told")
    assert shop.order(order)["contact"] is None and shop.sold(product) == [] and mail.received() == []


async def test_a_phone_that_is_known_gets_its_codes_there(make_hub, zid, mail):
    shop = Shop(make_hub, "sqlite", zid, **mail.settings())
    phone = WhatsApp(f"{shop.hub.url}/api/v1/whatsapp/webhook")
    try:
        shop.hub.settings |= phone.settings()
        await do(shop.open)
        shop.hub.phone = phone
        async with People(shop.hub) as people:
            await meet(shop.hub, await people.staff())
        id, product, texts = await do(shop.product, codes=2)
        customer = {"id": 9, "name": "هند", "email": "hind@example.net", "mobile": HIND_NUMBER}
        order = zid.place((id, 2), payment_status="paid", customer=customer)
        await do(shop.tell, order, times=2)
        await do(shop.delivered, order, 2)

        def said():
            return [message["body"]["text"]["body"] for message in phone.log()["messages"] if not message["from_customer"]]

        await do(wait_for, said, 20, "the phone has the codes")
        assert len(said()) == 1 and all(text in said()[0] for text in texts) and mail.received() == []
    finally:
        phone.close()


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
async def test_a_phone_that_never_wrote_is_invited_once_and_gets_its_codes_with_its_answer(
        make_hub, zid, mail, database):
    shop = Shop(make_hub, database, zid, **mail.settings())
    phone = WhatsApp(f"{shop.hub.url}/api/v1/whatsapp/webhook")

    def sent():
        return [message["body"] for message in phone.log()["messages"] if not message["from_customer"]]

    try:
        shop.hub.settings |= phone.settings()
        await do(shop.open, order_template="welcome_back", order_template_language="ar")
        id, product, texts = await do(shop.product, codes=2)
        customer = {"id": 9, "name": "هند", "email": None, "mobile": HIND_NUMBER}
        order = await do(zid.place, (id, 2), payment_status="paid", customer=customer)
        await do(shop.tell, order, times=2)
        [invitation] = await do(wait_for, sent, 30, "the phone is invited")
        assert invitation["type"] == "template" and invitation["template"]["name"] == "welcome_back"
        [body] = invitation["template"]["components"]
        assert [each["text"] for each in body["parameters"]] == [order], "it says which order it is about"
        ours = await do(shop.order, order)
        assert ours["codes"]["delivered"] == 0 and await do(shop.sold, product) == []
        # It is told again, and looked at again and again while the customer is silent.
        await do(shop.tell, order, *reversed(EVENTS), times=2)
        await do(shop.hub.restart)
        assert len(await do(sent)) == 1
        await do(phone.writes, "نعم، أرسلوها", HIND)
        await do(shop.delivered, order, 2)
        await do(wait_for, lambda: len(sent()) == 2, 20, "the phone has the codes")
        assert all(text in sent()[1]["text"]["body"] for text in texts)
        assert await do(mail.received) == [] and len(await do(shop.sold, product)) == 2
    finally:
        phone.close()


def test_three_at_once_on_two_processes_deliver_once(make_hub, zid, mail):
    shop = Shop(make_hub, "postgres", zid, HUB_ZID_ORDERS_S="1", **mail.settings()).open()
    shop.second()
    id, product, _ = shop.product(codes=60)
    orders = [zid.place((id, 2), payment_status="paid") for _ in range(12)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda order: shop.tell(order, times=1), orders))
    assert all(answer == [200] * 6 for answer in answers)
    shop.at_rest(product, orders, 2)
    sent = mail.wait(12)
    assert len(sent) == 12 and len(set(codes_in(sent))) == len(codes_in(sent)) == 24


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_kill_9_anywhere_loses_nothing(make_hub, zid, mail, database):
    shop = Shop(make_hub, database, zid, **mail.settings()).open()
    id, product, _ = shop.product(codes=200)
    orders = []
    for number in range(6):
        new = [zid.place((id, 1), payment_status="paid") for _ in range(5)]
        for order in new:
            assert shop.tell(order, "order.create") == [200]
        orders += new
        # Somewhere between the webhook, the order, the hold, the message and the mail.
        wait_for(lambda: number % 3 == 0 or shop.sold(product), 20, "something is sold")
        shop.hub.kill()
        shop.hub.start()
    shop.at_rest(product, orders, 1)
    # Mails that were on their way at a death are told to be unsure, and not sent once more: test_mail.py counts those.
    mail.wait(1)
    sent = codes_in(mail.received())
    assert len(sent) == len(set(sent))


def test_a_storm_of_429_only_makes_it_later(shop, mail):
    id, product, _ = shop.product(codes=10)
    orders = [shop.zid.place((id, 1), payment_status="paid") for _ in range(4)]
    shop.zid.fault("zid", "status", status=429, retry_after=1, times=3)
    shop.zid.fault("zid", "html", times=2)
    shop.zid.fault("zid", "status", status=503, times=2)
    for order in orders:
        assert shop.tell(order, "order.create") == [200]
    shop.at_rest(product, orders, 1)
    assert len(mail.wait(4)) == 4
