"""The `django_tasks` backend that keeps jobs as rows of the application's own database."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.signals import task_enqueued

from corale.jobs.enqueue import later
from corale.jobs.task import JobTask

STATUS = {
    "waiting": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "done": TaskResultStatus.SUCCESSFUL,
    "failed": TaskResultStatus.FAILED,
}


class RowsBackend(BaseTaskBackend):
    """A job is inserted by the caller's connection: it is there if, and only if, the caller's transaction commits."""

    task_class = JobTask
    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        pk = later(task, *args, **kwargs)
        made = result_of(task, str(pk), "waiting", list(args), dict(kwargs), enqueued_at=timezone.now())
        task_enqueued.send(type(self), task_result=made)
        return made

    def get_result(self, result_id: str) -> TaskResult[Any]:
        from corale.jobs.models import Job

        job = Job.objects.filter(pk=int(result_id)).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        args, kwargs = json.loads(job.arguments)
        made = result_of(
            import_string(job.task),
            result_id,
            job.state,
            args,
            kwargs,
            enqueued_at=job.created_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
        )
        made.worker_ids.extend([job.worker] * job.attempt)
        if job.problem:
            made.errors.append(TaskError(exception_class_path="builtins.Exception", traceback=job.problem))
        object.__setattr__(made, "_return_value", json.loads(job.result) if job.result else None)
        return made


def result_of(
    task: Task[Any, Any],
    pk: str,
    state: str,
    args: list[Any],
    kwargs: dict[str, Any],
    *,
    enqueued_at: datetime,
    started_at: datetime | None = None,
    finished_at: datetime | None = None,
) -> TaskResult[Any]:
    """The library's view of a job."""
    return TaskResult(
        task=task,
        id=pk,
        status=STATUS[state],
        enqueued_at=enqueued_at,
        started_at=started_at,
        finished_at=finished_at,
        last_attempted_at=started_at,
        args=args,
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )
