"""A backup is put back: the store is another one, and clients are told."""
import shutil

from hubtest.client import Client
from hubtest.people import People


async def epoch_of(hub):
    client = await Client.open(hub, "visitor")
    await client.close()
    return client.seen("hello")[0]["epoch"]


async def test_the_file_of_a_stopped_hub_is_a_whole_backup(make_hub):
    hub = make_hub().start()
    backup = hub.folder / "backup.sqlite"
    async with People(hub) as people:
        visitor = await people.visitor()
        await visitor.say(visitor.room, "before the backup")
        hub.stop()
        shutil.copy(hub.data / "hub.sqlite", backup)
        hub.start()
        visitor = await people.again(visitor)
        await visitor.say(visitor.room, "after the backup")
        before = await epoch_of(hub)

        hub.stop()
        shutil.copy(backup, hub.data / "hub.sqlite")
        assert "epoch" in hub.cli("new-epoch")
        hub.start()
        assert await epoch_of(hub) != before
        restored = await people.visitor(token=visitor.token)
        history = await restored.history(restored.room)
        assert [message["body"]["text"] for message in history["messages"]] == ["before the backup"]
