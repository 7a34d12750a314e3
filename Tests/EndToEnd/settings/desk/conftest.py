"""A hub with a system that listens and a model that answers, and the settings before it."""
import pytest

from hubtest.hooks import Receiver
from hubtest.openai import OpenAI
from hubtest.settings_page import SettingsPage


# A patient hub makes patient tests.
QUICK = {
    "HUB_HOOK_POLL_MS": "50", "HUB_HOOK_PAUSE_MS": "50", "HUB_HOOK_LONGEST_PAUSE_S": "1", "HUB_HOOK_LONGEST_REST_S": "1",
    "HUB_HOOK_TIMEOUT_MS": "5000", "HUB_OUTBOX_POLL_MS": "50", "HUB_ROUTING_BEAT_MS": "200", "HUB_POLL_MS": "50",
}


@pytest.fixture
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.close()


@pytest.fixture
def model():
    model = OpenAI()
    yield model
    model.close()


@pytest.fixture
def hub(make_hub, receiver, model):
    return make_hub(settings=QUICK | model.settings() | {"OUTBOUND_ALLOW": f"127.0.0.1:{receiver.port}"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()
