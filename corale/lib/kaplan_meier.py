"""How long until it happens, when for some it has not happened yet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby
from math import exp, log
from typing import NamedTuple

from corale.lib.wilson import Z90, Interval, wilson


class Step(NamedTuple):
    """A time at which it happened to somebody."""

    time: float
    at_risk: int  # how many were still waiting just before
    events: int
    survival: float  # the share still waiting just after
    greenwood: float  # Σ d/(n(n−d)): the relative variance of that share


class KaplanMeier:
    """The product-limit estimate of Kaplan and Meier (1958) of waiting times, some of them censored.

    Takes pairs (time, happened): the waiting time, and whether it ended with the event or is still going on when we
    look. Whoever is still waiting at the time of an event was at risk of it.
    """

    def __init__(self, observations: Iterable[tuple[float, bool]]) -> None:
        ordered = sorted(observations, key=lambda pair: pair[0])
        self.n = len(ordered)
        self.longest = ordered[-1][0] if ordered else 0.0
        self.steps = list(_steps(ordered))
        self._times = [step.time for step in self.steps]

    def step_at(self, time: float) -> Step | None:
        """The last step at or before a time; None when nothing had happened by then."""
        position = bisect_right(self._times, time)
        return self.steps[position - 1] if position else None

    def follows(self, time: float) -> bool:
        """Whether anybody was watched for so long, or everybody had it before: else nothing is known of that time."""
        step = self.step_at(time)
        return self.longest >= time or (step is not None and step.survival == 0)

    def happened_by(self, time: float) -> float:
        """F(t): the probability that it has happened by then."""
        step = self.step_at(time)
        return 1 - step.survival if step else 0.0

    def variance_at(self, time: float) -> float:
        """Greenwood's variance (1926) of the estimate: `S² Σ d/(n(n−d))`."""
        step = self.step_at(time)
        return step.survival**2 * step.greenwood if step else 0.0

    def interval_at(self, time: float, *, n_effective: float | None = None, z: float = Z90) -> Interval:
        """The interval of F(t), with the variance widened when the sample counts for fewer than it has."""
        n = self.n if n_effective is None else n_effective
        widening = self.n / n if n else 1.0
        return interval_of(self.happened_by(time), self.variance_at(time) * widening, n=n, z=z)


def interval_of(happened: float, variance: float, *, n: float, z: float = Z90) -> Interval:
    """An interval on the log(−log) scale (Kalbfleisch and Prentice, 1980): it stays within 0 and 1.

    At both ends, where that scale ends and Greenwood's variance is nought, it is Wilson's.
    """
    waiting = 1 - happened
    if variance <= 0 or not 0 < waiting < 1:
        return wilson(happened * n, n, z)
    spread = z * variance**0.5 / abs(waiting * log(waiting))
    return Interval(1 - _power(waiting, exp(-min(spread, 700.0))), 1 - _power(waiting, exp(min(spread, 700.0))))


def _power(base: float, exponent: float) -> float:
    return base**exponent if exponent * log(base) > -700 else 0.0


def _steps(ordered: list[tuple[float, bool]]) -> Iterable[Step]:
    at_risk, survival, greenwood = len(ordered), 1.0, 0.0
    for time, tied in groupby(ordered, key=lambda pair: pair[0]):
        outcomes = [happened for _, happened in tied]
        if events := sum(outcomes):
            survival *= (at_risk - events) / at_risk
            greenwood += events / (at_risk * (at_risk - events)) if events < at_risk else 0.0
            yield Step(time, at_risk, events, survival, greenwood)
        at_risk -= len(outcomes)
