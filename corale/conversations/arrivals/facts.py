"""Facts of a batch, written together. Who listens to single facts listens to the signal of the batch instead."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from corale.conversations.arrivals.batch import Batch
from corale.ledger.models import Fact
from corale.store import rows

_COLUMNS = (
    "kind", "at", "recorded_at", "by_id", "person_id", "conversation_id", "message_id", "connection_id", "auto",
    "demo", "data",
)  # fmt: skip


_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


def add_fact(
    batch: Batch,
    kind: str,
    at: datetime,
    *,
    person_id: int | None = None,
    conversation_id: int | None = None,
    message_id: int | None = None,
    auto: bool = False,
    data: dict[str, Any] | str | None = None,
) -> None:
    """Puts a fact on the batch's pile. `data` may be JSON already."""
    batch.facts.append(
        (
            kind, rows.moment(at), rows.moment(batch.now), None, person_id, conversation_id, message_id,
            batch.connection_id, auto, batch.demo, data if isinstance(data, str) else _ENCODE(data) if data else "{}",
        )
    )  # fmt: skip


def write(batch: Batch) -> None:
    """Writes the pile."""
    rows.insert(Fact, _COLUMNS, batch.facts)
