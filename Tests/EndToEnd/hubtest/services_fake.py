"""Twilio, SendGrid, Google Calendar, Slack, Seha, Tatman and Zid, `hub-fakes services`, as a process of its own."""
from .fake import Fake

ACCOUNT = "AC" + "0" * 32


class ServicesFake(Fake):
    def __init__(self, event_webhook=None):
        super().__init__("services", *(["--event-webhook", event_webhook] if event_webhook else []))

    def settings(self):
        """What the hub must be told so that it may use it."""
        return {"OUTBOUND_ALLOW": f"127.0.0.1:{self.port}"}

    def config(self, name):
        """The configuration of one integration that is complete and right."""
        return {
            "twilio": {"account_sid": ACCOUNT, "auth_token": "fake-twilio-token", "from_number": "+15005550006",
                       "api_url": self.url},
            "sendgrid": {"api_key": "SG.fake-key", "from_email": "shop@example.com", "from_name": "متجر",
                         "api_url": self.url},
            "google_calendar": {"client_id": "fake-client", "client_secret": "fake-google-secret",
                                "refresh_token": "fake-refresh-token", "calendar_id": "primary",
                                "token_url": f"{self.url}/token", "api_url": f"{self.url}/calendar/v3"},
            "slack": {"webhook_url": f"{self.url}/services/T00000000/B00000000/fakefakefakefake", "channel": "#a"},
            "seha": {"api_url": f"{self.url}/seha", "api_key": "fake-health-key", "facility_id": "facility-1"},
            "tatman": {"api_url": f"{self.url}/tatman", "api_key": "fake-health-key", "provider_id": "provider-1"},
            "zid": {"authorization_token": "fake-zid-authorization", "manager_token": "fake-zid-manager",
                    "store_id": "4242", "api_url": f"{self.url}/zid/v1"},
        }[name]

    def zid_grant(self):
        """What the hub needs beside the configuration of Zid to renew its keys."""
        return {"client_id": "fake-zid-client", "client_secret": "fake-zid-secret", "refresh_token": "fake-zid-refresh",
                "token_url": f"{self.url}/oauth/token"}

    # ---- what tests do

    def fault(self, service, kind, **more):
        """`kind` is status, html, slow, cut, garbage, huge, redirect or lost."""
        self.control("faults", {"service": service, "kind": kind} | more)

    def set(self, **settings):
        self.control("settings", settings)

    def reset(self):
        self.control("reset")

    def log(self):
        return self.read("log")

    # ---- what the services tell; each answers the status that the hub gave

    def report(self, sid, status, **more):
        return self.control("reports", {"sid": sid, "status": status} | more)["answer"]

    def receive(self, sender, body, webhook):
        return self.control("received", {"from": sender, "body": body, "webhook": webhook})["answer"]

    def tell(self, *events, **more):
        return self.control("events", {"events": list(events)} | more)["answer"]

    # ---- the store at Zid

    def products(self, *products):
        return self.control("zid/products", {"products": list(products)})["ids"]

    def place(self, *items, **more):
        """An order of `(product, quantity)`; its id."""
        items = [{"product": product, "quantity": quantity} for product, quantity in items]
        return self.control("zid/orders", {"items": items} | more)["id"]

    def change(self, order, **change):
        self.control("zid/changes", {"id": order} | change)

    def pay(self, order):
        self.change(order, payment_status="paid")

    def tell_zid(self, order, *events, webhooks=None, **more):
        """Without addresses, to those that are registered."""
        where = {} if webhooks is None else {"webhooks": webhooks}
        return self.control("zid/tell", {"id": order, "events": list(events)} | where | more)["answers"]
