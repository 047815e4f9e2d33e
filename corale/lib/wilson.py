"""Wilson's interval for a proportion, which behaves with small samples and at both ends."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

Z90 = 1.6448536269514722  # the 95th percentile of the normal distribution: 90 % two-sided


class Interval(NamedTuple):
    """From where to where a value may lie."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2

    def scaled(self, factor: float) -> Interval:
        """The same interval in another unit, kept within 0 and 1."""
        return Interval(min(1.0, self.low * factor), min(1.0, self.high * factor))


def wilson(successes: float, n: float, z: float = Z90) -> Interval:
    """The score interval of Wilson (1927): `[p + z²/2n ± z√(p(1−p)/n + z²/4n²)] / (1 + z²/n)`.

    `n` may be an effective number and need not be whole. Of none, anything is possible; where nobody of n did it, the
    upper end is the rule of three, 3/n (Hanley and Lippman-Hand, 1983).
    """
    if n <= 0:
        return Interval(0.0, 1.0)
    p = min(1.0, max(0.0, successes / n))
    if p == 0:
        return Interval(0.0, min(1.0, 3 / n))
    middle = p + z * z / (2 * n)
    spread = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))
