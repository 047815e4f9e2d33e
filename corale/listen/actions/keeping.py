"""What a query found becomes a row, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils import timezone

from corale.conversations.models import Message
from corale.listen.matching.saying import Saying
from corale.listen.models import Match
from corale.listen.sieves import Current

Found = Sequence[tuple[int, Saying]]


def keep(found: Found, current: Current) -> None:
    """In the caller's transaction. What is there already stays as it is; what arrived before the query was made, or was
    changed last, counts as seen; a message that was deleted meanwhile is left out."""
    if not found:
        return
    now = timezone.now()
    there = set(Message.objects.filter(pk__in={saying.id for _key, saying in found}).values_list("pk", flat=True))
    made = (
        Match(
            query_id=key, message_id=saying.id, said_at=saying.said_at or now, matched_at=now,
            seen_at=now if saying.received_at and saying.received_at < current.fresh_from[key] else None,
        )
        for key, saying in found if saying.id in there
    )  # fmt: skip
    Match.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)


def settle(looked_at: Iterable[int], found: Found, current: Current) -> None:
    """Of messages that were looked at again, which matches of these queries still stand."""
    wanted = {(key, saying.id) for key, saying in found}
    matches = Match.objects.filter(message__in=list(looked_at), query__in=list(current.fresh_from))
    for stands in (True, False):
        others = matches.filter(stands=not stands).values_list("pk", "query_id", "message_id")
        changed = [pk for pk, query, message in others if ((query, message) in wanted) == stands]
        Match.objects.filter(pk__in=changed).update(stands=stands)
