"""Envelopes out of the store and the marks we leave on them: read without the weight of models, a batch at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection as database
from django.utils import timezone

from corale.adapters.activitypub.inbox.arrival import Arrival, Round
from corale.adapters.activitypub.wire.fields import uri
from corale.adapters.activitypub.wire.things import each
from corale.channels.errors import Malformed
from corale.channels.keys import key_of
from corale.channels.models import Connection, Cursor, Envelope
from corale.store import rows

STREAM = "inbox"
_FIELDS = "SELECT id, body, headers, received_at FROM channels_envelope WHERE connection_id = %s AND "
# What arrives is inserted under one lock (`rows.lock_intake`), so ids grow in the order of commits, and nothing can
# appear behind a cursor.
_AFTER = _FIELDS + "id > %s ORDER BY id LIMIT %s"
_NEWEST = "SELECT id FROM channels_envelope WHERE connection_id = %s AND id > %s ORDER BY id DESC LIMIT 1"
_BY_ID = _FIELDS + "id IN ({marks}) ORDER BY id"
_GONE = "SELECT key FROM activitypub_tombstone WHERE key IN ({marks})"


def after(connection: Connection, most: int) -> list[Arrival]:
    """The next ones after the cursor."""
    with database.cursor() as cursor:
        cursor.execute(_AFTER, [connection.pk, position(connection), most])
        return [_arrival(row) for row in cursor.fetchall()]


def by_id(connection: Connection, ids: Sequence[int]) -> list[Arrival]:
    """Certain ones, for another attempt."""
    found = [_arrival(row) for row in rows.look_up(_BY_ID, ids, [connection.pk])] if ids else []
    for arrival in found:
        arrival.is_again = True
    return found


def has_new(connection: Connection) -> bool:
    """There is something after the cursor."""
    with database.cursor() as cursor:
        cursor.execute(_NEWEST, [connection.pk, position(connection)])
        return cursor.fetchone() is not None


def position(connection: Connection) -> int:
    """The last envelope that was worked."""
    value = Cursor.objects.filter(connection=connection, stream=STREAM).values_list("value", flat=True).first()
    return int(value or 0)


def move(connection: Connection, envelope_id: int) -> None:
    """What comes up to here is done."""
    Cursor.objects.update_or_create(
        connection=connection, stream=STREAM, defaults={"value": str(envelope_id), "moved_at": timezone.now()}
    )


def mark(shared: Round) -> None:
    """What the record shall not read, and with what else it reads the others."""
    unread = Envelope.objects.filter(state=Envelope.State.NEW)
    if shared.ignored:
        unread.filter(pk__in=list(shared.ignored)).update(state=Envelope.State.IGNORED)
    for envelope_id, headers in shared.noted.items():
        unread.filter(pk=envelope_id).update(headers=headers)


def tombstones(arrivals: Sequence[Arrival]) -> set[int]:
    """Of what these speak about, that which is gone; in one query."""
    keys = {key_of(address) for arrival in arrivals for address in _addresses(arrival)}
    return {row[0] for row in rows.select_in(_GONE, keys)} if keys else set()


def _addresses(arrival: Arrival) -> list[str]:
    try:
        spoken_of = [uri(one) for one in each(arrival.activity.get("object"))[:20]]
        return [found for found in (uri(arrival.activity.get("id")), *spoken_of) if found]
    except Malformed:
        return []


def _arrival(row: Sequence[Any]) -> Arrival:
    pk, body, headers, received_at = row
    at = rows.as_time(received_at)
    assert at is not None
    return Arrival(pk, bytes(body), headers if isinstance(headers, dict) else _headers(headers), at)


@lru_cache(maxsize=256)
def _headers(text: str) -> dict[str, str]:
    return dict(json.loads(text))
