"""PostgreSQL goes away while sockets stay open: the hub says so, and heals by itself."""
import asyncio

import pytest

from hubtest.client import Refused
from hubtest.people import People
from hubtest.waiting import eventually


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_the_database_goes_and_comes_back(make_hub, cluster, how):
    # The clients answer no ping while this test waits for the database's own scripts.
    hub = make_hub("postgres", settings={"HUB_PING_MS": "300000", "HUB_PING_TIMEOUT_MS": "300000"}).start()
    async with People(hub) as people:
        visitor, agent = await people.visitor(), await people.staff()
        room = visitor.room
        await agent.join(room)
        await visitor.say(room, "before")

        with cluster.away(how):
            with pytest.raises(Refused) as refused:
                await visitor.say(room, "during", mid="during")
            assert refused.value.code == "unavailable" and refused.value.retry_ms > 0
            for op, fields in {"history": {}, "join": {"after": 0}}.items():
                with pytest.raises(Refused, match="unavailable"):
                    await agent.request(op, room=room, **fields)
            await eventually(lambda: hub.status("/ready") == 503, 20, "not ready")
            assert hub.status("/health") == 200
            answer = hub.rest().login(hub.admin_email, hub.admin_password)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
            assert await visitor.request("ping") == {"pong": True}
            retrying = asyncio.create_task(
                visitor.persist("send", room=room, mid="during", kind="text", body={"text": "during"}))
            assert visitor.close_code is None and agent.close_code is None

        assert (await asyncio.wait_for(retrying, 60))["seq"] == 2
        await eventually(lambda: hub.status("/ready") == 200, 30, "ready again")
        await agent.follow(room)
        await agent.until_seq(room, 2)
        await agent.persist("send", room=room, mid="after", kind="text", body={"text": "after"})
        await visitor.until_seq(room, 3)
        assert visitor.log(room).texts() == ["before", "during", "after"]
        # The sockets are the ones from the beginning.
        assert visitor.close_code is None and agent.close_code is None


async def test_a_flood_over_a_restart_of_the_database_loses_and_doubles_nothing(make_hub, cluster):
    hub = make_hub("postgres").start()
    async with People(hub) as people:
        visitor, agent = await people.visitor(), await people.staff()
        room = visitor.room
        await agent.follow(room)

        async def write(client, name):
            return [(await client.persist("send", room=room, mid=f"{name}-{number}", kind="text",
                                          body={"text": f"{name} {number}"}))["seq"] for number in range(150)]

        writing = asyncio.gather(write(visitor, "visitor"), write(agent, "agent"))
        await visitor.until_seq(room, 20, within=60)
        await asyncio.to_thread(cluster.restart)
        one, other = await asyncio.wait_for(writing, 100)
        assert sorted(one + other) == list(range(1, 301))
        reader = await people.staff()
        await reader.follow(room, 0)
        log = reader.log(room)
        assert log.seqs() == list(range(1, 301))
        assert sorted(log.mids()) == sorted(f"{name}-{number}" for name in ("visitor", "agent") for number in range(150))


async def test_a_hub_that_starts_without_its_database_says_so(make_hub, cluster):
    hub = make_hub("postgres", settings={"HUB_START_TIMEOUT_MS": "2000"})
    with cluster.away():
        hub.launch()
        await eventually(lambda: not hub.is_running, 30, "the hub gives up")
    assert hub.process.returncode != 0
    assert "DATABASE_URL" in hub.log_text() or "database" in hub.log_text().lower()
    assert cluster.password not in hub.log_text()
