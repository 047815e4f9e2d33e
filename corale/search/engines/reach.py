"""How far back a search looks in one step: as far as what it wants should lie, by what it has seen so far."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 1000  # entries in the first step
_LEAST, _MOST = 2, 32  # times as far as so far
_ROOM = 1.5  # words do not come evenly
_DEAR = 8  # to look through an entry costs as much as to collect eight


@dataclass(slots=True)
class Reach:
    """Entries from `low` to before `high`, by their ids, which grow with time. `newest`: where the walk began;
    `oldest`: nothing is older."""

    newest: int
    low: int
    oldest: int
    high: int = 0
    pace: float = 0

    def __post_init__(self) -> None:
        self.high = self.newest
        self.pace = FIRST / max(self.newest - self.low, 1)

    @property
    def is_last(self) -> bool:
        return self.low <= self.oldest

    def go_on(self, found: int, wanted: float) -> None:
        """The next step, after `found` matches so far, which were too few by `wanted`."""
        so_far = self.newest - self.low
        times = min(max(_ROOM * wanted / max(found, 0.5), _LEAST), _MOST)
        self.high, self.low = self.low, self.low - int(so_far * times)
        if self.low - self.oldest < so_far:  # what would be left is not worth another step
            self.low = self.oldest

    def is_cheaper_looked_through(self, found: int) -> bool:
        """Than collected by an index that cannot be kept from collecting all of it."""
        seen = self.newest - self.high
        left = found * (self.newest - self.oldest) / seen if seen else 0
        return not seen or left > _DEAR * self.pace * (self.high - self.low)
