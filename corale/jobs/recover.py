"""Taking back what dead workers held: an expired lease is an attempt, and the job waits again or has failed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from corale.jobs.claim import Claimed
from corale.jobs.identity import is_dead
from corale.jobs.models import Job
from corale.jobs.outcome import Outcome
from corale.jobs.settle import settle

DIED = "The worker stopped in the middle of this job."


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
    state = "failed" if job.attempt >= job.max_attempts else "waiting"
    settle(worker, [Outcome(job, state, DIED)])
    return True
