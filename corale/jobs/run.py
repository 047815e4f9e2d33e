"""Running one job: find the task, call it, say what became of it."""

from __future__ import annotations

import functools
import json
import logging
from typing import Any

from django.db import connection
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskContext

from corale.jobs.claim import Claimed
from corale.jobs.errors import TryAgain
from corale.jobs.outcome import Outcome, succeeded, went_wrong

log = logging.getLogger(__name__)


@functools.cache
def task_at(path: str) -> Task[Any, Any]:
    found = import_string(path)
    if not isinstance(found, Task):
        raise TypeError(f"{path} is not a task")
    return found


def run(job: Claimed) -> Outcome:
    """Never raises: a task's error is an outcome, and leaves no broken connection to the next task."""
    try:
        return succeeded(job, call(task_at(job.task), job))
    except BaseException as error:
        if not isinstance(error, TryAgain):
            log.warning("%s (job %s, attempt %s): %s", job.task, job.id, job.attempt, error)
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()
        return went_wrong(job, error)
    finally:
        translation.deactivate()


def call(task: Task[Any, Any], job: Claimed) -> Any:
    args, kwargs = json.loads(job.arguments)
    if task.takes_context:
        return task.func(context(task, job, args, kwargs), *args, **kwargs)
    return task.func(*args, **kwargs)


def context(task: Task[Any, Any], job: Claimed, args: list[Any], kwargs: dict[str, Any]) -> TaskContext:
    """Built only for tasks that ask for it."""
    from corale.jobs.backend import result_of

    now = timezone.now()
    result = result_of(task, str(job.id), "running", args, kwargs, enqueued_at=now, started_at=now)
    result.worker_ids.extend([""] * job.attempt)
    return TaskContext(task_result=result)
