"""Secrets at rest: a hub without the secret of its database does not start."""
import base64
import os
import sqlite3

import pytest

DATABASES = ["sqlite", "postgres"]


def refusal(hub):
    """The one line of a start that must not succeed, for the configuration's sake."""
    done = hub.run("serve", within=30)
    assert done.returncode == 78, done.stdout + done.stderr
    lines = [line for line in done.stderr.splitlines() if "ENCRYPTION_SECRET" in line]
    assert len(lines) == 1, done.stderr
    return lines[0]


def value_in(secrets):
    return next(line.split("=", 1)[1] for line in secrets.read_text().splitlines() if line.startswith("ENCRYPTION_SECRET="))


def new_secret():
    return base64.b64encode(os.urandom(32)).decode()


@pytest.mark.parametrize("database", DATABASES)
def test_a_lost_secret_stops_the_start_until_it_is_put_back(make_hub, database):
    hub = make_hub(database).start()
    token = hub.rest().login(hub.admin_email, hub.admin_password).json()["access_token"]
    hub.stop()
    secrets, copy = hub.data / "secrets.env", hub.folder / "copy.env"
    secrets.rename(copy)

    line = refusal(hub)
    assert "is missing" in line and str(secrets) in line and "hub keys accept-loss local:k" in line
    assert not secrets.exists()
    assert hub.run("identity-key").returncode == 78 and not secrets.exists()
    doctor = hub.run("doctor")
    assert doctor.returncode == 1 and "is missing, and the database holds" in doctor.stdout

    secrets.write_text(f"ENCRYPTION_SECRET={new_secret()}\n", encoding="utf-8")
    secrets.chmod(0o600)
    assert "is not the secret" in refusal(hub)

    copy.replace(secrets)
    hub.start()
    assert hub.rest(token).get("/auth/me").status_code == 200
    assert value_in(secrets) not in hub.log_text()


def test_a_secret_is_changed_and_the_old_one_goes(make_hub):
    hub = make_hub().start()
    hub.stop()
    secrets = hub.data / "secrets.env"
    old, new = value_in(secrets), new_secret()
    secrets.write_text(f"ENCRYPTION_SECRET={new}\nENCRYPTION_SECRET_RETIRED={old}\n", encoding="utf-8")
    hub.start()
    assert "0 left" in hub.cli("keys", "rotate")
    active, retired = (line.split("\t") for line in hub.cli("keys", "status").splitlines())
    assert active[1:3] == ["active", "1"] and retired[1:3] == ["retired", "0"]
    hub.stop()
    secrets.write_text(f"ENCRYPTION_SECRET={new}\n", encoding="utf-8")
    hub.start()
    hub.stop()
    with sqlite3.connect(hub.data / "hub.sqlite") as database:
        traces = database.execute("select action, subject_id from audit_logs where subject_kind = 'keys'").fetchall()
    assert traces == [("keys.rotated", active[0])]
    everything = b"".join(path.read_bytes() for path in hub.data.iterdir() if path.name.startswith("hub.sqlite"))
    assert b"v1|A256GCM|local:k" in everything
    for secret in (old, new):
        assert secret not in hub.log_text() and secret.encode() not in everything
        assert base64.b64decode(secret) not in everything


def test_a_secret_that_is_lost_for_good_is_given_up_on_purpose(make_hub):
    hub = make_hub().start()
    hub.stop()
    (hub.data / "secrets.env").unlink()
    key = refusal(hub).split("accept-loss ")[1].strip()
    wrong = hub.run("keys", "accept-loss", "local:k0000000000000000")
    assert wrong.returncode == 1 and key in wrong.stderr
    assert key in hub.cli("keys", "accept-loss", key)
    hub.start()
    assert hub.rest().login(hub.admin_email, hub.admin_password).status_code == 200
