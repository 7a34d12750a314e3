"""Services as their owner connects them, and hubs that take that up while they run."""
from .waiting import wait_for

# How the pages call them, and how the local services call themselves.
NAMES = {"sms": "twilio", "email": "sendgrid", "google_calendar": "google_calendar", "slack": "slack", "seha": "seha",
         "tatman": "tatman", "zid": "zid"}


def store(hub, kind, values, enabled=True):
    """Stores all values of a service; the integration as the hub tells it."""
    answer = hub.admin.rest().call("PUT", f"/integrations/{kind}", json={"values": values, "enabled": enabled})
    assert answer.status_code == 200, answer.text
    return answer.json()


def integration(hub, kind):
    return hub.admin.rest().get(f"/integrations/{kind}").json()


def taken_up(kind, *hubs):
    """Waits until each of the hubs works with what is stored."""
    for hub in hubs:
        wait_for(lambda: integration(hub, kind)["taken_up"], 30, f"{hub.url} takes up {kind}")


def connect(kind, values, *hubs, enabled=True):
    """Stores values at the first hub and waits until all of them work with these."""
    made = store(hubs[0], kind, values, enabled)
    taken_up(kind, *hubs)
    return made
