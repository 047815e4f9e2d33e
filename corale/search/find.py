"""Finding: words to messages, newest first or best first; names by the beginning of a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from corale.search.engines import engine
from corale.search.models import Entry, Name
from corale.search.query import is_empty, parse, tokens

RANKED_AMONG = 1000  # best first means: the best of the newest thousand matches
_CHUNKS = (100, 500, 2000, 8000)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that matches. `entry` is where to go on from."""

    entry: int
    message_id: int
    conversation_id: int


def newest(text: str, *, limit: int = 50, before: int | None = None) -> list[Hit]:
    """Messages with all these words, newest first."""
    terms = parse(text)
    return [] if is_empty(terms) else _hits(engine().newest(terms, before=before, limit=limit))


def best(text: str, *, limit: int = 50) -> list[Hit]:
    """The best of the newest thousand."""
    terms = parse(text)
    return [] if is_empty(terms) else _hits(engine().best(terms, among=RANKED_AMONG, limit=limit))


def walk(text: str, *, before: int | None = None) -> Iterator[list[Hit]]:
    """Newest first in growing chunks, for those who filter further; ends after some ten thousand matches."""
    terms = parse(text)
    if is_empty(terms):
        return
    for size in _CHUNKS:
        ids = engine().newest(terms, before=before, limit=size)
        if ids:
            yield _hits(ids)
        if len(ids) < size:
            return
        before = ids[-1]


def _hits(ids: list[int]) -> list[Hit]:
    known = {
        row[0]: Hit(*row)
        for start in range(0, len(ids), 500)
        for row in Entry.objects.filter(pk__in=ids[start : start + 500]).values_list(
            "id", "object_id", "conversation_id"
        )
    }
    return [known[entry] for entry in ids if entry in known]


def names(text: str, *, kind: int, limit: int = 8) -> list[int]:
    """Ids of persons or themes each of whose typed words begins a word of the name."""
    wanted = tokens(text)[:6]
    if not wanted:
        return []
    matching = Q()
    for word in wanted:
        matching &= Q(words__startswith=word) | Q(words__contains=f" {word}")
    found = Name.objects.filter(matching, kind=kind).order_by("-object_id")
    return list(found.values_list("object_id", flat=True)[:limit])
