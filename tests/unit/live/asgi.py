"""A client of the stream that speaks ASGI: no server between the test and what is tested."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from corale.live.stream import Live


class Page:
    """One open page: what it received, and a way to wait for more."""

    def __init__(self) -> None:
        self.status = 0
        self.text = ""
        self.ended = False
        self._changed = asyncio.Event()
        self._leaving = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        self.status = message.get("status", self.status)
        self.text += message.get("body", b"").decode()
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)
        self._changed.set()

    async def receive(self) -> dict[str, Any]:
        await self._leaving.wait()
        return {"type": "http.disconnect"}

    def leave(self) -> None:
        self._leaving.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def opened(live: Live, topics: str, cookie: str = "", last: str = "", method: str = "GET") -> AsyncIterator[Page]:
    headers = [(b"cookie", cookie.encode())] + ([(b"last-event-id", last.encode())] if last else [])
    scope = {"type": "http", "method": method, "path": "/live/", "query_string": f"topics={topics}".encode()}
    page = Page()
    task = asyncio.create_task(live(scope | {"headers": headers}, page.receive, page.send))
    try:
        await page.until(lambda: page.status and (page.ended or "retry" in page.text))
        yield page
    finally:
        page.leave()
        await task


def run(story: Callable[[Live], Awaitable[None]]) -> None:
    """Tell a story with a web process of its own; its threads and connections end with it."""

    async def whole() -> None:
        live = Live()
        try:
            await story(live)
        finally:
            live.close()
            await asyncio.to_thread(live.wait)

    asyncio.run(whole())
