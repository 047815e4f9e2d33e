"""Running everything that is due, here and now: for tests, and for commands that want to see the end of it."""

from __future__ import annotations

from corale.jobs.claim import claim
from corale.jobs.identity import new_identity
from corale.jobs.run import run
from corale.jobs.settle import settle


def drain(limit: int = 100_000) -> int:
    """How many ran. What is put off (a retry, `run_after`) stays."""
    me, ran = new_identity(), 0
    while ran < limit and (jobs := claim(me)):
        for job in jobs:
            settle(me, [run(job)])
            ran += 1
    return ran
