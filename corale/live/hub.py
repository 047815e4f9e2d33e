"""The hub of one web process: reads what was published once, and hands the same bytes to every stream."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from corale.live.publish import CHANNEL
from corale.store.bus import Notice, listen

log = logging.getLogger(__name__)
WINDOW = 32
"""PostgreSQL gives ids before commits: after a gap we read this many ids back, and skip those already seen."""

REPLAY = 500
"""Whoever missed more than this is told to load the page again."""

BACKLOG = 200
"""A stream that does not take its events gets a reset instead of a growing pile."""

RESET = b"event: reset\ndata: {}\n\n"


@dataclass(frozen=True, slots=True)
class Told:
    id: int
    topic: str
    frame: bytes


def frame(pk: int, topic: str, payload: str) -> Told:
    """One event as it goes over the wire; the topic becomes a member of the data."""
    inner = payload.strip()[1:-1].strip()
    data = f'{{"topic":{json.dumps(topic)}{"," if inner else ""}{inner}}}'
    return Told(pk, topic, f"id: {pk}\ndata: {data}\n\n".encode())


def read(where: str, values: Iterable[object]) -> list[Told]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, topic, payload FROM live_liveevent WHERE {where} ORDER BY id LIMIT {REPLAY + 1}",  # noqa: S608
            list(values),  # type: ignore[arg-type]
        )
        return [frame(*row) for row in cursor.fetchall()]


class Stream:
    """One open page. Written and read in the event loop only."""

    __slots__ = ("pending", "topics", "woken")

    def __init__(self, topics: list[str]) -> None:
        self.topics = topics
        self.pending: deque[bytes] = deque()
        self.woken = asyncio.Event()

    def give(self, data: bytes) -> None:
        if len(self.pending) >= BACKLOG:
            self.pending.clear()
            data = RESET
        self.pending.append(data)
        self.woken.set()


class Hub:
    """Streams by topic, fed by one thread that listens to the bus."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._streams: dict[str, set[Stream]] = {}
        self.closing = False
        self.begun = asyncio.Event()
        self._last = 0
        self._seen: deque[int] = deque(maxlen=4 * WINDOW)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen, name="live", daemon=True)
        self._thread.start()

    def join(self, stream: Stream) -> None:
        for topic in stream.topics:
            self._streams.setdefault(topic, set()).add(stream)

    def leave(self, stream: Stream) -> None:
        for topic in stream.topics:
            members = self._streams.get(topic, set())
            members.discard(stream)
            if not members:
                self._streams.pop(topic, None)

    def close(self) -> None:
        """End every stream; they see `closing` and finish by themselves."""
        self.closing = True
        self._stopping.set()
        for stream in {stream for members in self._streams.values() for stream in members}:
            stream.woken.set()

    def wait(self) -> None:
        self._thread.join(5)

    def _spread(self, events: list[Told]) -> None:
        for event in events:
            for stream in self._streams.get(event.topic, ()):
                stream.give(event.frame)

    def _listen(self) -> None:
        from corale.live.models import LiveEvent

        listener, notices = None, [Notice()]
        while not self._stopping.is_set():
            try:
                if listener is None:
                    # Where we are, before we listen: what is committed in between is found by the first look.
                    self._last = LiveEvent.objects.aggregate(last=Max("pk"))["last"] or 0
                    listener = listen(CHANNEL)
                    self._loop.call_soon_threadsafe(self.begun.set)
                if notices and (events := self._news(notices)):
                    self._loop.call_soon_threadsafe(self._spread, events)
                notices = listener.wait(1.0)
            except Exception:
                log.warning("live events could not be read", exc_info=True)
                connection.close_if_unusable_or_obsolete()
                self._stopping.wait(1)
        if listener is not None:
            listener.close()
        connection.close()

    def _news(self, notices: list[Notice]) -> list[Told]:
        """What these notices are about: the very ids when told, everything since the last id otherwise."""
        ids = sorted({int(each.payload) for each in notices if each.payload})
        if any(not each.payload for each in notices):
            back = WINDOW if connection.vendor == "postgresql" else 0
            events = read("id > %s", [self._last - back])
        else:
            events = [event for n in range(0, len(ids), REPLAY) for event in self._those(ids[n : n + REPLAY])]
        events = [event for event in events if event.id not in self._seen]
        self._seen.extend(event.id for event in events)
        self._last = max([self._last, *(event.id for event in events)])
        return events

    def _those(self, ids: list[int]) -> list[Told]:
        return read(f"id IN ({','.join(['%s'] * len(ids))})", ids)


def missed(topics: list[str], since: int) -> list[Told]:
    """What a returning page has not seen; a little more on PostgreSQL, where a smaller id may be committed later."""
    back = WINDOW if connection.vendor == "postgresql" else 0
    marks = ",".join(["%s"] * len(topics))
    events = read(f"id > %s AND topic IN ({marks})", [since - back, *topics])
    return [event for event in events if event.id != since]


def missed_since(topics: list[str], at: datetime) -> list[Told]:
    """What was published after a page was written, and before it began to listen."""
    marks = ",".join(["%s"] * len(topics))
    return read(f"created_at >= %s AND topic IN ({marks})", [connection.ops.adapt_datetimefield_value(at), *topics])
