"""A fact as a line of text: the same line is exported, sealed and recomputed from."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from corale.ledger.models import Fact

COLUMNS = (
    "id", "kind", "at", "recorded_at", "by_id", "person_id", "conversation_id", "message_id", "connection_id", "auto",
    "data",
)  # fmt: skip
_ENCODE = json.JSONEncoder(ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode
_PEOPLE = ("decided_by", "to")  # fields of data that name a person


@lru_cache(maxsize=65_536)
def alias(person_id: int) -> str:
    """A person outside the house: the same person is always the same alias, and nobody can tell who it is."""
    key = hashlib.sha256(b"corale people\n" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, str(person_id).encode(), hashlib.sha256).hexdigest()[:20]


def salt_name() -> str:
    """Names the salt without giving it away: exports with the same name can be compared."""
    return hashlib.sha256(alias(0).encode()).hexdigest()[:12]


def lines(facts: QuerySet[Fact]) -> Iterator[tuple[int, str]]:
    """(id, line) of facts in the order of their ids, a thousand in memory at a time."""
    for row in facts.order_by("id").values_list(*COLUMNS).iterator(chunk_size=1000):
        yield row[0], line(row)


def line(row: tuple[Any, ...]) -> str:
    """One fact, without line end."""
    pk, kind, at, recorded, by, person, conversation, message, connection, auto, data = row
    data = {key: alias(value) if key in _PEOPLE and isinstance(value, int) else value for key, value in data.items()}
    return _ENCODE(
        {
            "id": pk, "kind": kind, "at": at.astimezone(UTC).isoformat(),
            "recorded_at": recorded.astimezone(UTC).isoformat(), "by": None if by is None else alias(by),
            "person": None if person is None else alias(person), "conversation": conversation, "message": message,
            "connection": connection, "auto": auto, "data": data,
        }
    )  # fmt: skip
