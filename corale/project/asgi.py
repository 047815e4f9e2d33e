"""The one callable of a web process: open pages listen raw, everything else is plain WSGI in a pool of four threads.

Under Django's own ASGI handler each request has a thread and a database connection of its own: ten times the processor
time of a small page, and a memory that grows. `GET /live/ready` answers as soon as the process can.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from a2wsgi import WSGIMiddleware

from corale.project.lifeline import end_with_parent
from corale.project.sparing import settle_down
from corale.project.wsgi import application as pages

from corale.live.stream import Live, Receive, Scope, Send, answer  # isort: skip  (after Django is set up)

THREADS = 4


class Corale:
    def __init__(self) -> None:
        self._pages: Any = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]
        self._live = Live()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http" and scope["path"] == "/live/":
            await self._live(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/live/ready":
            await answer(send, 200, b"ready")
        else:
            await self._pages(scope, waited_for(receive), send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        end_with_parent()
        settle_down()
        before_signals(asyncio.get_running_loop(), self._live.close)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._live.close()
        await send({"type": "lifespan.shutdown.complete"})


def waited_for(receive: Receive) -> Receive:
    """The server hands out futures; the pool of threads, reading what was sent to us, waits for coroutines only."""

    async def received() -> Any:
        return await receive()

    return received


def before_signals(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    """Also `act` when the server is told to stop: it waits for open streams first, and they would never end."""
    handles: dict[int, Any] = getattr(loop, "_signal_handlers", {})
    for number in (signal.SIGINT, signal.SIGTERM):
        if theirs := handles.get(number):
            loop.add_signal_handler(number, _both, act, theirs)


def _both(act: Callable[[], None], theirs: Any) -> None:
    act()
    theirs._run()


application = Corale()
