"""A job is written with the data it is about, once per key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks.exceptions import TaskResultDoesNotExist

from corale.jobs import enqueue_many, enqueue_once, later
from corale.jobs.drain import drain
from corale.jobs.models import Job
from tests.support import work

pytestmark = pytest.mark.django_db


def test_what_is_rolled_back_was_never_queued():
    with pytest.raises(RuntimeError), transaction.atomic():
        work.double.enqueue(1)
        raise RuntimeError

    assert not Job.objects.exists()


def test_while_a_key_waits_the_same_call_is_not_queued_again():
    first = enqueue_once(work.double, "feed:3", 3)

    assert first is not None
    assert enqueue_once(work.double, "feed:3", 3) is None
    assert enqueue_once(work.double, "feed:4", 4) is not None
    assert enqueue_once(work.fail, "feed:3", "x") is not None


def test_once_it_runs_the_same_key_may_wait_again():
    enqueue_once(work.double, "feed:3", 3)
    drain()

    assert enqueue_once(work.double, "feed:3", 3) is not None


def test_a_result_can_be_asked_for_later():
    made = work.double.enqueue(21)
    assert not made.is_finished

    drain()
    made.refresh()

    assert made.return_value == 42
    assert made.attempts == 1


def test_a_result_that_is_not_there_says_so():
    with pytest.raises(TaskResultDoesNotExist):
        work.double.get_result("4711")


def test_a_job_put_off_does_not_run_before_its_time():
    work.double.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(1)

    assert drain() == 0


def test_the_options_of_the_task_become_those_of_the_job_and_can_be_changed_for_one_call():
    later(work.grind)
    later(work.grind, group="other", limit=7, priority=5, max_attempts=9)

    usual, special = Job.objects.order_by("pk")
    assert (usual.group, usual.group_limit, usual.max_attempts) == ("mill", 2, 5)
    assert (special.group, special.group_limit, special.priority, special.max_attempts) == ("other", 7, 5, 9)


def test_many_calls_are_queued_in_one_go():
    assert enqueue_many(work.double, [[number] for number in range(50)]) == 50
    assert drain() == 50


def test_a_task_may_ask_which_attempt_it_is():
    made = work.which_attempt.enqueue()
    drain()
    made.refresh()

    assert made.return_value == 1
