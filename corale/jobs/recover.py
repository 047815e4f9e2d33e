"""Taking back what dead workers held: an expired lease is an attempt, and the job waits again or has failed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from corale.jobs.claim import Claimed
from corale.jobs.identity import is_dead
from corale.jobs.models import Job
from corale.jobs.outcome import Outcome, backoff
from corale.jobs.settle import settle

DIED = "The worker stopped in the middle of this job."

DEATHS = 10
"""Attempts beyond the usual that a job gets when workers die: most were only claimed together with the culprit."""


def recover(me: str = "") -> int:
    """How many jobs were taken back. Done at start and every third of a lease by every worker."""
    now, found = timezone.now(), 0
    fields = ("id", "task", "arguments", "key", "attempt", "max_attempts", "worker", "lease_until")
    for *job, worker, lease_until in list(Job.objects.running().values_list(*fields)):
        if lease_until < now or is_dead(worker, me):
            found += _take_back(Claimed(*job), worker, lease_until)
    return found


@transaction.atomic
def _take_back(job: Claimed, worker: str, lease_until: datetime) -> bool:
    """Unless the holder renewed the lease, or finished, between our look and now."""
    held = Job.objects.running().filter(pk=job.id, worker=worker, lease_until=lease_until)
    if not held.select_for_update().exists():
        return False
    if job.attempt >= job.max_attempts + DEATHS:
        settle(worker, [Outcome(job, "failed", DIED)])
        return True
    # At once the first time, then at random moments, so that what died together is not claimed together again.
    pause = backoff(job.attempt - 1) if job.attempt > 1 else 0
    settle(worker, [Outcome(job, "waiting", DIED, run_after=timezone.now() + timedelta(seconds=pause))])
    return True
