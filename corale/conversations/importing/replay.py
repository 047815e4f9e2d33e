"""A replay feeds a file through the live pipeline by its own times, faster or slower: a desk under a real day."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

from corale.adapters.files import reading, wire
from corale.channels.actions.keep import keep
from corale.channels.contract import Raw
from corale.channels.errors import Malformed
from corale.channels.models import Connection
from corale.conversations.actions.receive import understand

_TOGETHER = 0.05  # seconds: what falls into the same twentieth of a second arrives together


def replay(
    path: Path,
    *,
    speed: float = 1.0,
    stop: threading.Event | None = None,
    progress: Callable[[int], None] = lambda count: None,
    encoding: str = "",
) -> int:
    """Feeds a file by its own times, `speed` times as fast; how many messages arrived. Each replay is a source of its
    own, so that the same day can be lived again; a file that is not in order of time is put in order (in memory)."""
    stop = stop or threading.Event()
    source = f"replay of {path.name}, {datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    connection = Connection.objects.create(kind="files", stable_id=source[:300], name=source[:200], handle=source[:300])
    timed = sorted(_timed(path, encoding), key=lambda pair: pair[0])
    if not timed:
        raise Malformed("no line of the file has a time, so it cannot be replayed")
    begin, began, count = timed[0][0], time.monotonic(), 0
    for moment, together in groupby(timed, key=lambda pair: (pair[0] - begin) / speed // _TOGETHER * _TOGETHER):
        if stop.wait(max(0.0, began + moment - time.monotonic())):
            break
        arrived = [replace(raw, received_at=None) for _at, raw in together]
        keep(connection, arrived)
        understand(connection)
        count += len(arrived)
        progress(count)
    return count


def _timed(path: Path, encoding: str) -> Iterator[tuple[float, Raw]]:
    for line in reading.lines(path, reading.shape_of(path, encoding=encoding)):
        try:
            said = wire.read(line.raw)
        except Malformed:
            continue
        if said.written_at and not line.problem:
            yield said.written_at.timestamp(), line.raw
