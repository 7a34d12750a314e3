"""Who may see and do what: privacy of rooms, tokens, sign-in, and sockets of people who lost their right."""
import asyncio
import base64
import hashlib
import hmac
import json

import jwt
import pytest
from websockets.exceptions import InvalidStatus

from hubtest.client import Client, Refused
from hubtest.limits import DEFAULTS, SHORT_TOKENS
from hubtest.people import People

NOWHERE = "r_00000000000000000000000000"


# ---- rooms

async def test_a_visitor_reads_no_other_room(shared_hub, people):
    one, other, agent = await people.visitor(), await people.visitor(), await people.staff()
    side = (await agent.join(one.room))["side"]
    await other.say(other.room, "private")
    rest = shared_hub.rest(one.token)
    for room in (other.room, side, NOWHERE, "../etc"):
        # A connection each: twenty errors end one.
        prying = await people.again(one)
        for op, fields in {"join": {}, "history": {}, "read": {"seq": 1}, "typing": {"on": True}}.items():
            with pytest.raises(Refused, match="forbidden|bad_request"):
                await prying.request(op, room=room, **fields)
        with pytest.raises(Refused, match="forbidden|not_joined|bad_request"):
            await prying.say(room, "intruder")
    for room in (other.room, side, NOWHERE):
        with pytest.raises(Refused, match="forbidden"):
            await one.join(room)
        assert rest.get(f"/rooms/{room}/events").status_code == 403
        assert rest.get(f"/rooms/{room}/events", headers={"Accept": "text/event-stream"}).status_code == 403
    intruder = await people.visitor(token=one.token, rooms={other.room: 0, side: 0})
    assert {room for room, reply in intruder.identity["rooms"].items() if "err" not in reply} == {one.room}


async def test_staff_ops_are_unknown_to_visitors(people):
    visitor = await people.visitor()
    for frame in ({"op": "inbox"}, {"op": "search", "q": "private"},
                  {"op": "assign", "room": visitor.room, "to": None, "mid": "a"},
                  {"op": "state", "room": visitor.room, "state": "resolved", "mid": "s"},
                  {"op": "send", "room": visitor.room, "mid": "t", "kind": "template",
                   "body": {"name": "hello", "language": "ar"}}):
        await visitor.post(frame | {"id": 77})
        await visitor.until(lambda: visitor.stray_errors, f"an error for {frame['op']}")
        assert visitor.stray_errors.pop()["code"] in ("forbidden", "bad_request")
    assert (await visitor.history(visitor.room))["as_of"] == 0


async def test_nothing_of_the_side_reaches_a_visitor(shared_hub, people):
    secret = "سرّ-5e1f"
    visitor, agent = await people.visitor(), await people.staff()
    side = (await agent.join(visitor.room))["side"]
    await agent.join(side)
    await visitor.say(visitor.room, "hello")
    await agent.say(side, secret)
    await agent.write("react", side, target=1, emoji="🤫")
    await agent.request("typing", room=side, on=True)
    await agent.request("read", room=side, seq=1)
    await agent.say(visitor.room, "answer")
    await visitor.until_seq(visitor.room, 2)

    again = await people.again(visitor, rooms={visitor.room: 0})
    rest = shared_hub.rest(visitor.token)
    seen = [visitor.frames, again.frames, await visitor.history(visitor.room),
            rest.get(f"/rooms/{visitor.room}/events").json(),
            await asyncio.to_thread(lambda: [next(rest.stream(visitor.room, after=seq)) for seq in range(2)])]
    text = json.dumps(seen, ensure_ascii=False)
    for word in (secret, side, "🤫", "anchor", agent.id, agent.account.email):
        assert word not in text, word
    hits = (await agent.request("search", q=secret))["hits"]
    assert [hit["room"] for hit in hits] == [side]


async def test_an_agent_has_no_admin_path(people):
    agent, supervisor, visitor = await people.staff(), await people.staff("supervisor"), await people.visitor()
    of_both = [("POST", "/users"), ("GET", "/system/status")]
    for client, calls in ((supervisor, of_both), (agent, [*of_both, ("GET", "/settings"), ("GET", "/logs")])):
        rest = client.account.rest()
        for method, path in calls:
            assert rest.call(method, path).status_code == 403, path
    await agent.join(visitor.room)
    await visitor.say(visitor.room, "mine")
    with pytest.raises(Refused, match="forbidden"):
        await agent.write("delete", visitor.room, target=1)


# ---- tokens

