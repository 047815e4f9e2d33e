"""GET /live/?topics=inbox,conversation:12 as server-sent events: a raw ASGI callable, some 40 KB for each open page.

Django's own ASGI handler would cost two thread hops for each middleware and twice the memory. The session is checked in
a thread when the stream begins and every minute after; without a signed-in person the answer is 401. `Last-Event-ID`
brings what was missed, and on the first opening `at`, the second in which the page was written; a comment every 15
seconds keeps proxies from closing; an event `reset` asks for a full reload.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

from django.db import connection

from corale.live.hub import REPLAY, RESET, Hub, Stream, missed, missed_since
from corale.live.listener import header, moment_of, permitted, session_of, topics_of

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEARTBEAT = 15.0
RECHECK = 60.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Live:
    """One per web process."""

    def __init__(self) -> None:
        self._hub: Hub | None = None
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="live-reader")

    @property
    def hub(self) -> Hub:
        if self._hub is None:
            self._hub = Hub(asyncio.get_running_loop())
        return self._hub

    def close(self) -> None:
        if self._hub is not None:
            self._hub.close()

    def wait(self) -> None:
        """Until its threads have ended; after `close`."""
        self._threads.submit(lambda: connection.close())  # looked up in that thread: it is the thread's own
        self._threads.shutdown()
        if self._hub is not None:
            self._hub.wait()

    async def _read(self, function: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, functools.partial(function, *args))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session, topics = session_of(scope["headers"]), topics_of(scope["query_string"])
        topics = await self._read(permitted, session, topics)
        if scope["method"] != "GET" or topics is None:
            await answer(send, 401 if topics is None else 405)
            return
        stream = Stream(topics)
        self.hub.join(stream)
        try:
            await self.hub.begun.wait()
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await send(_body(b"retry: 2000\n\n"))
            await self._catch_up(stream, header(scope["headers"], b"last-event-id"), moment_of(scope["query_string"]))
            await self._flow(stream, session, receive, send)
        finally:
            self.hub.leave(stream)

    async def _catch_up(self, stream: Stream, last: str, at: datetime | None) -> None:
        """Events published while the page was away. Twice is harmless: an event only says that something changed."""
        if stream.topics and last.isdigit() and len(last) < 19:
            events = await self._read(missed, stream.topics, int(last))
        elif stream.topics and at:
            events = await self._read(missed_since, stream.topics, at)
        else:
            return
        for data in [RESET] if len(events) > REPLAY else [event.frame for event in events]:
            stream.give(data)

    async def _flow(self, stream: Stream, session: str, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive, stream))
        checked = time.monotonic()
        try:
            while not (gone.done() or self.hub.closing):
                data = b"".join(stream.pending) or b": \n\n"
                stream.pending.clear()
                stream.woken.clear()
                await send(_body(data))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stream.woken.wait(), HEARTBEAT)
                if time.monotonic() - checked > RECHECK:
                    checked = time.monotonic()
                    if await self._read(permitted, session, stream.topics) != stream.topics:
                        break
            if not gone.done():
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            gone.cancel()


async def _disconnected(receive: Receive, stream: Stream) -> None:
    with contextlib.suppress(Exception):
        while (await receive())["type"] != "http.disconnect":
            pass
    stream.woken.set()


def _body(data: bytes) -> dict[str, Any]:
    return {"type": "http.response.body", "body": data, "more_body": True}


async def answer(send: Send, status: int, body: bytes = b"") -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
