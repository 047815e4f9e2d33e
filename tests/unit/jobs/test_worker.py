"""A worker runs what is due, gives back what it has not begun, and shares its loops with nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from corale.jobs import enqueue_many, later
from corale.jobs.leases import give_back, renew, take
from corale.jobs.models import Job, Lease
from corale.jobs.models import Worker as Row
from corale.jobs.worker import Worker
from tests.support import work

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def working(worker: Worker) -> Iterator[Worker]:
    def run() -> None:
        worker.run()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield worker
    finally:
        work.may_end.set()
        worker.stop()
        thread.join(20)
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _events() -> None:
    work.begun.clear()
    work.may_end.clear()


def until(condition: object) -> None:
    for _ in range(1500):
        if condition():  # type: ignore[operator]
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not happen")


def test_everything_due_is_done_and_what_comes_meanwhile_too():
    enqueue_many(work.nothing, [[]] * 45)

    with working(Worker(threads=2)):
        until(lambda: not Job.objects.exclude(state="done").exists())
        later(work.nothing)
        until(lambda: Job.objects.filter(state="done").count() == 46)

    assert not Row.objects.exists()


def test_being_stopped_a_worker_leaves_what_it_cannot_end_to_another(monkeypatch):
    monkeypatch.setattr("corale.jobs.worker.GRACE", 0.2)
    later(work.hold)
    with working(Worker(threads=1)) as worker:
        assert work.begun.wait(20)
        worker.stop()
        until(lambda: not Row.objects.filter(id=worker.me).exists())

    job = Job.objects.get()
    assert (job.state, job.attempt, job.reason) == ("waiting", 1, "The worker was stopped.")


def test_a_loop_has_one_holder_at_a_time(monkeypatch):
    # Two workers of one process number are one that was followed by another; here they stand for two machines.
    monkeypatch.setattr("corale.jobs.leases.is_dead", lambda worker, me: False)
    listening: list[str] = []
    both_started = threading.Event()

    def listen(stop: threading.Event) -> None:
        listening.append(threading.current_thread().name)
        both_started.set()
        stop.wait(30)

    with working(Worker(lease=30, loops={"ears": listen})), working(Worker(lease=30, loops={"ears": listen})):
        assert both_started.wait(20)
        until(lambda: Row.objects.count() == 2)
        assert len(listening) == 1
        assert Lease.objects.get().worker in set(Row.objects.values_list("id", flat=True))


def test_a_lease_is_taken_renewed_and_given_back():
    assert take("ears", "a", 60)
    assert not take("ears", "b", 60)
    assert renew("ears", "a", 60)

    give_back("ears", "a")

    assert take("ears", "b", 60)
    assert not renew("ears", "a", 60)


def test_an_expired_lease_goes_to_the_next():
    take("ears", "a", -1)

    assert take("ears", "b", 60)


def test_a_loop_that_breaks_says_why():
    def listen(stop: threading.Event) -> None:
        raise ConnectionError("the other side hung up")

    with working(Worker(lease=30, loops={"ears": listen})):
        until(lambda: Lease.objects.filter(problem__contains="hung up").exists())
