"""A hub with the services it sends by, and the settings before it."""
import pytest

from hubtest.services_fake import ServicesFake
from hubtest.settings_page import SettingsPage


@pytest.fixture
def services():
    services = ServicesFake()
    yield services
    services.close()


@pytest.fixture
def hub(make_hub, services):
    return make_hub(settings=services.settings() | {"HUB_STATUS_TIMEOUT_MS": "1500"}).start()


@pytest.fixture
def page(hub):
    page = SettingsPage(hub.url)
    yield page
    page.quit()
