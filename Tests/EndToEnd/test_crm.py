"""Contacts, leads and deals as staff use them: on both databases, beside a live conversation."""
import csv
import hashlib
import io
from concurrent.futures import ThreadPoolExecutor

from hubtest.database import psql
from hubtest.files import absolute, png
from hubtest.waiting import eventually


def contact(hub, name="ليلى", **members):
    answer = hub.admin.rest().post("/crm/contacts", {"name": name} | members)
    assert answer.status_code == 201, answer.text
    return answer.json()


def phone(number):
    return {"kind": "phone", "value": number}


def test_a_number_is_found_in_any_spelling_and_belongs_to_one_contact(hub):
    rest = hub.admin.rest()
    made = contact(hub, identities=[phone("00966 50-123 4567")])
    assert made["identities"] == [phone("+966501234567")]
    for number in ["+966501234567", "966501234567", "+٩٦٦٥٠١٢٣٤٥٦٧"]:
        found = rest.get("/crm/contacts", params={"phone": number}).json()["items"]
        assert [item["id"] for item in found] == [made["id"]]
    refused = rest.post("/crm/contacts", {"name": "x", "identities": [phone("+966501234567")]})
    assert refused.status_code == 409 and made["id"] in refused.json()["detail"]


def test_many_at_once_get_one_contact_for_one_number(hub):
    rest = hub.admin.rest()

    def make(number):
        body = {"name": f"س {number}", "identities": [phone("+966501234567")]}
        return rest.post("/crm/contacts", body).status_code

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(make, range(24)))
    assert sorted(codes) == [201] + [409] * 23
    assert len(rest.get("/crm/contacts").json()["items"]) == 1


def test_a_lead_is_sold_and_what_it_was_worth_is_counted(hub):
    rest = hub.admin.rest()
    lead = rest.post("/crm/leads", {"name": "ليلى", "source": "instagram", "value": 9900}).json()
    for state in ["contacted", "qualified"]:
        assert rest.call("PATCH", f"/crm/leads/{lead['id']}", json={"state": state}).status_code == 200
    deal = rest.post(f"/crm/leads/{lead['id']}/convert", {}).json()
    assert rest.post(f"/crm/leads/{lead['id']}/convert", {}).json() == deal
    won = rest.call("PATCH", f"/crm/deals/{deal['id']}", json={"state": "won"})
    assert won.json()["closed_at"]
    totals = rest.get("/crm/deals/summary", params={"state": "won"}).json()["items"]
    assert [(total["amount"], total["count"]) for total in totals] == [(9900, 1)]


def test_an_agent_sees_what_is_theirs_or_nobodys(hub):
    agent = hub.account("agent", 0)
    theirs = contact(hub, "لغيره", owner=hub.admin.id)
    nobodys = contact(hub, "لا أحد")
    listed = agent.rest().get("/crm/contacts").json()["items"]
    assert [item["id"] for item in listed] == [nobodys["id"]]
    assert agent.rest().get(f"/crm/contacts/{theirs['id']}").status_code == 404
    assert agent.rest().post(f"/crm/contacts/{nobodys['id']}/merge", {"from": theirs["id"]}).status_code == 403


