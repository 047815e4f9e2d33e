"""What a measure found: a number with its interval, and the very rows it counted and left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from corale.indicator.promises import ENOUGH_HALF_WIDTH, ENOUGH_N
from corale.lib.wilson import Interval

Counted = Literal["hit", "miss", "out"]


@dataclass(slots=True)
class Row:
    """One thing that a measure looked at. `out` was left out, and `reason` says why; `at` is seconds since 1970."""

    counted: Counted
    at: float
    conversation_id: int | None = None
    message_id: int | None = None
    person_id: int | None = None
    ref: int | None = None  # a theme or a decision
    reason: str = ""
    seconds: float | None = None  # how long it took, or has taken so far
    by_id: int | None = None  # who left it out


@dataclass(slots=True)
class Measured:
    """One measure. `value` lies in 0 to 1; `n_effective` is how many independent things it rests on."""

    key: str
    value: float | None
    interval: Interval
    hits: float
    n: int
    n_effective: float
    rows: list[Row] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    withheld: str = ""  # why nothing is said although there is data
    released: int | None = None  # how many rows had been left out when they were written down and let go

    @property
    def is_enough(self) -> bool:
        """A small sample is no finding."""
        return (
            self.value is not None
            and not self.withheld
            and self.n_effective >= ENOUGH_N
            and self.interval.half_width <= ENOUGH_HALF_WIDTH
        )

    @property
    def out(self) -> int:
        """How many were left out."""
        if self.released is not None:
            return self.released
        return sum(row.counted == "out" for row in self.rows)

    def release(self) -> None:
        """Lets the rows go, once they are written: those of all measures together are many."""
        self.released, self.rows = self.out, []

    def as_json(self) -> dict[str, Any]:
        """For the snapshot."""
        return {
            "key": self.key, "value": self.value, "low": self.interval.low, "high": self.interval.high,
            "hits": self.hits, "n": self.n, "n_effective": self.n_effective, "out": self.out,
            "is_enough": self.is_enough, "withheld": self.withheld, "extra": self.extra,
        }  # fmt: skip
