"""What arrives is kept, byte for byte, before anything is understood."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from corale.channels.contract import Raw, Received
from corale.channels.keys import key_of
from corale.channels.models import Connection, Cursor, Envelope
from corale.channels.text import plain
from corale.store import rows

COLUMNS = (
    "connection_id", "key", "native_key", "received_at", "body", "headers", "state", "parser_version", "problem",
    "batch",
)  # fmt: skip
_KNOWN = "SELECT key FROM channels_envelope WHERE connection_id = %s AND key IN ({marks})"


def keep(connection: Connection, raws: Sequence[Raw], *, batch: int | None = None) -> int:
    """Keeps what is new, in one transaction; how many that were. The same thing twice is kept once."""
    now, kept = datetime.now(UTC), []
    with transaction.atomic():
        rows.lock_keeping(connection.pk)
        fresh = fresh_keys(connection, raws)
        for raw in raws:
            key = key_of(raw.key)
            if key in fresh:
                fresh.discard(key)
                kept.append(envelope_row(connection, raw, key, raw.received_at or now, batch=batch))
        rows.insert(Envelope, COLUMNS, kept)
    return len(kept)


def keep_received(connection: Connection, received: Received) -> int:
    """What one reading of a stream brought, and the cursor to go on from: together or not at all."""
    with transaction.atomic():
        kept = keep(connection, received.raws)
        Cursor.objects.update_or_create(
            connection=connection,
            stream=received.stream,
            defaults={"value": received.cursor, "moved_at": timezone.now()},
        )
    return kept


def fresh_keys(connection: Connection, raws: Sequence[Raw]) -> set[int]:
    """The keys of what has not arrived before."""
    keys = {key_of(raw.key) for raw in raws}
    return keys - {row[0] for row in rows.look_up(_KNOWN, keys, [connection.pk])}


def envelope_row(
    connection: Connection,
    raw: Raw,
    key: int,
    at: datetime,
    *,
    state: int = Envelope.State.NEW.value,
    version: int = 0,
    problem: str = "",
    batch: int | None = None,
) -> tuple[object, ...]:
    """A row for `rows.insert(Envelope, COLUMNS, …)`."""
    headers = _headers(tuple(raw.headers.items())) if raw.headers else "{}"
    return (connection.pk, key, plain(raw.key), rows.moment(at), raw.body, headers, state, version, problem, batch)


@lru_cache(maxsize=256)  # what comes on one stream comes with the same headers
def _headers(items: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(dict(items))
