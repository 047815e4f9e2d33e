"""The page about background work: who may see it, what it says, and what one can do there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from corale.jobs import enqueue_many, enqueue_once, later
from corale.jobs.drain import drain
from corale.jobs.models import Job
from tests.support import work

pytestmark = pytest.mark.django_db


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create(email=f"{role}@molino.example", role=role))
    return client


@pytest.fixture
def coordinator() -> Client:
    return signed_in("coordinator")


def fail_one(words: str = "the mill is closed") -> Job:
    later(work.fail, words, max_attempts=1)
    drain()
    return Job.objects.failed().latest("pk")


def test_for_members_the_page_does_not_exist():
    assert signed_in("member").get("/jobs/").status_code == 404


def test_what_failed_says_why(coordinator: Client):
    fail_one()

    assert b"ValueError: the mill is closed" in coordinator.get("/jobs/").content


@pytest.mark.parametrize("state", Job.State.values)
def test_every_state_has_its_list(coordinator: Client, state: str):
    Job.objects.create(task="tests.support.work.nothing", state=state)

    assert b"tests.support.work.nothing" in coordinator.get("/jobs/", {"state": state}).content


def test_the_list_is_read_in_pages_of_fifty_with_the_same_few_queries(
    coordinator: Client, django_assert_max_num_queries: Any
):
    enqueue_many(work.nothing, [[]] * 120)

    with django_assert_max_num_queries(14):
        first = coordinator.get("/jobs/", {"state": "waiting"})
    second = coordinator.get("/jobs/?" + first.context["further"])

    assert [len(answer.context["jobs"]) for answer in (first, second)] == [50, 50]
    assert not {job.pk for job in first.context["jobs"]} & {job.pk for job in second.context["jobs"]}


def test_a_failed_job_runs_again_with_all_its_attempts(coordinator: Client):
    job = fail_one()

    coordinator.post(f"/jobs/{job.pk}/retry/")

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("waiting", 0)


def test_all_failed_jobs_run_again(coordinator: Client):
    fail_one()
    fail_one()

    coordinator.post("/jobs/retries/")

    assert not Job.objects.failed().exists()
    assert Job.objects.waiting().count() == 2


def test_a_retry_of_what_waits_already_is_enough(coordinator: Client):
    enqueue_once(work.hopeless, "k")
    drain()
    enqueue_once(work.hopeless, "k")

    coordinator.post(f"/jobs/{Job.objects.failed().get().pk}/retry/")

    assert sorted(Job.objects.values_list("state", flat=True)) == ["done", "waiting"]


def test_a_dropped_job_is_gone_but_one_that_runs_is_not(coordinator: Client):
    failed = fail_one()
    running = Job.objects.create(task="tests.support.work.nothing", state="running")

    for job in (failed, running):
        coordinator.post(f"/jobs/{job.pk}/removal/")

    assert list(Job.objects.all()) == [running]


def test_words_of_an_error_are_shown_as_words(coordinator: Client):
    fail_one("<script>alert(1)</script>")

    assert b"<script>alert(1)" not in coordinator.get("/jobs/").content
