"""Telling open pages that something changed."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.utils import timezone

from corale.store.bus import notify_sql

CHANNEL = "corale_live"
INSERT = "INSERT INTO live_liveevent (topic, payload, created_at) VALUES (%s, %s, %s)"


def publish(topic: str, payload: dict[str, Any] | None = None) -> None:
    """In the caller's transaction: what is rolled back was never told. Ids go as strings, words not at all."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    row = (topic, json.dumps(payload or {}, separators=(",", ":")), now)
    with connection.cursor() as cursor:
        if tell := notify_sql(CHANNEL).replace("%s", "id::text"):
            cursor.execute(f"WITH made AS ({INSERT} RETURNING id) SELECT {tell} FROM made", row)  # noqa: S608
        else:
            cursor.execute(INSERT, row)
