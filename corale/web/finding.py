"""What the search page shows: words to messages that one may see, newest or best first, and whoever bears the name.

The index knows words only; everything else that is typed (`state:open from:anna`) is asked of the conversations of its
matches, one by one, until a page is full or the walk ends. The page says how far it looked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet
from django.utils.functional import Promise

from corale.conversations.models import Conversation
from corale.improve.models import Theme
from corale.people.models import Person
from corale.respond.errors import QueryProblem
from corale.respond.filters import conditions
from corale.respond.grammar import Query, parse
from corale.search import find
from corale.search.models import Pending
from corale.search.query import Term, is_empty
from corale.search.query import parse as parse_words
from corale.web.messages import FoundMessage, read

PAGE = 50
NAMES = 6


@dataclass(slots=True)
class Found:
    """A page of messages. `onward`: where the next one begins; `looked`: matches that were
    looked through for it, at most."""

    messages: list[FoundMessage] = field(default_factory=list)
    onward: int | None = None
    looked: int = 0
    ended_early: bool = False
    people: list[Person] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.messages or self.people or self.themes)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: words for the index, and conditions on conversations."""

    typed: str
    words: str = ""
    shown: str = ""
    terms: tuple[Term, ...] = ()
    rest: Query = field(default_factory=Query)
    problem: str | Promise = ""

    @classmethod
    def of(cls, typed: str) -> Asked:
        """Values of one word joined by commas must all be there. What cannot be read becomes a `problem`."""
        typed = typed.strip()
        try:
            query = parse(typed)
        except QueryProblem as problem:
            return cls(typed, problem=problem.message)
        said = [
            ("-" if term.negated else "") + (f'"{value}"' if " " in value else value)
            for term in query.words
            for value in term.values
        ]
        terms = parse_words(" ".join(said))
        shown = " ".join(word for term in terms if not term.excluded for word in term.words)
        rest = Query(tuple(term for term in query.terms if term.field))
        return cls(typed, " ".join(said), shown, terms, rest)

    @property
    def has_words(self) -> bool:
        return not is_empty(self.terms)


def newest(asked: Asked, me: Person, before: int | None = None) -> Found:
    """Newest first, from an entry of the index on."""
    walked = find.walk(asked.words, among=_fitting(asked.rest, me), limit=PAGE, before=before)
    messages = read([hit.message_id for hit in walked.hits])
    return Found(messages, walked.onward, find.WALKED, walked.ended_early)


def best(asked: Asked, me: Person) -> Found:
    """The best of the newest thousand matches."""
    ranked = find.best(asked.words, among=_fitting(asked.rest, me), limit=PAGE)
    messages = read([hit.message_id for hit in ranked.hits])
    return Found(messages, looked=find.RANKED_AMONG if ranked.is_of_newest else 0)


def named(asked: Asked, me: Person, found: Found, limit: int = NAMES) -> None:
    """People and themes of that name, beside the first page."""
    people = find.names(asked.shown, kind=Pending.Kind.PERSON, limit=2 * limit)
    known = Person.objects.visible_to(me).filter(pk__in=people, merged_into=None, erased_at=None)
    found.people = _in_order(known.select_related("user").prefetch_related("identities"), people)[:limit]
    themes = find.names(asked.shown, kind=Pending.Kind.THEME, limit=2 * limit)
    found.themes = _in_order(Theme.objects.visible_to(me).filter(pk__in=themes, archived_at=None), themes)[:limit]


def _fitting(rest: Query, me: Person) -> QuerySet[Conversation]:
    """The conversations that one may see and that fit what else was typed."""
    rows = Conversation.objects.visible_to(me)
    if rest.asks("is"):
        rows = rows.annotate(mark=FilteredRelation("read_marks", condition=Q(read_marks__person=me)))
    return rows.filter(conditions(rest, me))


def _in_order(rows: Iterable[Any], ids: list[int]) -> list[Any]:
    known = {row.pk: row for row in rows}
    return [known[pk] for pk in ids if pk in known]
