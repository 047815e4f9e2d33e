"""Finding: words to messages, newest first or best first; names by the beginning of a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from corale.search.engines import engine
from corale.search.models import Name
from corale.search.query import is_empty, parse, tokens
from corale.store.rows import is_postgresql

RANKED_AMONG = 1000  # best first means: the best of the newest thousand matches
_CHUNKS = (100, 500, 2000)
WALKED = sum(_CHUNKS)
_NAMED = 2000  # persons whose name begins with the longest word; the others' names are not looked at
_LAST = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that matches. `entry` is where to go on from."""

    entry: int
    message_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some matches of a walk, one after the other; older ones begin before `onward`, none when it is None."""

    hits: list[Hit]
    onward: int | None


def newest(text: str, *, limit: int = 50, before: int | None = None) -> list[Hit]:
    """Messages with all these words, newest first."""
    terms = parse(text)
    return [] if is_empty(terms) else [Hit(*found) for found in engine().newest(terms, before=before, limit=limit)]


def best(text: str, *, limit: int = 50) -> list[Hit]:
    """The best of the newest thousand."""
    terms = parse(text)
    return [] if is_empty(terms) else [Hit(*found) for found in engine().best(terms, among=RANKED_AMONG, limit=limit)]


def walk(text: str, *, before: int | None = None) -> Iterator[Stretch]:
    """Newest first in growing stretches, for those who filter further; ends after `WALKED` matches."""
    terms = parse(text)
    if is_empty(terms):
        return
    for size in _CHUNKS:
        hits = [Hit(*found) for found in engine().newest(terms, before=before, limit=size)]
        before = hits[-1].entry if len(hits) == size else None
        yield Stretch(hits, before)
        if before is None:
            return


def names(text: str, *, kind: int, limit: int = 8) -> list[int]:
    """Ids of persons or themes each of whose typed words begins a word of the name; whole words before beginnings."""
    longest, *others = sorted(tokens(text)[:6], key=len, reverse=True) or [""]
    if not longest:
        return []
    begun = Name.objects.filter(_begins(longest), kind=kind).values_list("word", "object_id")
    found = list(dict.fromkeys(pk for _word, pk in sorted(begun[:_NAMED])))
    for word in others:
        theirs = Name.objects.filter(kind=kind, object_id__in=found).filter(_begins(word))
        named = set(theirs.values_list("object_id", flat=True))
        found = [pk for pk in found if pk in named]
    return found[:limit]


def _begins(word: str) -> Q:
    """As each engine walks an index: SQLite needs a range, PostgreSQL's index for patterns needs LIKE."""
    return Q(word__startswith=word) if is_postgresql() else Q(word__gte=word, word__lt=word + _LAST)
