"""What a person may do with a job that failed: run it again, all of them, or let it go."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from corale.jobs.enqueue import CHANNEL
from corale.jobs.models import Job
from corale.jobs.settle import TWIN
from corale.live import publish
from corale.store.bus import tell

MOST = 1000
"""How many one press of a button brings back; the next press takes the next thousand."""


@transaction.atomic
def retry(job: Job) -> None:
    """All attempts again; when the same work waits already, that is enough. What has not failed stays as it is."""
    state = Job.State.WAITING
    if job.key and Job.objects.waiting().filter(task=job.task, key=job.key).exists():
        state = Job.State.DONE
    try:
        with transaction.atomic():
            _bring_back(job, state)
    except IntegrityError:  # it came to wait between our look and now
        _bring_back(job, Job.State.DONE)
    tell(CHANNEL)
    publish("jobs", {"change": "retried"})


def _bring_back(job: Job, state: str) -> None:
    now = timezone.now()
    Job.objects.failed().filter(pk=job.pk).update(
        state=state,
        attempt=0,
        run_after=now,
        finished_at=now if state == Job.State.DONE else None,
        problem=TWIN if state == Job.State.DONE else job.problem,
    )


def retry_all() -> int:
    """Of the failed ones, the oldest thousand."""
    jobs = list(Job.objects.failed().order_by("pk")[:MOST])
    for job in jobs:
        retry(job)
    return len(jobs)


@transaction.atomic
def drop(job: Job) -> None:
    """A failed or waiting job is gone for good; one that runs is not."""
    Job.objects.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.WAITING]).delete()
    publish("jobs", {"change": "dropped"})
