"""People, their rights and the shop's settings: invitations in a real browser, API tokens, roles, audit."""
import base64
import contextlib
import os
import sqlite3

import requests

from hubtest.database import psql
from hubtest.people import People
from hubtest.browser import Window, eventually

PASSWORD = "كلمة سر جديدة تمامًا"


def secret(link):
    """What stands behind `#…=`."""
    return link.rsplit("=", 1)[1]


def audit(hub):
    """Action, kind of the actor, address and details of every entry, in order."""
    columns = "action, actor_kind, coalesce(address, ''), subject_id, coalesce(after_json, '')"
    text = f"select {columns} from audit_logs order by seq"
    if hub.database == "postgres":
        return [line.split("|") for line in psql(hub.database_url, text).splitlines()]
    with contextlib.closing(sqlite3.connect(hub.data / "hub.sqlite")) as connection:
        return [list(row) for row in connection.execute(text)]


def test_an_invitation_is_accepted_in_a_browser(hub):
    admin = hub.admin.rest()
    answer = admin.post("/users", {"email": "hind@shop.example", "name": "هند", "role": "supervisor"})
    assert answer.status_code == 201, answer.text
    link = answer.json()["link"]
    assert link.startswith("/password#invitation="), "without PUBLIC_URL a link begins with its path"
    window = Window(hub.url)
    try:
        window.go(link)
        assert "أهلاً بك" in window.one("h1").text
        assert window.driver.execute_script("return document.documentElement.dir") == "rtl"
        assert window.driver.execute_script("return location.hash") == "", "the token left the address bar"
        first, second = window.all("input[type=password]")
        first.send_keys("abcdefgh")
        second.send_keys("abcdefgi")
        window.one(".button").click()
        eventually(lambda: window.one(".form-message").text, "the two passwords differ")
        for field in (first, second):
            field.clear()
            field.send_keys(PASSWORD)
        window.one(".button").click()
        eventually(lambda: "حُفظت" in window.one("h1").text, "the password is saved")
        assert not window.complaints()
        window.go("/staff")
        window.go(link)
        assert "مستعمل" not in window.one("h1").text, "the page itself knows nothing of the link"
        for field in window.all("input[type=password]"):
            field.send_keys(PASSWORD)
        window.one(".button").click()
        eventually(lambda: "مستعمل" in window.one(".form-message").text, "the link works once")
    finally:
        window.quit()
    assert hub.rest().login("hind@shop.example", PASSWORD).status_code == 200


def test_a_token_survives_a_restart_and_ends_with_its_revocation(hub):
    admin = hub.admin.rest()
    made = admin.post("/tokens", {"name": "نسخ", "scopes": ["products:read"]}).json()
    program = hub.rest(made["token"])
    assert program.get("/products").status_code == 200
    assert program.get("/users").status_code == 403
    assert program.get("/rooms").status_code == 403
    hub.restart()
    assert program.get("/products").status_code == 200
    assert admin.delete(f"/tokens/{made['id']}").status_code == 204
    assert program.get("/products").status_code == 401
    assert made["token"] not in hub.log_text()


def test_signing_in_and_the_command_line_are_audited_without_secrets(hub):
    agent = hub.account("agent", 1)
    session = agent.session()
    for _ in range(5):
        assert hub.rest().login(agent.email, "a wrong password").status_code == 401
    assert hub.rest().login("hunter2@example.com", "a wrong password").status_code == 401
    refresh = {"refresh_token": session["refresh_token"]}
    assert hub.rest().post("/auth/refresh", refresh).status_code == 200
    assert hub.rest().post("/auth/refresh", refresh).status_code == 401
    second = hub.rest().login(agent.email, agent.password).json()
    assert hub.rest().post("/auth/logout", {"refresh_token": second["refresh_token"]}).status_code == 204
    hub.cli("user", "disable", "--email", agent.email)

    entries = audit(hub)
    about = [(action, kind, after) for action, kind, _, subject, after in entries if subject == agent.id]
    actions = [(action, kind) for action, kind, _ in about]
    assert actions == [
        ("user.created", "system"), ("auth.signed_in", "user"), ("auth.refused", "stranger"),
        ("auth.refused", "stranger"), ("auth.refused", "stranger"), ("auth.refresh_reused", "stranger"),
        ("auth.signed_in", "user"), ("auth.signed_out", "stranger"), ("user.changed", "system"),
    ]
    assert [after for action, _, after in about if action == "auth.refused"] == [
        '{"refusals":1}', '{"refusals":2}', '{"refusals":4}']
    assert all(address == "127.0.0.1" for action, _, address, _, _ in entries if action.startswith("auth."))
    text = str(entries)
    for word in ("hunter2", "wrong password", session["refresh_token"], session["access_token"], agent.password):
        assert word not in text


async def test_another_role_ends_the_socket_on_every_hub(make_hub):
    secret = {"ENCRYPTION_SECRET": base64.b64encode(os.urandom(32)).decode()}
    first = make_hub("postgres", settings=secret).start()
    second = make_hub(database_url=first.database_url, settings=secret).start()
    agent = first.account("agent", 1)
    async with People(second) as people:
        client = await people.staff(account=agent)
        changed = first.admin.rest().call("PATCH", f"/users/{agent.id}", json={"role": "supervisor"})
        assert changed.status_code == 200
        assert await client.closed() == 4002


async def test_a_conversation_goes_to_a_team_by_its_name(shared_hub, people):
    admin = shared_hub.admin.rest()
    team = admin.post("/teams", {"name_ar": "المبيعات", "skills": ["بطاقات"]}).json()
    visitor, agent = await people.visitor(), await people.staff()
    await agent.join(visitor.room)
    await agent.write("assign", visitor.room, to=team["id"])
    conversations = (await agent.request("inbox", filter="all"))["conversations"]
    mine = next(each for each in conversations if each["room"] == visitor.room)
    assert mine["assignee"] == {"kind": "team", "id": team["id"], "name": "المبيعات"}
    assert admin.delete(f"/teams/{team['id']}").status_code == 409


def test_settings_reach_the_widget_of_every_page(shared_hub):
    admin = shared_hub.admin.rest()
    assert admin.call("PATCH", "/settings/shop.name_ar", json={"value": "بطاقتان"}).status_code == 200
    answer = requests.get(f"{shared_hub.url}/api/v1/widget/settings", headers={"Origin": "https://any.example"})
    assert answer.json()["name"]["ar"] == "بطاقتان"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    keys = {each["key"] for each in admin.get("/settings").json()["items"]}
    assert "epoch" not in keys and "shop.name_ar" in keys
