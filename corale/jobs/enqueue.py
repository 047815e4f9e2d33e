"""Writing jobs: one statement each, in the caller's transaction, so that the job exists exactly if the data does."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone
from django_tasks.base import Task

from corale.store.bus import notify_sql, tell

CHANNEL = "corale_jobs"
"""What PostgreSQL is told when a job is due now; SQLite's commits speak for themselves."""

INSERT = """
INSERT INTO jobs_job (queue, task, arguments, "key", "group", group_limit, priority, state, attempt, max_attempts,
                      run_after, worker, problem, result, created_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, 'waiting', 0, %s, %s, '', '', '', %s) ON CONFLICT DO NOTHING"""


def later(
    task: Task[Any, Any],
    *args: Any,
    key: str = "",
    group: str | None = None,
    limit: int | None = None,
    run_after: datetime | None = None,
    priority: int | None = None,
    max_attempts: int | None = None,
    **kwargs: Any,
) -> int | None:
    """Queue one call of `task`; the job's id, or None when the same task with the same `key` already waits."""
    now = timezone.now()
    row = (
        task.queue_name,
        task.module_path,
        json.dumps([args, kwargs], cls=DjangoJSONEncoder, separators=(",", ":")),
        key,
        getattr(task, "group", "") if group is None else group,
        getattr(task, "group_limit", 1) if limit is None else limit,
        task.priority if priority is None else priority,
        getattr(task, "max_attempts", 5) if max_attempts is None else max_attempts,
        due := connection.ops.adapt_datetimefield_value(run_after or task.run_after or now),
        connection.ops.adapt_datetimefield_value(now),
    )
    notify = notify_sql(CHANNEL) if due == row[-1] else ""
    with connection.cursor() as cursor:
        if notify:
            cursor.execute(f"WITH made AS ({INSERT} RETURNING id) SELECT id, {notify} FROM made", (*row, ""))  # noqa: S608
        else:
            cursor.execute(f"{INSERT} RETURNING id", row)
        made = cursor.fetchone()
    return int(made[0]) if made else None


def enqueue_once(task: Task[Any, Any], key: str, *args: Any, **options: Any) -> int | None:
    """As `later`, unless a job of this task with this key waits already. While one only *runs*, another may wait."""
    return later(task, *args, key=key, **options)


def enqueue_many(task: Task[Any, Any], calls: Iterable[Sequence[Any]], *, priority: int | None = None) -> int:
    """Queue many calls of one task (positional arguments only) in one go; how many."""
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    head = (task.queue_name, task.module_path)
    tail = (
        "",
        getattr(task, "group", ""),
        getattr(task, "group_limit", 1),
        task.priority if priority is None else priority,
        getattr(task, "max_attempts", 5),
        now,
        now,
    )
    dumps = json.JSONEncoder(separators=(",", ":")).encode
    rows = [(*head, dumps([list(args), {}]), *tail) for args in calls]
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)
    tell(CHANNEL)
    return len(rows)
