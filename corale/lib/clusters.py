"""Ten messages of one person tell less than ten messages of ten."""

from __future__ import annotations

from collections.abc import Hashable, Iterable


class Clusters:
    """Outcomes of nought or one, gathered by whom they come from."""

    def __init__(self, outcomes: Iterable[tuple[Hashable, bool]] = ()) -> None:
        self._sums: dict[Hashable, list[int]] = {}  # cluster: [size, how many ones]
        for cluster, happened in outcomes:
            self.add(cluster, happened)

    def add(self, cluster: Hashable, happened: bool) -> None:
        sums = self._sums.setdefault(cluster, [0, 0])
        sums[0] += 1
        sums[1] += happened

    @property
    def n(self) -> int:
        return sum(size for size, _ in self._sums.values())

    @property
    def successes(self) -> int:
        return sum(ones for _, ones in self._sums.values())

    def intraclass_correlation(self) -> float:
        """How alike the outcomes of one cluster are: the one-way analysis of variance estimator (Donner, 1986).

        `(MSB − MSW) / (MSB + (m₀ − 1)·MSW)`, kept within 0 and 1. Where it cannot be estimated (one cluster, or
        everything came out the same) it is 1, so that clusters are counted and not what is in them.
        """
        sizes = list(self._sums.values())
        n, k = self.n, len(sizes)
        if k < 2 or n == k or self.successes in (0, n):
            return 1.0
        mean = self.successes / n
        between = sum(size * (ones / size - mean) ** 2 for size, ones in sizes) / (k - 1)
        within = sum(ones * (size - ones) / size for size, ones in sizes) / (n - k)
        typical = (n - sum(size * size for size, _ in sizes) / n) / (k - 1)
        return min(1.0, max(0.0, (between - within) / (between + (typical - 1) * within)))

    def effective_n(self, correlation: float | None = None) -> float:
        """`n / (1 + (m̄ − 1)·ICC)`: how many independent outcomes these are worth (Kish, 1965)."""
        if not self._sums:
            return 0.0
        given = self.intraclass_correlation() if correlation is None else correlation
        return self.n / (1 + (self.n / len(self._sums) - 1) * given)