async def test_a_conversation_tells_whose_it_is(people):
    hub = people.hub
    rest = hub.admin.rest()
    visitor = await people.visitor()
    await visitor.say(visitor.room, "سؤال")
    path = f"/conversations/{visitor.room}/contact"
    known = {"kind": "visitor", "value": visitor.id}
    assert rest.get(path).json() == {"identity": known, "contact": None}
    made = contact(hub, "ليلى", identities=[known], owner=hub.admin.id)
    assert rest.get(path).json() == {"identity": known, "contact": made}
    # What an agent does not see is as if it were not there, until the conversation is theirs.
    staff = await people.staff("agent")
    agent = staff.account.rest()
    assert agent.get(path).json() == {"identity": known, "contact": None}
    await staff.join(visitor.room)
    await staff.write("assign", visitor.room, to="me")
    await eventually(lambda: agent.get(path).json()["contact"] == made, 30, "the conversation is theirs")
    for room in [visitor.room[:-4] + "0000", made["id"]]:
        assert rest.get(f"/conversations/{room}/contact").status_code in (404, 422)
    assert hub.rest(visitor.token).get(path).status_code in (401, 403)

    rest.post(f"/crm/contacts/{made['id']}/notes", {"text": "اتصلت"})
    timeline = f"/crm/contacts/{made['id']}/timeline"
    for kind, ids in [("conversation", [visitor.room]), ("order", [])]:
        assert [entry["id"] for entry in rest.get(timeline, params={"kind": kind}).json()["items"]] == ids
    assert [entry["text"] for entry in rest.get(timeline, params={"kind": "note"}).json()["items"]] == ["اتصلت"]
    assert rest.get(timeline, params={"kind": "fax"}).status_code == 422


async def test_two_contacts_become_one_with_both_histories_and_two_again(people):
    hub = people.hub
    rest = hub.admin.rest()
    visitor = await people.visitor()
    await visitor.say(visitor.room, "سؤال")
    first = contact(hub, identities=[phone("+966501234567")])
    second = contact(hub, "L", identities=[{"kind": "visitor", "value": visitor.id}])
    rest.post(f"/crm/contacts/{first['id']}/notes", {"text": "اتصلت"})
    assert rest.post(f"/crm/contacts/{first['id']}/merge", {"from": second["id"]}).status_code == 200
    entries = rest.get(f"/crm/contacts/{first['id']}/timeline", params={"sort": "at"}).json()["items"]
    assert [entry["kind"] for entry in entries] == ["conversation", "note"]
    assert entries[0]["id"] == visitor.room
    gone = rest.get(f"/crm/contacts/{second['id']}")
    assert gone.status_code == 404 and gone.json()["errors"][0]["detail"] == first["id"]
    assert rest.post(f"/crm/contacts/{second['id']}/unmerge", {}).status_code == 200
    back = rest.get(f"/crm/contacts/{second['id']}").json()
    assert back["identities"] == second["identities"]


def everything(hub):
    """The whole database as bytes: the dump of PostgreSQL, or every row of SQLite."""
    if hub.database == "postgres":
        tables = psql(hub.database_url, "select table_name from information_schema.tables where table_schema = 'public'")
        return "".join(psql(hub.database_url, f"select t::text from {table} t") for table in tables.split())
    import sqlite3
    connection = sqlite3.connect(f"file:{hub.data / 'hub.sqlite'}?mode=ro", uri=True)
    text = "\n".join(connection.iterdump())
    connection.close()
    return text


async def test_a_person_is_exported_and_forgotten(people):
    hub = people.hub
    rest = hub.admin.rest()
    visitor = await people.visitor("planted-name", profile={"email": "planted@v.example"})
    await visitor.say(visitor.room, "planted question")
    made = contact(hub, "planted-contact", notes="planted-notes", identities=[{"kind": "visitor", "value": visitor.id}])
    rest.post(f"/crm/contacts/{made['id']}/notes", {"text": "planted-note"})
    export = rest.get(f"/crm/contacts/{made['id']}/export")
    assert export.json()["conversations"][0]["events"][0]["body"]["text"] == "planted question"
    assert "planted" in everything(hub)
    wrong = rest.post(f"/crm/contacts/{made['id']}/erase", {"confirm": contact(hub)["id"]})
    assert wrong.status_code == 422
    report = rest.post(f"/crm/contacts/{made['id']}/erase", {"confirm": made["id"]}).json()
    assert report["messages"] == 1 and report["conversations"] == 1
    assert "planted" not in everything(hub)
    assert rest.get(f"/crm/contacts/{made['id']}").status_code == 404
    actions = [row["action"] for row in rest.get("/logs", params={"subject": made["id"]}).json()["items"]]
    assert actions[:2] == ["contact.erased", "contact.exported"]