def forgeries(token):
    claims = jwt.decode(token, options={"verify_signature": False})
    header, body, signature = token.split(".")
    other_body = base64.urlsafe_b64encode(json.dumps(claims | {"sub": "u_00000000000000000000000000"}).encode())
    return {
        "unsigned": jwt.encode(claims, None, algorithm="none"),
        "no signature": f"{header}.{body}.",
        "another key": jwt.encode(claims, "k" * 32, algorithm="HS256"),
        "empty key": signed_with_nothing(claims),
        "another algorithm": jwt.encode(claims, "k" * 64, algorithm="HS512"),
        "another body": f"{header}.{other_body.decode().rstrip('=')}.{signature}",
        "cut": token[:-3],
        "not a token": "x",
        "empty": "",
    }


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def signed_with_nothing(claims):
    """A token whose key is empty, which no library makes."""
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, claims)]
    mac = hmac.new(b"", b".".join(parts), "sha256").digest()
    return b".".join([*parts, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()


async def test_forged_tokens_are_refused(shared_hub, people):
    account = shared_hub.account("agent", 0)
    for name, token in forgeries(account.token()).items():
        client = await people.connect("staff")
        with pytest.raises(Refused, match="unauthorized|bad_request"):
            await client.auth(token=token)
        assert await client.closed() == 4001, name
        if token:
            assert shared_hub.rest(token).get("/auth/me").status_code == 401, name
    assert shared_hub.rest(account.token()).get("/auth/me").json()["email"] == account.email


async def test_unknown_visitor_tokens_are_refused(people):
    client = await people.connect("visitor")
    with pytest.raises(Refused, match="unauthorized"):
        await client.request("auth", token="vt_" + "0" * 40)
    assert await client.closed() == 4001


async def test_tokens_of_one_side_do_not_open_the_other(shared_hub, people):
    visitor, agent = await people.visitor(), await people.staff()
    for kind, token in (("staff", visitor.token), ("visitor", agent.account.token())):
        client = await people.connect(kind)
        with pytest.raises(Refused, match="unauthorized"):
            await client.request("auth", token=token)
        assert await client.closed() == 4001


async def test_an_expired_token_is_refused(make_hub):
    hub = make_hub(settings=SHORT_TOKENS).start()
    async with People(hub) as people:
        session = hub.rest().login(hub.admin_email, hub.admin_password).json()
        client = await people.connect("staff")
        await client.request("auth", token=session["access_token"])
        # The socket outlives its token only until the hub notices, and may come back at once with a new one.
        assert await client.closed(within=60) == 4202
        assert hub.rest(session["access_token"]).get("/auth/me").status_code == 401
        late = await people.connect("staff")
        with pytest.raises(Refused, match="unauthorized"):
            await late.request("auth", token=session["access_token"])
        assert await late.closed() == 4001
        fresh = hub.rest().post("/auth/refresh", {"refresh_token": session["refresh_token"]}).json()
        back = await people.connect("staff")
        assert (await back.request("auth", token=fresh["access_token"]))["user"]["email"] == hub.admin_email


# ---- identity of visitors

async def test_a_signed_user_id_brings_the_same_conversation(shared_hub, people):
    key = identity_key(shared_hub)
    profile = {"user_id": "customer-7", "signature": signature(key, "customer-7")}
    phone = await people.visitor("ريم", profile=profile)
    laptop = await people.visitor("ريم", profile=profile)
    assert phone.identity["verified"] is laptop.identity["verified"] is True
    assert (laptop.room, laptop.id) == (phone.room, phone.id)
    await phone.say(phone.room, "from the phone")
    await laptop.until_seq(laptop.room, 1)


async def test_a_wrong_signature_is_refused_and_may_be_corrected(shared_hub, people):
    client = await people.connect("visitor")
    for wrong in (signature("another key", "customer-8"), "", "ff"):
        with pytest.raises(Refused, match="unauthorized"):
            await client.request("auth", profile={"user_id": "customer-8", "signature": wrong})
    key = identity_key(shared_hub)
    identity = await client.request("auth", profile={"user_id": "customer-8", "signature": signature(key, "customer-8")})
    assert identity["verified"] is True


async def test_a_user_id_alone_is_not_believed(shared_hub, people):
    key = identity_key(shared_hub)
    known = await people.visitor(profile={"user_id": "customer-9", "signature": signature(key, "customer-9")})
    try:
        claimed = await people.visitor(profile={"user_id": "customer-9"})
    except Refused as refused:
        assert refused.code in ("unauthorized", "bad_request")
    else:
        assert claimed.identity["verified"] is False and claimed.room != known.room


def identity_key(hub):
    return hub.cli("identity-key").strip().splitlines()[-1]


def signature(key, user_id):
    return hmac.new(key.encode(), user_id.encode(), hashlib.sha256).hexdigest()


# ---- origins

@pytest.mark.parametrize("kind", ["visitor", "staff"])
async def test_a_foreign_origin_is_refused_before_the_upgrade(shared_hub, kind):
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example", shared_hub.url + ".evil.example"):
        with pytest.raises(InvalidStatus) as refused:
            await Client.open(shared_hub, kind, origin=origin)
        assert refused.value.response.status_code == 403, origin


@pytest.mark.parametrize("kind", ["visitor", "staff"])
async def test_own_and_allowed_origins_are_welcome(make_hub, kind):
    hub = make_hub(settings={"ALLOWED_ORIGINS": "https://shop.example"}).start()
    for origin in (hub.url, "https://shop.example", None):
        client = await Client.open(hub, kind, origin=origin)
        await client.close()
    with pytest.raises(InvalidStatus):
        await Client.open(hub, kind, origin="https://evil.example")


# ---- signing in

def test_unknown_users_get_the_same_answer_in_the_same_time(make_hub):
    hub = make_hub().start()
    hub.add_user("known@example.com")

    def attempt(email):
        before = hub.processor_seconds()
        answer = hub.rest().login(email, "a wrong password")
        return hub.processor_seconds() - before, answer.status_code, answer.json()

    # Of the processor, because the clock tells more of what else the machine does; several, because it ticks slowly.
    known, unknown = [], []
    for number in range(20):
        known.append(attempt("known@example.com"))
        unknown.append(attempt(f"unknown{number}@example.com"))
    assert {status for _, status, _ in known + unknown} == {401}
    assert known[0][2] == unknown[0][2]
    one, other = (sum(seconds for seconds, _, _ in group) for group in (known, unknown))
    assert 0.5 < one / other < 2, f"known {one:.3f} s, unknown {other:.3f} s"


def test_guessing_is_limited_for_known_and_unknown_accounts_alike(make_hub):
    hub = make_hub(limits=DEFAULTS).start()

    def attempts_until_limited(email):
        for attempt in range(100):
            answer = hub.rest().login(email, "a wrong password")
            if answer.status_code == 429:
                assert int(answer.headers["Retry-After"]) >= 1
                assert answer.json()["code"] == "rate_limited"
                return attempt
        raise AssertionError(f"{email} was never limited")

    assert attempts_until_limited("nobody@example.com") > 0
    # One account's limit does not lock the address out at once, or nobody in an office could sign in.
    assert attempts_until_limited(hub.admin_email) >= 0


def test_refresh_tokens_rotate_and_reuse_revokes_the_family(shared_hub):
    account = shared_hub.account("agent", 0)
    rest = shared_hub.rest()

    def refresh(token):
        return rest.post("/auth/refresh", {"refresh_token": token})

    first = rest.login(account.email, account.password).json()
    assert first["token_type"] == "Bearer" and first["user"]["email"] == account.email
    second = refresh(first["refresh_token"]).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert shared_hub.rest(second["access_token"]).get("/auth/me").status_code == 200
    assert refresh(first["refresh_token"]).status_code == 401
    assert refresh(second["refresh_token"]).status_code == 401, "the family was not revoked"

    other = rest.login(account.email, account.password).json()
    assert rest.post("/auth/logout", {"refresh_token": other["refresh_token"]}).status_code == 204
    assert refresh(other["refresh_token"]).status_code == 401


def test_passwords_and_secrets_are_not_in_the_log(make_hub):
    hub = make_hub(settings={"LOG_LEVEL": "trace"}).start()
    session = hub.rest().login(hub.admin_email, hub.admin_password).json()
    hub.rest().login(hub.admin_email, "a wrong password of mine")
    hub.stop()
    for secret in (hub.admin_password, "a wrong password of mine", session["access_token"], session["refresh_token"]):
        assert secret not in hub.log_text()


# ---- losing the right to be here

async def test_disabling_a_user_ends_their_sockets(hub):
    async with People(hub) as people:
        agent, visitor = await people.staff(), await people.visitor()
        await agent.join(visitor.room)
        # Another process says so; the hub that serves notices by itself.
        hub.cli("user", "disable", "--email", agent.account.email)
        assert await agent.closed() == 4002
        assert hub.rest(agent.account.token()).get("/auth/me").status_code == 401
        assert hub.rest().login(agent.account.email, agent.account.password).status_code == 401
        session = agent.account.session()
        assert hub.rest().post("/auth/refresh", {"refresh_token": session["refresh_token"]}).status_code == 401
        late = await people.connect("staff")
        with pytest.raises(Refused, match="unauthorized|forbidden"):
            await late.auth(token=agent.account.token())
        await visitor.say(visitor.room, "the visitor stays")


async def test_a_new_password_ends_old_sessions(hub):
    account = hub.account("agent", 0)
    session = account.session()
    hub.cli("user", "password", "--email", account.email, "--password-stdin", stdin="another good password\n")
    assert hub.rest().login(account.email, account.password).status_code == 401
    assert hub.rest().login(account.email, "another good password").status_code == 200
    assert hub.rest().post("/auth/refresh", {"refresh_token": session["refresh_token"]}).status_code == 401
