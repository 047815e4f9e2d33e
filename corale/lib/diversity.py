"""How many are really at it, when some do most of the work."""

from __future__ import annotations

from collections.abc import Collection
from math import exp, log, sqrt

from corale.lib.wilson import Z90, Interval


def entropy(counts: Collection[int]) -> float:
    """Shannon's H, in natural units; nought for nothing."""
    total = sum(counts)
    return -sum(count / total * log(count / total) for count in counts if count) if total else 0.0


def effective_number(counts: Collection[int]) -> float:
    """exp(H) (Jost, 2006): as many as would do equal shares of the same; ten who all do the same are ten."""
    return exp(entropy(counts)) if sum(counts) else 0.0


def effective_number_interval(counts: Collection[int], z: float = Z90) -> Interval:
    """exp(H ± z√(Var H)), with `Var H = (Σ p ln²p − H²)/n` (Basharin, 1959), not below one.

    Where one did everything, another may yet do up to 3/n of it: the rule of three.
    """
    total = sum(counts)
    if not total:
        return Interval(0.0, 0.0)
    shares = [count / total for count in counts if count]
    if len(shares) == 1:
        other = min(0.5, 3 / total)
        return Interval(1.0, exp(-other * log(other) - (1 - other) * log(1 - other)))
    h = entropy(counts)
    spread = z * sqrt(max(0.0, sum(p * log(p) ** 2 for p in shares) - h * h) / total)
    return Interval(max(1.0, exp(h - spread)), exp(h + spread))
