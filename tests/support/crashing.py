"""Killing processes at random points of their work, to count afterwards what was lost or done twice.

The point is a number of steps of progress, not a time: a slow machine is killed as often in the middle as a quick one.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable

from tests.support.processes import House, Process

KILLS = int(os.environ.get("CORALE_KILLS", "13"))
"""In the ordinary run; four such tests make fifty. More on demand: CORALE_KILLS=200."""


def kill_again_and_again(
    house: House, start: Callable[[], Process], progress: Callable[[], int], *, goal: int, kills: int = KILLS
) -> None:
    """Start, let it come a random way towards `goal`, kill -9; `kills` times. The last part is left undone."""
    chance = random.Random(os.environ.get("CORALE_SEED", "20261122"))
    step = max(2, goal // (kills + 1))
    for _ in range(kills):
        at = min(goal, progress() + chance.randrange(1, step))
        process = start()
        house.until(lambda enough=at: progress() >= enough)
        process.kill()
