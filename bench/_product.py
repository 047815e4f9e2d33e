"""What benchmarks of the running product share: its tables, its processes' memory and processor time."""

from __future__ import annotations

import contextlib
import json
import os
import resource
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


def begin() -> None:
    """The product set up, with its tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def cpu() -> float:
    """Seconds of processor time of this process and of its children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def server_cpu() -> float:
    """Seconds of processor time of a whole PostgreSQL server on this machine; 0 on SQLite, whose work is in our own."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    postmaster = int(stat(connection.connection.info.backend_pid)[1])
    used = 0.0
    for pid in (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            fields = stat(pid)
            if int(fields[1]) == postmaster:
                used += sum(int(part) for part in fields[11:13])
            elif pid == postmaster:
                used += sum(int(part) for part in fields[11:15])  # with the backends that ended
    return used / TICKS


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a process and of what it started."""
    return sum(sum(int(part) for part in stat(each)[11:13]) for each in family(pid)) / TICKS


def family(pid: int) -> list[int]:
    """The process and everything below it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in below for each in family(int(child)))]


def memory(pid: int, kind: str) -> float:
    """Megabytes of one process; `Rss`, or `Pss` where what is shared is divided by those who share it."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(f"{kind}:")) / 1024


def stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def say(case: str, size: int, **figures: Any) -> None:
    print(json.dumps({"case": case, "size": size, **figures}), flush=True)


def spread(milliseconds: list[float], parts: Sequence[int] = (50, 95)) -> dict[str, float]:
    """Median and 95th percentile, nearest rank."""
    ordered = sorted(milliseconds) or [0.0]
    return {f"p{part}_ms": round(ordered[max(0, -(-len(ordered) * part // 100) - 1)], 1) for part in parts}
