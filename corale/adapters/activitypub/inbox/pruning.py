"""What we need not remember for ever."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from corale.adapters.activitypub.models import Overheard, Stumble, Tombstone

LATE = timedelta(days=90)
"""Servers repeat what they could not deliver for days, never for months."""

THREADS = timedelta(days=30)
"""After that the beginning of a thread is looked for anew."""

MOST = 10_000


@task()
def prune() -> None:
    """Forgets old tombstones, threads nobody has spoken in, and envelopes set aside long ago (which stay kept)."""
    now = timezone.now()
    for found in (
        Tombstone.objects.filter(at__lt=now - LATE),
        Overheard.objects.filter(at__lt=now - THREADS),
        Stumble.objects.filter(set_aside_at__lt=now - LATE),
    ):
        found.model._default_manager.filter(pk__in=list(found.values_list("pk", flat=True)[:MOST])).delete()
