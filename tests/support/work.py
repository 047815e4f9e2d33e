"""Tasks for the tests of the queue. What ran is written to a file, so that no database can take it back."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskContext

from corale.jobs.errors import GiveUp, TryAgain
from corale.live import publish

begun, may_end = threading.Event(), threading.Event()


@task()
def nothing() -> None:
    pass


@task()
def double(number: int) -> int:
    return 2 * number


@task(max_attempts=2)
def fail(words: str) -> None:
    raise ValueError(words)


@task()
def not_now(after: float) -> None:
    raise TryAgain(after)


@task()
def hopeless() -> None:
    raise GiveUp("nobody can do this")


@task(group="mill", group_limit=2)
def grind() -> None:
    pass


@task(takes_context=True)
def which_attempt(context: TaskContext) -> int:
    return context.attempt


@task()
def hold() -> None:
    """Runs until the test lets it end."""
    begun.set()
    may_end.wait(30)


@task()
def write_line(path: str, line: str) -> None:
    """One write: two processes cannot mix their lines."""
    with open(os.open(Path(path), os.O_APPEND | os.O_CREAT | os.O_WRONLY), "wb", buffering=0) as file:
        file.write(f"{line}\n".encode())


@task()
def die_between_two_writes() -> None:
    """As if the power went: the first write is made, the second never."""
    with transaction.atomic():
        publish("half:1")
        os.kill(os.getpid(), signal.SIGKILL)
