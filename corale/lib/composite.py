"""Putting measures together so that a good one cannot buy off a bad one."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, log
from random import Random

from corale.lib.wilson import Interval

FLOOR = 0.01


def geometric_mean(values: Sequence[float], floor: float = FLOOR) -> float:
    """The n-th root of the product (OECD/JRC Handbook, 2008, step 6), no value counting for less than the floor."""
    if not values:
        raise ValueError("There is no mean of nothing.")
    return exp(fsum(log(max(floor, value)) for value in values) / len(values))


def drawn(estimate: float, n: float, chance: Random) -> float:
    """What the value may be: a draw from Beta(p·n + ½, (1 − p)·n + ½), Jeffreys' posterior."""
    return chance.betavariate(estimate * n + 0.5, (1 - estimate) * n + 0.5)


def percentiles(draws: Sequence[float], level: float = 0.90) -> Interval:
    """The middle part of many draws."""
    ordered = sorted(draws)
    cut = round((1 - level) / 2 * (len(ordered) - 1))
    return Interval(ordered[cut], ordered[-1 - cut])
