"""What became of a match: seen, or not relevant. One colleague says so for all; each can be taken back."""

from __future__ import annotations

from django.utils import timezone

from corale.listen.models import Match, Query
from corale.people.models import Person

MOST = 5000  # that are marked at once


def see(match: Match, *, by: Person) -> None:
    Match.objects.filter(pk=match.pk, seen_at=None).update(seen_at=timezone.now(), seen_by=by)


def see_all(query: Query, upto: int, *, by: Person) -> int:
    """Whatever one may see, of those that were there when the page was made (`upto`: the newest of them)."""
    unseen = query.matches.visible_to(by).unseen().filter(pk__lte=upto)
    ids = list(unseen.order_by("pk").values_list("pk", flat=True)[:MOST])
    return Match.objects.filter(pk__in=ids, seen_at=None).update(seen_at=timezone.now(), seen_by=by)


def unsee(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(seen_at=None, seen_by=None)


def dismiss(match: Match, *, by: Person) -> None:
    """Not relevant: out of the stream and the numbers."""
    Match.objects.filter(pk=match.pk, dismissed_at=None).update(dismissed_at=timezone.now(), dismissed_by=by)


def bring_back(match: Match) -> None:
    Match.objects.filter(pk=match.pk).update(dismissed_at=None, dismissed_by=None)
