"""Forgetting: done jobs after an hour, failed ones after ninety days, workers not seen for a day."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from corale.jobs.models import Job, Worker

KEEP_DONE = timedelta(hours=1)
KEEP_FAILED = timedelta(days=90)
CHUNK = 1000


@task()
def prune_jobs() -> None:
    """In small deletions, so that nobody waits for the write lock."""
    now = timezone.now()
    while _delete(Job.State.DONE, now - KEEP_DONE) == CHUNK:
        pass
    _delete(Job.State.FAILED, now - KEEP_FAILED)
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def _delete(state: str, before: object) -> int:
    old = Job.objects.filter(state=state, finished_at__lt=before).values_list("pk", flat=True)[:CHUNK]
    return Job.objects.filter(pk__in=list(old)).delete()[0]
