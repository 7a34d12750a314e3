"""Visitors and staff of one hub, whose sockets are closed and judged when the test ends."""
from .client import Client


class People:
    def __init__(self, hub):
        self.hub = hub
        self.clients = []
        self._staff_met = 0

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        for client in self.clients:
            await client.close()
        for client in self.clients:
            client.check()

    async def connect(self, kind, **options):
        """A socket that nobody has authenticated on yet."""
        client = await Client.open(self.hub, kind, **options)
        self.clients.append(client)
        return client

    async def visitor(self, name="سارة", *, token=None, rooms=None, profile=None, **options):
        """A visitor in their conversation: `client.room`, `client.token`."""
        client = await self.connect("visitor", **options)
        fields = {"profile": {"name": name} | (profile or {})} if token is None else {"token": token}
        if rooms is not None:
            fields["rooms"] = rooms
        identity = await client.auth(**fields)
        client.room, client.token, client.id = identity["room"], identity["token"], identity["visitor"]
        return client

    async def staff(self, role="agent", *, account=None, rooms=None, **options):
        """A member of staff; each call in a test is another person of that role."""
        if account is None:
            account = self.hub.account(role, self._staff_met)
            self._staff_met += 1
        client = await self.connect("staff", **options)
        fields = {"token": account.token()}
        if rooms is not None:
            fields["rooms"] = rooms
        identity = await client.auth(**fields)
        client.account, client.id = account, identity["user"]["id"]
        return client

    async def again(self, client, rooms=None):
        """The same person on a new socket, which resumes what the old one knew."""
        if rooms is None:
            rooms = {room: log.last for room, log in client.rooms.items()}
        if client.kind == "staff":
            fresh = await self.staff(account=client.account, rooms=rooms)
        else:
            fresh = await self.visitor(token=client.token, rooms=rooms)
        return fresh
