"""What benchmarks share: processor time of this process and of its database, percentiles, lines of JSON."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

QUICK = bool(os.environ.get("QUICK"))


@dataclass(slots=True)
class Spent:
    """Seconds of wall clock and of processor: ours, and the database server's."""

    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    @property
    def cpu(self) -> float:
        return self.client + self.server


@contextmanager
def spending() -> Iterator[Spent]:
    """Measures what happens inside."""
    spent, began, client, server = Spent(), time.perf_counter(), _client(), _server()
    yield spent
    spent.wall, spent.client, spent.server = time.perf_counter() - began, _client() - client, _server() - server


def processor() -> float:
    """Seconds of processor used so far, by this process and by the server's, its writers and cleaners included."""
    return _client() + _server()


def _client() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _server() -> float:
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        first = int(_fields(cursor.fetchone()[0])[1])  # every process of the server is a child of this one
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    used = sum(map(int, _fields(first)[11:15]))  # its own, and of the children that have ended
    for child in children:
        with suppress(OSError):  # it ended meanwhile
            used += sum(map(int, _fields(child)[11:13]))
    return used / os.sysconf("SC_CLK_TCK")


def _fields(pid: int | str) -> list[str]:
    """Of proc(5), from the state (the third) on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def say(**line: Any) -> None:
    """One line of JSON."""
    print(json.dumps({key: round(value, 3) if isinstance(value, float) else value for key, value in line.items()}),
          flush=True)  # fmt: skip


def percentile(times: Sequence[float], share: float) -> float:
    """The time below which `share` of the times lie, in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(share * len(times)))]
