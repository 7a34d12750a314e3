"""Fifty customers who write a message a second each, in a process of their own."""
import asyncio
import multiprocessing
import time

from hubtest.people import People


class BusyOffice:
    """Runs beside the browsers: `with BusyOffice(hub, 50) as office`; `office.sent` afterwards."""

    def __init__(self, hub, conversations):
        context = multiprocessing.get_context("spawn")
        self._ready, self._over = context.Event(), context.Event()
        self._sent = context.Value("q", 0)
        arguments = (hub.url, hub.ws_url, conversations, self._ready, self._over, self._sent)
        self._process = context.Process(target=_run, args=arguments, daemon=True)

    def __enter__(self):
        self._process.start()
        assert self._ready.wait(60), "all of them are connected"
        return self

    def __exit__(self, *_):
        self._over.set()
        self._process.join(30)

    @property
    def sent(self):
        return self._sent.value


class _Address:
    certificate = None

    def __init__(self, url, ws_url):
        self.url, self.ws_url = url, ws_url


def _run(url, ws_url, conversations, ready, over, sent):
    asyncio.run(_write(_Address(url, ws_url), conversations, ready, over, sent))


async def _write(hub, conversations, ready, over, sent):
    async with People(hub) as people:
        customers = [await people.visitor(f"عميل {number}") for number in range(conversations)]
        ready.set()
        start = time.monotonic()

        async def one(number, customer):
            turn = 0
            while not over.is_set():
                # Spread over the second, as people are.
                due = start + turn + number / conversations
                await asyncio.sleep(max(0, due - time.monotonic()))
                await customer.say(customer.room, f"سؤال {turn} عن طلبي TC-2041-{number}")
                sent.value += 1
                turn += 1

        await asyncio.gather(*(one(*each) for each in enumerate(customers)))
