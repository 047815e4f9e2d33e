"""What recurs, and how often. Read by the worker; each line is (name, seconds, dotted path of a task)."""

from __future__ import annotations

SCHEDULE: list[tuple[str, int, str]] = []
