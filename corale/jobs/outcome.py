"""What became of a run: done, again later, or failed."""

from __future__ import annotations

import json
import random
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from corale.jobs.claim import Claimed
from corale.jobs.errors import GiveUp, TryAgain

BASE, CAP = 2.0, 3600.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` is where the job goes; `counted` is false when the attempt was nobody's fault."""

    job: Claimed
    state: str
    problem: str = ""
    result: str = ""
    run_after: datetime | None = None
    counted: bool = True


def backoff(attempt: int) -> float:
    """Seconds before the next attempt: doubling from two, up to an hour, each between half and one and a half of it."""
    return min(CAP, BASE * 2.0 ** (attempt - 1)) * random.uniform(0.5, 1.5)  # noqa: S311


def succeeded(job: Claimed, returned: Any) -> Outcome:
    return Outcome(job, "done", result="" if returned is None else json.dumps(returned, default=str))


def went_wrong(job: Claimed, error: BaseException) -> Outcome:
    """`TryAgain` is not counted, `GiveUp` is final, anything else is tried again until the attempts are used up."""
    now = timezone.now()
    if isinstance(error, TryAgain):
        again = now + timedelta(seconds=error.after)
        return Outcome(job, "waiting", str(error), run_after=again, counted=False)
    problem = "".join(traceback.format_exception(error, limit=-12))[-4000:].replace("\x00", "")
    if isinstance(error, GiveUp) or job.attempt >= job.max_attempts:
        return Outcome(job, "failed", problem)
    return Outcome(job, "waiting", problem, run_after=now + timedelta(seconds=backoff(job.attempt)))
