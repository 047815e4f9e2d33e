"""What did not succeed is tried again, and in the end set aside, for somebody to look at; the others go on."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from corale.adapters.activitypub.inbox.arrival import Arrival
from corale.adapters.activitypub.models import Stumble
from corale.channels.text import plain

PAUSES = [timedelta(seconds=20), timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6)]
"""Before the second attempt, the third …; after the last of them it is set aside."""


def is_due() -> bool:
    """Something may be tried again."""
    return Stumble.objects.filter(set_aside_at=None, next_at__lte=timezone.now()).exists()


def due(most: int) -> list[int]:
    """The envelopes that may be tried again, in the order in which they came."""
    waiting = Stumble.objects.filter(set_aside_at=None, next_at__lte=timezone.now())
    return list(waiting.order_by("envelope_id").values_list("envelope_id", flat=True)[:most])


def senders() -> set[int]:
    """Those whose next words have to wait for earlier ones."""
    return set(Stumble.objects.filter(set_aside_at=None).values_list("sender_key", flat=True))


def later(arrival: Arrival, problem: str) -> bool:
    """Tries again after a pause. True when that was the last time: nothing waits behind it any more."""
    stumble, _ = Stumble.objects.get_or_create(envelope_id=arrival.envelope_id, defaults=_of(arrival))
    if stumble.attempts >= len(PAUSES):
        set_aside(arrival, problem)
        return True
    Stumble.objects.filter(pk=stumble.pk).update(
        attempts=stumble.attempts + 1,
        next_at=timezone.now() + PAUSES[stumble.attempts],
        problem=plain(problem)[:500],
    )
    return False


def wait_behind(arrival: Arrival) -> None:
    """Until the first of this sender's that waits has succeeded or been set aside."""
    first = Stumble.objects.filter(sender_key=arrival.sender_key, set_aside_at=None).order_by("envelope_id").first()
    when = first.next_at if first else timezone.now()
    Stumble.objects.update_or_create(
        envelope_id=arrival.envelope_id, defaults={"next_at": when}, create_defaults=_of(arrival) | {"next_at": when}
    )


def set_aside(arrival: Arrival, problem: str) -> None:
    """It stays kept, and is counted and shown."""
    words = {"problem": plain(problem)[:500], "set_aside_at": timezone.now()}
    Stumble.objects.update_or_create(
        envelope_id=arrival.envelope_id, defaults=words, create_defaults=_of(arrival) | words
    )


def forget(arrival: Arrival) -> None:
    """It succeeded."""
    if arrival.is_again:
        Stumble.objects.filter(envelope_id=arrival.envelope_id).delete()


def _of(arrival: Arrival) -> dict[str, object]:
    return {"sender_key": arrival.sender_key}
