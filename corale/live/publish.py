"""Telling open pages that something changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.utils import timezone

from corale.store.bus import notify_sql

CHANNEL = "corale_live"
INSERT = "INSERT INTO live_liveevent (topic, payload, created_at) VALUES (%s, %s, %s)"


_quiet: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, in this thread, nothing is told: for hundreds of changes that are one thing, told once afterwards."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def publish(topic: str, payload: dict[str, Any] | None = None) -> None:
    """In the caller's transaction: what is rolled back was never told. Ids go as strings, words not at all."""
    if _quiet.get():
        return
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    row = (topic, json.dumps(payload or {}, separators=(",", ":")), now)
    with connection.cursor() as cursor:
        if tell := notify_sql(CHANNEL).replace("%s", "id::text"):
            cursor.execute(f"WITH made AS ({INSERT} RETURNING id) SELECT {tell} FROM made", row)  # noqa: S608
        else:
            cursor.execute(INSERT, row)
