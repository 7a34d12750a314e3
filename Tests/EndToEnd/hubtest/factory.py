"""Hubs for tests: each on fresh data, and ended with what asked for it."""
from .hub import Hub
from .limits import BUSY_OFFICE

# The hubs that were made and not ended, for the report of a failure.
ALIVE = []


class HubFactory:
    """Makes hubs with fresh data, and ends them."""

    def __init__(self, folder_factory, request):
        self.folder_factory = folder_factory
        self.request = request
        self.hubs = []
        self.databases = []

    def __call__(self, database="sqlite", *, database_url=None, limits=BUSY_OFFICE, settings=None):
        """A hub that is not started yet; `database_url` makes it a second hub on a database."""
        if database_url is None:
            database_url = self.new_database() if database == "postgres" else ""
        hub = Hub(self.folder_factory.mktemp(database), database_url, limits | (settings or {}))
        self.hubs.append(hub)
        ALIVE.append(hub)
        return hub

    def new_database(self):
        cluster = self.request.getfixturevalue("cluster")
        self.databases.append(cluster.create_database())
        return self.databases[-1]

    def close(self):
        for hub in self.hubs:
            if hub.process is not None:
                hub.kill()
            ALIVE.remove(hub)
        for url in self.databases:
            self.request.getfixturevalue("cluster").drop_database(url)
        for hub in self.hubs:
            assert not hub.fault, f"a hub ended by a fault of its own: {hub.fault}"
