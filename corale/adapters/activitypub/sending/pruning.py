"""Forgetting dispatches: what was settled weeks ago is of use to nobody. What was said and done stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task

from corale.adapters.activitypub.models import Dispatch

KEPT = timedelta(weeks=4)
CHUNK = 1000
SETTLED = [Dispatch.State.SENT, Dispatch.State.FAILED, Dispatch.State.DROPPED]


@task()
def prune_dispatches() -> None:
    """In small deletions, so that nobody waits for the write lock. Rows are in the order of time: the first young one
    is the end."""
    before, last = timezone.now() - KEPT, 0
    while rows := _after(last):
        old = [pk for pk, state, at in rows if at < before and state in SETTLED]
        Dispatch.objects.filter(pk__in=old).delete()
        last, _state, newest = rows[-1]
        if newest >= before:
            return


def _after(last: int) -> list[tuple[int, int, datetime]]:
    found = Dispatch.objects.filter(pk__gt=last).order_by("pk")
    return list(found.values_list("pk", "state", "activity__created_at")[:CHUNK])
