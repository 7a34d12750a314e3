"""The throw-away PostgreSQL cluster that scripts/with-postgres started."""
import contextlib
import os
import pathlib
import sqlite3
import subprocess
import uuid
from urllib.parse import urlsplit, urlunsplit

DATABASES = ["sqlite", "postgres"]
SCRIPT = pathlib.Path(__file__).resolve().parents[3] / "scripts" / "with-postgres"


class Cluster:
    def __init__(self, url, ctl):
        self.url = url
        self.ctl = ctl

    @classmethod
    def around(cls):
        """The one that scripts/with-postgres started around this run."""
        try:
            return cls(os.environ["HUB_TEST_POSTGRES_URL"], os.environ["HUB_TEST_POSTGRES_CTL"])
        except KeyError as missing:
            raise RuntimeError(f"{missing} is not set; run through scripts/with-postgres") from None

    @classmethod
    @contextlib.contextmanager
    def another(cls):
        """One more, for tests that run beside others: some take the database away."""
        say = 'printf "%s\\n" "$HUB_TEST_POSTGRES_URL" "$HUB_TEST_POSTGRES_CTL"; read -r _'
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        with subprocess.Popen([SCRIPT, "bash", "-c", say], text=True, **pipes) as running:
            try:
                yield cls(running.stdout.readline().strip(), running.stdout.readline().strip())
            finally:
                running.stdin.close()

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
