"""Queries look into the past, newest first, page by page, and never through all of it at once; and once more at what
they had found, after they were changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from corale.conversations.models import Conversation, Message
from corale.conversations.policies import may_see_everything, open_to
from corale.listen import sieves
from corale.listen.actions.keeping import keep, settle
from corale.listen.heard import IN_THE_LISTS
from corale.listen.matching.saying import Saying
from corale.listen.matching.sieve import Sieve
from corale.listen.matching.wanted import Wanted
from corale.listen.models import LookBack, Query
from corale.listen.sayings import Row, rows, sayings
from corale.live.publish import publish
from corale.people.models import Person
from corale.search.find import walk_terms
from corale.search.models import Pending

PAGE = 500
ENOUGH = 20_000  # messages that one query looks at, at most
END = 2**63 - 1  # no match has a higher number
_AT_ONCE = 20  # queries that are asked whether they may go on


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages that may be wanted, newest first; where the next page begins, None at the end of the record."""

    rows: Sequence[Row]
    onward: int | None

    @property
    def since(self) -> datetime | None:
        """When the oldest of them was said."""
        return min((row[4] for row in self.rows), default=None)


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a query would find among the newest messages that may be wanted."""

    found: list[Saying]
    looked: int
    since: datetime | None
    is_whole: bool


def look_back_some() -> int:
    """One page for the query that has looked at the fewest; how many messages."""
    going = LookBack.objects.filter(ended_at=None, query__archived_at=None).select_related("query")
    for look in going.order_by("looked", "pk")[:_AT_ONCE]:
        if not (look.query.wanted.terms and Pending.objects.filter(pk__lte=look.waits_for).exists()):
            return _look_back(look)
    return 0


def look_again_some() -> int:
    """One page of what a query had found before it was changed; how many matches."""
    query = Query.objects.in_use().exclude(again_below=None).order_by("pk").first()
    return look_again(query) if query else 0


@transaction.atomic
def look_again(query: Query) -> int:
    """The next page of what it had found, newest first: what it wants now stands, and nothing else."""
    before = query.matches.filter(pk__lt=query.again_below).order_by("-pk")
    page = list(before.values_list("pk", "message_id")[:PAGE])
    messages = [message for _pk, message in page]
    current = sieves.of(query)
    settle(messages, list(current.sieve.through(sayings(rows(Message.objects.filter(pk__in=messages))))), current)
    query.again_below = page[-1][0] if len(page) == PAGE else None
    Query.objects.filter(pk=query.pk, edition=query.edition).update(again_below=query.again_below)
    return max(len(page), 1)


def glimpse(wanted: Wanted, by: Person) -> Glimpse:
    """Before it is saved; of what this colleague may see."""
    page = _page(wanted, None, by)
    found = [saying for _key, saying in Sieve({0: wanted}).through(sayings(page.rows))]
    return Glimpse(found, len(page.rows), page.since, page.onward is None)


def _look_back(look: LookBack) -> int:
    current = sieves.of(look.query)
    wanted = look.query.wanted
    page = _page(wanted, look.before) if wanted.says_something else Page([], None)
    found = list(current.sieve.through(sayings(page.rows)))
    looked = look.looked + len(page.rows)
    is_over = page.onward is None or looked >= ENOUGH
    with transaction.atomic():
        if not Query.objects.filter(pk=look.pk, edition=look.query.edition).exists():
            return 1  # it was changed meanwhile, and begins again
        keep(found, current)
        if found or is_over:
            publish("counts", {})
        LookBack.objects.filter(pk=look.pk).update(
            before=page.onward, looked=looked, since=page.since or look.since, is_whole=page.onward is None,
            ended_at=timezone.now() if is_over else None,
        )  # fmt: skip
    return max(len(page.rows), 1)


def _page(wanted: Wanted, before: int | None, by: Person | None = None) -> Page:
    """By the index where there are words; else the newest messages, one after the other."""
    return _by_words(wanted, before, by) if wanted.terms else _by_number(before, by)


def _by_words(wanted: Wanted, before: int | None, by: Person | None) -> Page:
    among = Conversation.objects.visible_to(by).filter(state__in=IN_THE_LISTS) if by else None
    walked = walk_terms(wanted.terms, among=among, limit=PAGE, before=before)
    ids = [hit.message_id for hit in walked.hits]
    known = {row[0]: row for row in rows(Message.objects.filter(pk__in=ids))}
    return Page([known[pk] for pk in ids if pk in known], walked.onward)


def _by_number(before: int | None, by: Person | None) -> Page:
    messages = Message.objects.all() if before is None else Message.objects.filter(pk__lt=before)
    if by:
        messages = messages.filter(conversation__state__in=IN_THE_LISTS)
        messages = messages if may_see_everything(by) else messages.filter(open_to(by, "conversation"))
    page = rows(messages.order_by("-pk")[:PAGE])
    return Page(page, page[-1][0] if len(page) == PAGE else None)


def begin_again(query: Query) -> None:
    """From the newest on; and what it had found before is looked at once more. In the caller's transaction."""
    waits_for = Pending.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    fresh = {"waits_for": waits_for, "before": None, "looked": 0, "since": None, "is_whole": False, "ended_at": None}
    LookBack.objects.update_or_create(query=query, defaults=fresh)
    query.again_below = END
