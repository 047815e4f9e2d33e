"""A line of the schedule becomes one job per period, however many workers look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.module_loading import import_string

from corale.jobs.drain import drain
from corale.jobs.models import Job
from corale.jobs.recurring import Schedule
from corale.project.schedule import SCHEDULE

LINE = ("mill.turn", 60, "tests.support.work.nothing")


@pytest.mark.django_db
def test_once_per_period_for_all_workers_together():
    one, other, now = Schedule([LINE]), Schedule([LINE]), timezone.now()

    assert [one.tick(now), other.tick(now), one.tick(now + timedelta(seconds=59))] == [1, 0, 0]

    drain()
    later = now + timedelta(seconds=61)
    assert other.tick(later) + one.tick(later) == 1
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_what_still_waits_is_not_queued_again_and_nothing_piles_up():
    schedule, now = Schedule([LINE]), timezone.now()

    for hour in range(5):
        schedule.tick(now + timedelta(hours=hour))

    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_shortened_period_counts_at_once():
    now = timezone.now()
    Schedule([("mill.turn", 3600, LINE[2])]).tick(now)

    assert Schedule([LINE]).tick(now + timedelta(seconds=61)) == 1


def test_every_line_of_the_schedule_names_a_task():
    assert all(import_string(path).module_path == path for _, _, path in SCHEDULE)
    assert len({name for name, _, _ in SCHEDULE}) == len(SCHEDULE)
