"""Finding: words to messages, newest first or best first; names by the beginning of a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from corale.search.engines import ANY, Condition, engine
from corale.search.models import Name
from corale.search.query import Term, is_empty, parse, tokens
from corale.store.rows import is_postgresql

RANKED_AMONG = 1000  # best first means: the best of the newest thousand matches
WALKED = 2600  # matches that are looked through, at most, for those that fit
_NAMED = 2000  # persons whose name begins with the longest word; the others' names are not looked at
_LAST = chr(0x10FFFF)


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that matches. `entry` is where to go on from."""

    entry: int
    message_id: int
    conversation_id: int


@dataclass(frozen=True, slots=True)
class Walked:
    """Some matches, one after the other; older ones begin before `onward`, none when it is None.

    `ended_early`: the newest `WALKED` matches were looked through, and more of them would have found room.
    """

    hits: list[Hit]
    onward: int | None = None
    ended_early: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best first. `is_of_newest`: older matches were not compared with them."""

    hits: list[Hit]
    is_of_newest: bool = False


def newest(text: str, *, limit: int = 50, before: int | None = None) -> list[Hit]:
    """Messages with all these words, newest first."""
    terms = parse(text)
    if is_empty(terms):
        return []
    return [Hit(*found) for found in engine().walk(terms, before=before, limit=limit, among=limit)[0]]


def walk(text: str, *, among: QuerySet[Any] | None, limit: int, before: int | None = None) -> Walked:
    """Newest first, of those whose conversations are `among` these (None: in any)."""
    return walk_terms(parse(text), among=among, limit=limit, before=before)


def walk_terms(
    terms: tuple[Term, ...], *, among: QuerySet[Any] | None, limit: int, before: int | None = None
) -> Walked:
    """The same, where words were not typed into one field."""
    fitting = _fitting(among)
    if is_empty(terms) or fitting is None:
        return Walked([])
    found, last = engine().walk(terms, before=before, limit=limit + 1, among=WALKED, fitting=fitting)
    hits = [Hit(*match) for match in found[:limit]]
    if len(found) > limit:
        return Walked(hits, hits[-1].entry)
    return Walked(hits, last, last is not None)


def best(text: str, *, among: QuerySet[Any] | None = None, limit: int = 50) -> Ranked:
    """The best of the newest thousand, of those whose conversations are `among` these (None: in any)."""
    terms, fitting = parse(text), _fitting(among)
    if is_empty(terms) or fitting is None:
        return Ranked([])
    found, are_more = engine().best(terms, among=RANKED_AMONG, limit=limit, fitting=fitting)
    return Ranked([Hit(*match) for match in found], are_more)


def _fitting(among: QuerySet[Any] | None) -> Condition | None:
    """Asked of each match on its way: its conversation is found by its number, whatever else is asked of it. None when
    nothing can fit."""
    if among is None or not among.query.where:
        return ANY
    one = among.filter(pk=RawSQL("entry.conversation_id", ())).order_by().values("pk")
    try:
        sql, params = one.query.sql_with_params()
    except EmptyResultSet:
        return None
    return Condition(f"EXISTS ({sql})", params)


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
