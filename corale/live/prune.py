"""Forgetting live events: a page that was away for more than an hour reads everything again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from corale.live.models import LiveEvent

KEEP = timedelta(hours=1)
CHUNK = 1000


@task()
def prune_events() -> None:
    """In small deletions, so that nobody waits for the write lock."""
    while True:
        old = LiveEvent.objects.filter(created_at__lt=timezone.now() - KEEP).values_list("pk", flat=True)[:CHUNK]
        if LiveEvent.objects.filter(pk__in=list(old)).delete()[0] < CHUNK:
            return
