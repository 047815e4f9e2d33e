"""How the words of things are read: rooms above register a reader for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

TEXT_LIMIT = 20_000  # characters of one message that can be found


@dataclass(slots=True)
class Words:
    """Something with words. `at` and `conversation_id` are for messages."""

    object_id: int
    text: str
    at: datetime | None = None
    conversation_id: int = 0


Reader = Callable[[Sequence[int]], Iterable[Words]]
_readers: dict[int, Reader] = {}


def register(kind: int, reader: Reader) -> None:
    """`reader(ids)` gives the words of those that still exist."""
    _readers[kind] = reader


def read(kind: int, ids: Sequence[int]) -> list[Words]:
    """The words of some things; an unknown kind has none."""
    reader = _readers.get(kind)
    return list(reader(ids)) if reader else []
