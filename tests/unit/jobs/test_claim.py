"""Claiming: the urgent first, nothing twice, no group beyond its limit."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from django.db import connection

from corale.jobs import enqueue_many, later
from corale.jobs.claim import Claimed, claim
from corale.jobs.models import Job
from tests.support import work


@pytest.mark.django_db
def test_the_urgent_come_first_and_then_the_oldest():
    ordinary = later(work.nothing)
    urgent = later(work.nothing, priority=10)
    newer = later(work.nothing)

    assert [job.id for job in claim("a")] == [urgent, ordinary, newer]


@pytest.mark.django_db
def test_what_one_worker_holds_no_other_gets():
    enqueue_many(work.nothing, [[]] * 30)

    first, second = claim("a"), claim("b")

    assert (len(first), len(second)) == (20, 10)
    assert not {job.id for job in first} & {job.id for job in second}


@pytest.mark.django_db
def test_a_group_never_runs_more_than_its_limit():
    enqueue_many(work.grind, [[]] * 10)
    later(work.nothing)

    assert Counter(job.task for job in claim("a")) == {path(work.grind): 2, path(work.nothing): 1}
    assert claim("b") == []


@pytest.mark.django_db
def test_a_long_backlog_of_one_group_does_not_starve_the_others():
    enqueue_many(work.grind, [[]] * 900)
    later(work.nothing)

    claim("a")

    assert [job.task for job in claim("b")] == [path(work.nothing)]


@pytest.mark.django_db(transaction=True)
def test_two_workers_claiming_at_once_hold_the_limit_together():
    enqueue_many(work.grind, [[]] * 20)
    held: list[Claimed] = []
    ready = threading.Barrier(4)

    def work_on(name: str) -> None:
        ready.wait()
        held.extend(claim(name))
        connection.close()

    threads = [threading.Thread(target=work_on, args=[name]) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(held) == 2
    assert Job.objects.running().count() == 2


def path(task: object) -> str:
    return str(task.module_path)  # type: ignore[attr-defined]
