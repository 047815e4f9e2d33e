"""What becomes of a run: done, again later, failed; and who may write it down."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from corale.jobs import enqueue_once, later
from corale.jobs.claim import claim
from corale.jobs.drain import drain
from corale.jobs.models import Job
from corale.jobs.outcome import CAP, Outcome, backoff
from corale.jobs.run import run
from corale.jobs.settle import settle
from corale.live.models import LiveEvent
from tests.support import work

pytestmark = pytest.mark.django_db


def make_due() -> None:
    Job.objects.waiting().update(run_after=timezone.now())


def test_pauses_double_and_are_never_equal_for_all():
    assert 1 <= backoff(1) <= 3
    assert 8 <= backoff(4) <= 24
    assert backoff(40) <= CAP * 1.5
    assert len({backoff(5) for _ in range(20)}) > 1


def test_an_error_is_tried_again_later_and_kept_in_words():
    later(work.fail, "the mill is closed")
    drain()

    job = Job.objects.get()
    assert job.state == Job.State.WAITING
    assert job.run_after > timezone.now()
    assert job.reason == "ValueError: the mill is closed"


def test_when_the_attempts_are_used_up_the_job_has_failed_and_open_pages_are_told():
    later(work.fail, "the mill is closed")
    drain()
    make_due()
    drain()

    job = Job.objects.get()
    assert (job.state, job.attempt) == (Job.State.FAILED, 2)
    assert LiveEvent.objects.filter(topic="jobs").exists()


def test_not_now_is_nobodys_fault_and_not_counted():
    later(work.not_now, 90)
    drain()

    job = Job.objects.get()
    assert (job.state, job.attempt) == (Job.State.WAITING, 0)
    assert timedelta(seconds=80) < job.run_after - timezone.now() <= timedelta(seconds=90)


def test_what_is_hopeless_fails_at_once():
    later(work.hopeless)
    drain()

    assert Job.objects.get().state == Job.State.FAILED


def test_a_task_that_no_longer_exists_is_a_failure_with_its_name():
    later(work.nothing)
    Job.objects.update(task="corale.gone.task", max_attempts=1)
    drain()

    assert "corale.gone" in Job.objects.get().reason


def test_who_lost_the_lease_writes_nothing():
    later(work.nothing)
    [job] = claim("slow")
    Job.objects.update(worker="fast")

    settle("slow", [run(job)])

    assert Job.objects.get().state == Job.State.RUNNING


def test_a_retry_whose_key_waits_again_leaves_the_work_to_the_newer_job():
    enqueue_once(work.fail, "k", "first")
    [job] = claim("a")
    enqueue_once(work.fail, "k", "second")

    settle("a", [Outcome(job, "waiting", "no")])

    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "waiting"]
