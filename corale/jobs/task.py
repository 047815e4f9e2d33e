"""A task with the options of our queue: `@task(max_attempts=8, group="mail", group_limit=2)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTask(Task[P, T]):
    max_attempts: int = 5
    """After so many runs that ended in an error (or in the death of the worker) the job has failed."""

    group: str = ""
    """Jobs of one group run at most `group_limit` at a time, over all workers."""

    group_limit: int = 1
