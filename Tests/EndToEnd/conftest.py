"""Fixtures of the black-box suite. Run it through `make test`, or `scripts/with-postgres .venv/bin/python -m pytest`."""
import os
import pathlib
import resource

import pytest

from hubtest import browser
from hubtest.database import DATABASES, Cluster
from hubtest.factory import ALIVE, HubFactory
from hubtest.hub import BINARY
from hubtest.network import Network
from hubtest.people import People
from hubtest.whatsapp import WhatsApp
from hubtest.whatsapp_desk import QUICK


def pytest_sessionstart(session):
    """A thousand sockets need more files than the usual 1,024, here and in the hub."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 16384 if hard == resource.RLIM_INFINITY else min(16384, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failure shows what the hubs of the test wrote since it began."""
    report = yield
    if report.failed:
        for hub in ALIVE:
            if text := hub.log_text():
                report.sections.append((f"log of {hub.folder.name}", text[-20000:]))
    return report


@pytest.fixture(scope="session")
def binary():
    assert BINARY.exists(), f"{BINARY} is missing; run: swift build --product hub"
    return BINARY


@pytest.fixture(scope="session")
def cluster(worker_id):
    """Each process of the run has one of its own."""
    if worker_id in ("master", "gw0"):
        yield Cluster.around()
    else:
        with Cluster.another() as cluster:
            yield cluster


@pytest.fixture
def make_hub(tmp_path_factory, request, binary):
    """Makes hubs that end with the test: `make_hub("postgres", settings={…}).start()`."""
    factory = HubFactory(tmp_path_factory, request)
    yield factory
    factory.close()


@pytest.fixture(params=DATABASES)
def hub(request, make_hub):
    """A fresh hub on each database, serving; for tests that stop, restart or configure it."""
    return make_hub(request.param).start()


@pytest.fixture(scope="module", params=DATABASES)
def shared_hub(request, tmp_path_factory, binary):
    """One hub for all tests of a file that only talk to it; every test brings its own people."""
    factory = HubFactory(tmp_path_factory, request)
    yield factory(request.param).start()
    factory.close()


@pytest.fixture
async def people(shared_hub):
    """Visitors and staff of the shared hub."""
    async with People(shared_hub) as people:
        yield people


@pytest.fixture
def visitor(hub):
    window = browser.Visitor(hub.url)
    yield window
    window.quit()


@pytest.fixture
def staff(hub):
    window = browser.Staff(hub.url)
    yield window
    window.quit()


@pytest.fixture
def screenshots(tmp_path):
    directory = pathlib.Path(os.environ.get("HUB_SCREENSHOTS") or tmp_path)
    directory.mkdir(parents=True, exist_ok=True)
    return directory


@pytest.fixture(params=DATABASES)
def shop(request, make_hub):
    """A hub and the WhatsApp that it is connected to, over a network that can fail: `phone`, `network`."""
    hub = make_hub(request.param, settings=QUICK)
    phone = WhatsApp(f"{hub.url}/api/v1/whatsapp/webhook")
    phone.set(status_delay_ms=30, retry_delay_ms=200)
    network = Network(phone.port)
    hub.settings |= phone.settings() | {"WA_API_URL": network.url}
    hub.phone, hub.network = phone, network
    yield hub.start()
    network.close()
    phone.close()