async def test_the_bytes_of_a_forgotten_person_are_removed(people):
    hub = people.hub
    visitor, other = await people.visitor(), await people.visitor()
    alone, shared = png(3, 3), png(4, 4)
    for content in (alone, shared):
        assert hub.rest(visitor.token).upload("a.png", content).status_code == 201
    kept = hub.rest(other.token).upload("b.png", shared).json()["url"]
    made = contact(hub, identities=[{"kind": "visitor", "value": visitor.id}])
    assert hub.admin.rest().post(f"/crm/contacts/{made['id']}/erase", {"confirm": made["id"]}).json()["files"] == 2

    def blob(content):
        digest = hashlib.sha256(content).hexdigest()
        return hub.data / "blobs" / digest[:2] / digest[2:]

    await eventually(lambda: not blob(alone).exists(), 15, "the bytes are gone")
    await eventually(lambda: not pending(hub), 15, "the shared bytes were looked at")
    assert blob(shared).exists()
    assert hub.rest().session.get(absolute(hub, kept), timeout=10).content == shared


def pending(hub):
    """The rows of `erased_blobs`, as `everything` shows them."""
    if hub.database == "postgres":
        return psql(hub.database_url, "select digest from erased_blobs").strip()
    return "\n".join(line for line in everything(hub).splitlines() if line.startswith('INSERT INTO "erased_blobs"'))


def send_table(hub, text, **params):
    answer = hub.admin.rest().call("POST", "/crm/contacts/imports", params=params, data=text.encode(),
                                   headers={"Content-Type": "text/csv"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(report):
    return {name: report[name] for name in ["lines", "created", "updated", "skipped", "failed"] if report[name]}


def test_a_table_is_imported_line_by_line_and_exported_as_it_was(hub):
    rest = hub.admin.rest()
    table = "﻿name,phone,labels\r\nليلى,00966501234567,vip\r\n=منى,+966507654321,\r\n,+966500000000,\r\nx,123,\r\n"
    report = send_table(hub, table)
    assert counts(report) == {"lines": 4, "created": 2, "failed": 2}
    assert [(problem["line"], problem["code"]) for problem in report["problems"]] == [(4, "required"), (5, "mismatch")]
    assert counts(send_table(hub, "name,phone\r\nغيرها,+966501234567\r\n")) == {"lines": 1, "skipped": 1}
    changed = send_table(hub, "phone,company\r\n+966501234567,متجر\r\n", mode="update")
    assert counts(changed) == {"lines": 1, "updated": 1}

    exported = rest.get("/crm/contacts/export.csv")
    assert exported.content.startswith(b"\xef\xbb\xbf") and "'=منى" in exported.content.decode()
    rows = list(csv.DictReader(io.StringIO(exported.content.decode("utf-8-sig"))))
    # They were made in the same millisecond, so that either may come first.
    assert sorted((row["name"], row["company"]) for row in rows) == [("'=منى", ""), ("ليلى", "متجر")]
    again = send_table(hub, exported.content.decode(), mode="update")
    assert counts(again) == {"lines": 2, "skipped": 2}
    actions = [row["action"] for row in rest.get("/logs", params={"action": "contacts."}).json()["items"]]
    assert actions == ["contacts.exported"]


def test_what_is_no_table_is_refused(hub):
    rest = hub.admin.rest()
    assert rest.post("/crm/contacts/imports", {}).status_code == 415
    for text in ["", "fax\n1\n"]:
        answer = rest.call("POST", "/crm/contacts/imports", data=text, headers={"Content-Type": "text/csv"})
        assert answer.status_code == 400, answer.text
    agent = hub.account("agent", 0).rest()
    assert agent.get("/crm/contacts/export.csv").status_code == 403
