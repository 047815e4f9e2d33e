"""From something that happens to the open pages: 500 of them, on two web processes, as the product runs them.

`event`: from before the commit of one published event until a page has it; every page listens to it, so that the last
of 500 counts too. `envelope`: from before keeping what a channel brought, through understanding it, until a page that
shows the inbox is told. Clients run in this process, so their own reading is in the figures.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path

from bench._product import begin, cpu_of, family, memory, say, server_cpu, spread
from tests.support.processes import House

QUICK = bool(os.environ.get("QUICK"))
PAGES = 100 if QUICK else 500
EVENTS = 20 if QUICK else 100


def main() -> None:
    begin()
    house = House(Path(os.environ["CORALE_DATA"]), os.environ.get("DATABASE_URL", ""))
    try:
        web = house.web(workers=2)
        asyncio.run(measure(house, web.pid, cookie()))
    finally:
        house.close()


def cookie() -> str:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_user("bench@corale.example", "quattro parole senza senso"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


class Page:
    """An open page: notes when each event came."""

    def __init__(self) -> None:
        self.came: dict[str, float] = {}
        self._writer: asyncio.StreamWriter | None = None

    async def open(self, house: House, cookie: str) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", house.port)
        asked = f"GET /live/?topics=inbox HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n"
        self._writer.write(asked.encode())
        while b"retry" not in (line := await reader.readline()):
            assert line, "the stream was refused"
        self.task = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(b"data: {"):
                self.came.setdefault(line.decode(), time.perf_counter())

    def close(self) -> None:
        self.task.cancel()
        if self._writer:
            self._writer.close()


async def measure(house: House, pid: int, cookie: str) -> None:
    pages = [Page() for _ in range(PAGES)]
    await asyncio.gather(*(page.open(house, cookie) for page in pages[:25]))
    before = weight(pid)
    for part in range(25, PAGES, 25):
        await asyncio.gather(*(page.open(house, cookie) for page in pages[part : part + 25]))
    await asyncio.sleep(3)
    used = cpu_of(pid) + await asyncio.to_thread(server_cpu)
    await told("event", pages, publish_one, EVENTS)
    spent = cpu_of(pid) + await asyncio.to_thread(server_cpu) - used
    each = (weight(pid) - before) / (PAGES - 25) * 1024
    say("cost", PAGES, kb_each=round(each, 1), cpu_us=round(spent / (EVENTS * PAGES) * 1e6, 1))
    await told("envelope", pages, receive_one, EVENTS // 2)
    for page in pages:
        page.close()


async def told(case: str, pages: list[Page], act: Callable[[int], str], count: int) -> None:
    """How long each page waited for each event, in milliseconds; pages that got none are counted."""
    waits: list[float] = []
    lost = 0
    for number in range(count):
        began = time.perf_counter()
        sign = await asyncio.to_thread(act, number)
        await asyncio.sleep(0.3)
        for page in pages:
            at = next((at for data, at in page.came.items() if sign in data and at > began), None)
            lost += at is None
            waits += [(at - began) * 1000] if at else []
            page.came.clear()
    say(case, len(pages), **spread(waits), deliveries=len(waits), lost=lost)


def publish_one(number: int) -> str:
    from corale.live import publish

    publish("inbox", {"conversation": str(number), "change": "state"})
    return f'"conversation":"{number}"'


def receive_one(number: int) -> str:
    """As the listening loop does it when a channel brought something: keep, understand, tell."""
    from corale.adapters.demo import wire
    from corale.channels.actions.keep import keep
    from corale.channels.contract import Raw
    from corale.channels.models import Connection
    from corale.channels.signals import envelopes_kept

    connection, _ = Connection.objects.get_or_create(kind="demo", stable_id="demo:bench", handle="bench.test")
    who = {"id": f"person-{number}", "handle": f"p{number}.test", "name": f"Persona {number}"}
    thing = {"type": "said", "id": f"msg-{number}", "by": who, "text": "Il pane è arrivato tardi.", "to_us": True}
    keep(connection, [Raw(f"msg-{number}", wire.encode(thing))])
    envelopes_kept.send(Connection, connection=connection)
    return '"topic":"inbox"'


def weight(pid: int) -> float:
    """Megabytes of the web processes, what they share counted once."""
    return sum(memory(each, "Pss") for each in family(pid))
