"""What dead workers held is taken back; what living ones hold is not."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from corale.jobs import later
from corale.jobs.claim import claim
from corale.jobs.heart import Heart
from corale.jobs.identity import new_identity, place
from corale.jobs.models import Job
from corale.jobs.recover import DEATHS, recover
from tests.support import work

pytestmark = pytest.mark.django_db


def test_an_expired_lease_puts_the_job_back():
    later(work.nothing)
    claim("elsewhere:1:x", lease=-1)

    assert recover() == 1
    job = Job.objects.get()
    assert (job.state, job.attempt) == (Job.State.WAITING, 1)


def test_a_running_lease_is_left_alone():
    later(work.nothing)
    claim("elsewhere:1:x", lease=60)

    assert recover() == 0


def test_a_process_of_this_machine_that_is_gone_need_not_be_waited_for():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    later(work.nothing)
    claim(f"{place()}:{gone.pid}:x", lease=60)

    assert recover(new_identity()) == 1


def test_a_process_that_lives_keeps_its_job():
    later(work.nothing)
    claim(f"{place()}:{os.getppid()}:x", lease=60)

    assert recover(new_identity()) == 0


def test_a_job_that_kills_every_worker_fails_in_the_end():
    later(work.nothing)
    claim("elsewhere:1:x", lease=-1)
    Job.objects.update(attempt=5 + DEATHS)

    recover()

    assert Job.objects.get().state == Job.State.FAILED


def test_the_heart_renews_what_its_worker_holds():
    later(work.nothing)
    claim("me", lease=1)

    Heart("me", lease=60, threads=1, keepers=[], wake=lambda: None).beat()

    lease_until = Job.objects.get().lease_until
    assert lease_until is not None
    assert lease_until > timezone.now() + timedelta(seconds=50)
