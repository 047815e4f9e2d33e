"""Workers are killed at random points: no job is lost, and none that is written down as done was not run."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.crashing import KILLS, kill_again_and_again
from tests.support.processes import House

JOBS = 1200


@pytest.mark.timeout(600)
def test_a_worker_killed_again_and_again_loses_no_job(house: House):
    path = house.folder / "lines"
    house.python(
        "from corale.jobs import enqueue_many; from tests.support import work;"
        f"enqueue_many(work.write_line, [[{str(path)!r}, str(n)] for n in range({JOBS})])"
    )
    kill_again_and_again(house, lambda: house.worker(lease=20), lambda: done(house), goal=JOBS)

    house.worker(lease=20)
    house.until(lambda: house.value("SELECT count(*) FROM jobs_job WHERE state <> 'done'") == 0)

    ran = Counter(path.read_text().split())
    assert set(ran) == {str(number) for number in range(JOBS)}
    again = sum(ran.values()) - JOBS
    assert again <= KILLS * 24, "no more is repeated than was in hand"


def test_what_was_half_done_when_killed_is_not_half_written(house: House):
    """A task that dies between two writes of one transaction leaves neither."""
    house.python("from corale.jobs import later; from tests.support import work; later(work.die_between_two_writes)")

    worker = house.worker(lease=2)
    house.until(lambda: not worker.is_running)

    assert house.value("SELECT count(*) FROM live_liveevent WHERE topic LIKE 'half%'") == 0
    assert house.value("SELECT count(*) FROM jobs_job WHERE state = 'running'") == 1


def done(house: House) -> int:
    return int(house.value("SELECT count(*) FROM jobs_job WHERE state = 'done'"))
