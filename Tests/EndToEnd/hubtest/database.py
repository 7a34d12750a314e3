"""The throw-away PostgreSQL cluster that scripts/with-postgres started."""
import contextlib
import os
import sqlite3
import subprocess
import uuid
from urllib.parse import urlsplit, urlunsplit


class Cluster:
    def __init__(self):
        try:
            self.url = os.environ["HUB_TEST_POSTGRES_URL"]
            self.ctl = os.environ["HUB_TEST_POSTGRES_CTL"]
        except KeyError as missing:
            raise RuntimeError(f"{missing} is not set; run through scripts/with-postgres") from None

    @property
    def password(self):
        return urlsplit(self.url).password

    def create_database(self):
        """Makes an empty database and returns its URL."""
        name = f"hub_{uuid.uuid4().hex}"
        psql(self.url, f"create database {name}")
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop_database(self, url):
        name = urlsplit(url).path.lstrip("/")
        psql(self.url, f"drop database if exists {name} with (force)")

    @contextlib.contextmanager
    def away(self, how="stop"):
        """Takes the database away and brings it back, also when the body fails; `how` is stop or kill."""
        self._control(how)
        try:
            yield
        finally:
            self._control("start")

    def restart(self):
        self._control("restart")

    def _control(self, verb):
        subprocess.run([self.ctl, verb], check=True, capture_output=True, text=True, timeout=60)


def psql(url, sql):
    """Runs statements and returns what they print, one row a line."""
    done = subprocess.run(
        ["psql", url, "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-f", "-"],
        input=sql, capture_output=True, text=True, timeout=60,
    )
    if done.returncode != 0:
        raise RuntimeError(f"psql: {done.stderr.strip()}")
    return done.stdout


def age_window(hub):
    """Moves the customer's last message two days back, in the database itself."""
    statement = "UPDATE rooms SET heard_ms = heard_ms - 172800000"
    if hub.database == "postgres":
        psql(hub.database_url, statement)
        return
    with contextlib.closing(sqlite3.connect(hub.data / "hub.sqlite", timeout=10)) as database, database:
        database.execute(statement)
