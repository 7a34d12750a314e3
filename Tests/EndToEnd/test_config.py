"""Configuration, the first start, and the program's commands."""
import re
import sqlite3
import subprocess

import pytest

from hubtest.database import psql
from hubtest.waiting import wait_for


def refusal(hub, command="serve"):
    """What a start says that must not succeed."""
    done = hub.run(command, within=20)
    assert done.returncode != 0, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, f"one line was expected:\n{done.stderr}"
    return lines[0]


@pytest.mark.parametrize("name, value, accepted", [
    ("PORT", "eighty", "65535"), ("PORT", "70000", "65535"), ("PORT", "-1", "65535"), ("PORT", "80 80", "65535"),
    ("LOG_LEVEL", "loud", "info"), ("LOG_FORMAT", "xml", "json"), ("DATABASE_URL", "mysql://localhost/hub", "postgres://"),
    ("ALLOWED_ORIGINS", "shop.example", "https://"), ("PUBLIC_URL", "shop", "https://"),
    ("TRUSTED_PROXIES", "everyone", "address"), ("ENCRYPTION_SECRET", "c2hvcnQ=", "32"),
    ("ENCRYPTION_SECRET", "not base64 !", "32"),
])
def test_a_malformed_value_stops_the_start(make_hub, name, value, accepted):
    line = refusal(make_hub(settings={name: value}))
    assert name in line and accepted in line, line
    if name in {"ENCRYPTION_SECRET", "DATABASE_URL"}:
        assert value not in line
    else:
        assert value in line


def test_a_dotenv_file_configures(make_hub):
    hub = make_hub()
    settings = hub.settings | {"ADMIN_EMAIL": "dotenv@example.com"}
    lines = ["# a comment", "", *(f'{name}="{value}"' for name, value in settings.items())]
    (hub.folder / ".env").write_text("\n".join(lines) + "\n", encoding="utf-8")
    hub.settings = {}
    hub.start()
    assert hub.rest().login("dotenv@example.com", hub.admin_password).status_code == 200


def test_the_environment_wins_over_dotenv(make_hub):
    hub = make_hub()
    (hub.folder / ".env").write_text("PORT=1\n", encoding="utf-8")
    hub.start()


@pytest.mark.parametrize("text, named", [("PROT=8080\n", "PROT"), ("PORT=eighty\n", "PORT"), ("just words\n", ".env")])
def test_a_wrong_dotenv_file_stops_the_start(make_hub, text, named):
    hub = make_hub()
    hub.settings.pop("PORT")
    (hub.folder / ".env").write_text(text, encoding="utf-8")
    assert named in refusal(hub)


def login_printed(text):
    """The address and password that a first start prints, or None."""
    found = re.search(r"E-mail +(\S+@\S+)\n +Password +(\S+)\n", text)
    return found and found.groups()


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_the_first_start_prints_a_login_once_and_the_second_keeps_everything(make_hub, database):
    hub = make_hub(database, settings={"ADMIN_EMAIL": None, "ADMIN_PASSWORD": None}).start()
    # It serves a moment before it says so.
    email, password = wait_for(lambda: login_printed(hub.log_text()), 20, "the login")
    session = hub.rest().login(email, password)
    assert session.status_code == 200, f"{email} {password}: {session.text}"
    assert session.json()["user"]["role"] == "admin"
    secrets = (hub.data / "secrets.env")
    assert secrets.stat().st_mode & 0o077 == 0
    kept = secrets.read_text(encoding="utf-8")

    hub.stop()
    first = hub.log_text()
    assert hub.url in first
    hub.start()
    wait_for(lambda: hub.url in hub.log_text()[len(first):], 20, "its address")
    assert hub.rest().login(email, password).status_code == 200
    assert hub.rest(session.json()["access_token"]).get("/auth/me").json()["email"] == email
    assert secrets.read_text(encoding="utf-8") == kept
    hub.stop()
    second = hub.log_text()[len(first):]
    assert password not in second and login_printed(second) is None


def test_admin_settings_only_count_on_the_first_start(make_hub):
    hub = make_hub().start()
    old = hub.admin_password
    hub.stop()
    hub.settings["ADMIN_PASSWORD"] = "another password"
    hub.start()
    assert hub.rest().login(hub.admin_email, old).status_code == 200
    assert hub.rest().login(hub.admin_email, "another password").status_code == 401
    assert old not in hub.log_text()


def test_sqlite_is_durable(make_hub):
    hub = make_hub().start()
    with sqlite3.connect(hub.data / "hub.sqlite") as database:
        assert database.execute("pragma journal_mode").fetchone() == ("wal",)
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_doctor(make_hub, cluster):
    hub = make_hub("postgres").start()
    assert hub.run("doctor").returncode == 0
    with_away = make_hub(database_url="postgres://hub:s3cr3t-word@127.0.0.1:1/hub")
    done = with_away.run("doctor")
    assert done.returncode != 0
    assert "s3cr3t-word" not in done.stdout + done.stderr
    broken = make_hub(settings={"PORT": "eighty"})
    assert broken.run("doctor").returncode != 0


def test_migrations_are_plain_sql_for_psql(make_hub, cluster, tmp_path):
    printed, migrated = make_hub("postgres"), make_hub("postgres")
    script = tmp_path / "schema.sql"
    script.write_text(printed.cli("migrate", "up", "--print-sql"), encoding="utf-8")
    done = subprocess.run(["psql", printed.database_url, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(script)],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    migrated.cli("migrate", "up")
    assert columns(printed) == columns(migrated) != ""
    without_times = [re.sub(r"\S+Z", "", hub.cli("migrate", "status")) for hub in (printed, migrated)]
    assert without_times[0] == without_times[1]
    printed.cli("migrate", "up")
    printed.start()
    assert printed.rest().login(printed.admin_email, printed.admin_password).status_code == 200


def columns(hub):
    return psql(hub.database_url, """
        select table_name, column_name, data_type, is_nullable from information_schema.columns
        where table_schema = 'public' order by table_name, ordinal_position""")


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_migrating_twice_changes_nothing(make_hub, database):
    hub = make_hub(database)
    hub.cli("migrate", "up")
    status = hub.cli("migrate", "status")
    hub.cli("migrate", "up")
    assert hub.cli("migrate", "status") == status


def test_user_commands(make_hub):
    hub = make_hub().start()
    hub.add_user("noor@example.com", "supervisor", "نور")
    listing = hub.cli("user", "list")
    assert "noor@example.com" in listing and "supervisor" in listing and "نور" in listing
    again = hub.run("user", "add", "--email", "NOOR@example.com", "--name", "x", "--role", "agent", "--password-stdin",
                    stdin="some good password\n")
    assert again.returncode != 0 and "a user with this e-mail already" in again.stderr
    for wrong in (["--role", "king"], ["--email", "nobody"]):
        arguments = {"--email": "x@example.com", "--name": "x", "--role": "agent"} | dict([wrong])
        flat = [word for pair in arguments.items() for word in pair]
        assert hub.run("user", "add", *flat, "--password-stdin", stdin="some good password\n").returncode != 0
    assert hub.run("user", "disable", "--email", "nobody@example.com").returncode != 0
    short = hub.run("user", "password", "--email", "noor@example.com", "--password-stdin", stdin="x\n")
    assert short.returncode != 0


def test_help_names_every_command(make_hub):
    text = make_hub().cli("--help")
    for command in ("serve", "migrate", "user", "doctor", "identity-key", "keys", "new-epoch"):
        assert command in text
