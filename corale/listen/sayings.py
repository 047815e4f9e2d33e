"""Messages as queries look at them: one query to the database, however many."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from corale.conversations.models import Message
from corale.conversations.words import indexed
from corale.listen.heard import SAID_BY_OTHERS, STANDING
from corale.listen.matching.saying import Saying
from corale.listen.reading.labels import SURE
from corale.listen.reading.reader import built_in

_FIELDS = (
    "pk", "text", "extras", "language", "written_at", "received_at", "direction", "state",
    "identity_id", "identity__handle", "identity__stable_id", "connection__kind",
)  # fmt: skip
Row = tuple[Any, ...]


def rows(messages: QuerySet[Message]) -> list[Row]:
    """In their own order; also what is not said by others, so that a walk can go on behind it."""
    return list(messages.values_list(*_FIELDS))


def sayings(rows: Iterable[Row]) -> list[Saying]:
    """What others said and what stands."""
    return [_saying(row) for row in rows if row[6] in SAID_BY_OTHERS and row[7] in STANDING]


def _saying(row: Row) -> Saying:
    pk, text, extras, language, said_at, received_at, _direction, _state, identity, handle, stable_id, channel = row
    return Saying(
        pk, indexed(text, extras), channel, identity, (handle or "", stable_id or ""), extras, language or "", said_at,
        received_at, _language,
    )  # fmt: skip


def _language(text: str) -> str:
    """As it reads; "" when that is not sure."""
    language, chance = built_in().language(text)
    return language if chance >= SURE else ""
