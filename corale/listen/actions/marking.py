"""What became of a match: seen, or not relevant. One colleague says so for all; each can be taken back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from corale.listen.models import Match, Query
from corale.live.publish import publish
from corale.people.models import Person

MOST = 5000  # that are marked at once


def see(match: Match, *, by: Person) -> None:
    """Whoever saw it first stays."""
    _mark(Match.objects.filter(pk=match.pk, seen_at=None), seen_at=timezone.now(), seen_by=by)


def see_all(query: Query, upto: int, *, by: Person) -> int:
    """Whatever one may see, of those that were there when the page was made (`upto`: the newest of them)."""
    unseen = query.matches.visible_to(by).unseen().filter(pk__lte=upto)
    ids = list(unseen.order_by("pk").values_list("pk", flat=True)[:MOST])
    return _mark(Match.objects.filter(pk__in=ids, seen_at=None), seen_at=timezone.now(), seen_by=by)


def unsee(match: Match) -> None:
    _mark(Match.objects.filter(pk=match.pk), seen_at=None, seen_by=None)


def dismiss(match: Match, *, by: Person) -> None:
    """Not relevant: out of the stream and the numbers."""
    _mark(Match.objects.filter(pk=match.pk, dismissed_at=None), dismissed_at=timezone.now(), dismissed_by=by)


def bring_back(match: Match) -> None:
    _mark(Match.objects.filter(pk=match.pk), dismissed_at=None, dismissed_by=None)


@transaction.atomic
def _mark(matches: QuerySet[Match], **fields: Any) -> int:
    """Open pages ask for their numbers again."""
    if marked := matches.update(**fields):
        publish("counts", {})
    return marked
