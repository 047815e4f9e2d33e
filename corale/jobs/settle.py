"""Writing outcomes down: successes in one statement, the rest one by one. Only the holder of the lease may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from corale.jobs.outcome import Outcome
from corale.live import publish

TWIN = "Another job with the same key was already waiting."


@transaction.atomic
def settle(worker: str, outcomes: Sequence[Outcome]) -> None:
    """A job whose lease went to somebody else meanwhile is left alone."""
    quiet = [each.job.id for each in outcomes if each.state == "done" and not each.result]
    if quiet:
        which = f"WHERE id IN ({','.join(['%s'] * len(quiet))}) AND worker = %s AND state = 'running'"
        _update(f"state = 'done', finished_at = %s, problem = '' {which}", [_at(timezone.now()), *quiet, worker])
    for each in outcomes:
        if each.state == "waiting":
            requeue(worker, each)
        elif each.state == "failed" or each.result:
            finish(worker, each)
    if any(each.state == "failed" for each in outcomes):
        publish("jobs", {"change": "failed"})


def finish(worker: str, outcome: Outcome) -> None:
    _update(
        "state = %s, finished_at = %s, problem = %s, result = %s WHERE id = %s AND worker = %s AND state = 'running'",
        [outcome.state, _at(timezone.now()), outcome.problem, outcome.result, outcome.job.id, worker],
    )


def requeue(worker: str, outcome: Outcome) -> None:
    """Back to waiting; when its key is taken by a newer job, that one will do the work and this one is done."""
    sets = "state = 'waiting', run_after = %s, problem = %s, attempt = attempt - %s, lease_until = NULL"
    where = "WHERE id = %s AND worker = %s AND state = 'running'"
    values = [_at(outcome.run_after or timezone.now()), outcome.problem, int(not outcome.counted)]
    try:
        with transaction.atomic(savepoint=bool(outcome.job.key)):
            _update(f"{sets} {where}", [*values, outcome.job.id, worker])
    except IntegrityError:
        finish(worker, Outcome(outcome.job, "done", TWIN))


def _update(rest: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE jobs_job SET {rest}", values)  # noqa: S608


def _at(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
